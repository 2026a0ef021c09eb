import Foundation
import OVABasics
import OVACommands
import OVAPolicy
import OVAReport
import OVARules
import OVATestSupport
import Testing

/// The commands about rules and about `ova` itself, and command lines that are wrong.
@MainActor @Suite struct OtherCommandTests {
  private let fixture: CommandFixture

  init() throws { fixture = try CommandFixture() }

  @Test func `rules lists all of them`() async {
    #expect(
      await fixture.run("rules", "--format", "json")
        == CommandResult(.success, output: RulesList.json(Rule.listed).pretty()))
    let text = await fixture.run("rules")
    #expect(text.status == .success && text.errorText.isEmpty)
    #expect(Rule.listed.allSatisfy { text.text.contains("  \($0.id) ") })
  }

  @Test func `explain tells one rule, and says where the names are of one that there is not`()
    async throws
  {
    let rule = try #require(Rule.all.first { $0.id == "manifest-absent" })
    #expect(
      await fixture.run("explain", "manifest-absent", "--format", "json")
        == CommandResult(.success, output: RulesList.json([rule]).pretty()))
    #expect(
      await fixture.run("explain", "no-such")
        == CommandResult(
          .wrongUse,
          errorText: "ova: there is no rule 'no-such'\n  fix: 'ova rules' lists them all\n"))
  }

  @Test func `version begins with the number that --version shows alone`() async {
    let result = await fixture.run("version")
    #expect(result.status == .success && result.errorText.isEmpty)
    #expect(result.text.hasPrefix("ova \(OVAVersion.text)\n"))
    #expect(await fixture.run("--version") == .success("\(OVAVersion.text)\n"))
  }

  @Test(arguments: [
    (
      ["catalog", "lst"],
      "Error: 'ova catalog' has no command 'lst'\nDid you mean 'ova catalog list'?\n"
        + "Usage: ova catalog <subcommand>\n"
        + "  See 'ova catalog --help' for more information.\n"
    ),
    (
      ["check"],
      "Error: Name at least one package.\nUsage: ova check [<options>] [<path> ...]\n"
        + "  See 'ova check --help' for more information.\n"
    ),
    (
      ["unpack", "a.ova", "b"],
      "Error: Unexpected argument 'b'\n"
        + "Usage: ova unpack <file> [--directory <folder>] [--force] [--config <ova.yaml>]\n"
        + "  See 'ova unpack --help' for more information.\n"
    ),
    (
      ["check", "--format", "sarif", "--quiet", "a.ova"],
      "Error: --quiet goes with --format text on standard output.\n"
        + "Usage: ova check [<options>] [<path> ...]\n"
        + "  See 'ova check --help' for more information.\n"
    ),
    (
      ["config", "--db", "x"],
      "Error: 'ova config' has no option '--db'; 'ova scan' and 'ova report' and 'ova serve' have "
        + "it\nUsage: ova config [<options>] [<key> ...] [-- <command> <arguments> ...]\n"
        + "  See 'ova config --help' for more information.\n"
    ),
  ])
  func `a command line that is wrong is told with the usage of its command`(
    arguments: [String], words: String
  ) async {
    #expect(await OVACommand.result(of: arguments) == CommandResult(.wrongUse, errorText: words))
  }

  @Test(arguments: [["help"], ["--help"], ["help", "catalog"], ["check", "--help"]])
  func `help that is asked for is data`(arguments: [String]) async {
    let result = await OVACommand.result(of: arguments)
    #expect(result.status == .success && result.errorText.isEmpty)
    #expect(result.text.hasPrefix("OVERVIEW: "), "\(result.text)")
  }
}
