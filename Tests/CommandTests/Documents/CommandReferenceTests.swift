import Foundation
import OVATestSupport
import Testing

/// `docs/cli.md` is made of what the command says of itself.
@Suite struct CommandReferenceTests {
  private static let url = OVATool.project.appendingPathComponent("docs/cli.md")

  @Test func everyCommandAndOptionIsDocumentedAsItIs() throws {
    let dump = try OVATool.run("--experimental-dump-help")
    let tool = try JSONDecoder().decode(CommandDump.self, from: Data(dump.output))
    let text = CommandReference(tool.command).markdown()
    if ProcessInfo.processInfo.environment["RECORD"] != nil {
      try text.write(to: Self.url, atomically: true, encoding: .utf8)
    }
    #expect(
      try String(contentsOf: Self.url, encoding: .utf8) == text,
      "docs/cli.md is stale: run scripts/docs")
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func completionsAreScriptsThatTheShellTakes(shell: String) throws {
    let folder = try TemporaryFolder()
    let script = try OVATool.run("--generate-completion-script", shell)
    #expect(script.status == 0)
    let path = try folder.write(script.output, to: "completion")
    let check = try run(shell, ["-n", path])
    #expect(check.status == 0, "\(check.errorText)")
    for word in ["catalog", "naming-policy", "--db"] where shell != "fish" {
      #expect(script.text.contains(word), "\(word)")
    }
  }

  @Test func aTabCompletesCommandsInBash() throws {
    let folder = try TemporaryFolder()
    let script = try OVATool.run("--generate-completion-script", "bash")
    let path = try folder.write(script.output, to: "completion")
    // What bash does when somebody presses the key after `ova cat`.
    let result = try run(
      "bash",
      [
        "-c",
        """
        source "$0"; COMP_WORDS=(ova cat); COMP_CWORD=1; COMP_LINE='ova cat'; COMP_POINT=7
        _ova ova cat ova; printf '%s\\n' "${COMPREPLY[@]}"
        """, path,
      ], environment: ["PATH": "\(OVATool.folder):/usr/bin:/bin"])
    #expect(
      result.text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        == ["catalog"])
  }

  @Test(arguments: [
    (["catlog"], "'ova catalog'"), (["catalog", "lsit"], "'ova catalog list'"),
    (["chekc", "a.ova"], "'ova check'"), (["token", "ad"], "'ova token add'"),
  ])
  func aMistypedCommandIsAnsweredWithTheOneThatWasMeant(arguments: [String], hint: String) throws {
    let result = try run(OVATool.path, arguments)
    #expect(result.status == 2)
    #expect(result.text.isEmpty)
    #expect(result.errorText.contains("Did you mean \(hint)"), "\(result.errorText)")
  }

  @Test(arguments: [
    ["report"], ["catalog", "list"], ["check"], ["report", "--db", "x", "--packages", "-1"],
    ["catalog", "diff", "1", "2", "3", "--db", "x"], ["catalog", "export"],
    ["report", "--db", "x", "--format", "pdf"], ["check", "--no-such-option", "a.ova"],
  ])
  func wrongUseIsToldOnStandardErrorWithCode2(arguments: [String]) throws {
    let result = try run(OVATool.path, arguments)
    #expect(result.status == 2)
    #expect(result.text.isEmpty)
    #expect(result.errorText.contains("Usage: ova"), "\(result.errorText)")
  }
}

/// The output of `--experimental-dump-help`.
struct CommandDump: Decodable {
  let command: Command

  struct Command: Decodable {
    let commandName: String
    let abstract: String?
    let discussion: String?
    let arguments: [Argument]?
    let subcommands: [Command]?
  }

  struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String
    }
    let kind: String
    let names: [Name]?
    let valueName: String?
    let abstract: String?
    let discussion: String?
    let defaultValue: String?
    let allValues: [String]?
    let isOptional: Bool
    let isRepeating: Bool
    let shouldDisplay: Bool
  }
}

/// A reference of a command and all below it, in Markdown.
struct CommandReference {
  private let root: CommandDump.Command

  init(_ root: CommandDump.Command) { self.root = root }

  func markdown() -> String {
    var lines = [
      "# Commands", "",
      "Made by `scripts/docs` from what the commands say of themselves; `ova help COMMAND` says the "
        + "same on a terminal.", "",
      "Completions: `ova --generate-completion-script bash` writes a script for bash, and so with "
        + "`zsh` and `fish`; in bash, `source <(ova --generate-completion-script bash)` turns them "
        + "on.",
    ]
    append(root, path: "ova", to: &lines)
    return lines.joined(separator: "\n") + "\n"
  }

  private func append(_ command: CommandDump.Command, path: String, to lines: inout [String]) {
    lines += ["", "## \(path)", "", command.abstract ?? ""]
    if let discussion = command.discussion { lines += ["", discussion] }
    let shown = (command.arguments ?? []).filter {
      $0.shouldDisplay && !["help", "version"].contains($0.names?.last?.name)
    }
    if !shown.isEmpty {
      lines += ["", "| Argument | What it is |", "| --- | --- |"]
      lines += shown.map { "| \(spelling($0)) | \(cell(meaning($0))) |" }
    }
    for next in command.subcommands ?? [] where next.commandName != "help" {
      append(next, path: "\(path) \(next.commandName)", to: &lines)
    }
  }

  private func spelling(_ argument: CommandDump.Argument) -> String {
    let value = "<\(argument.valueName ?? "value")>"
    if argument.kind == "positional" {
      return "`\(value)`" + (argument.isRepeating ? " …" : "")
    }
    let names = (argument.names ?? []).map { $0.kind == "long" ? "--\($0.name)" : "-\($0.name)" }
    return names.map { argument.kind == "flag" ? "`\($0)`" : "`\($0) \(value)`" }
      .joined(separator: ", ")
  }

  private func meaning(_ argument: CommandDump.Argument) -> String {
    var text = argument.abstract ?? ""
    let needs = !argument.isOptional && argument.defaultValue == nil
    if needs, argument.kind == "option" { text += " Must be given." }
    if let value = argument.defaultValue { text += " Without it: `\(value)`." }
    return text
  }

  /// A text in a cell: what Markdown would take for the cell's end or for markup is escaped.
  private func cell(_ text: String) -> String {
    text.replacing("|", with: "\\|").replacing("<", with: "&lt;").replacing("*", with: "\\*")
      .replacing("\n", with: " ")
  }
}
