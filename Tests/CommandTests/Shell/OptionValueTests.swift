import Foundation
import OVATestSupport
import Testing

/// Tests of the errors about values that options do not take: they name the option, with its
/// command's usage.
@Suite struct OptionValueTests {
  @Test(arguments: [
    (["check", "--trust", "nope.pem", "a.ova"], "--trust nope.pem: ", "ova check"),
    (["check", "--paths-from", "nowhere"], "nowhere", "ova check"),
    (
      ["check", "--target", "vspere", "a.ova"],
      "The value 'vspere' is invalid for '--target <id>': there is no such target; did you mean",
      "ova check"
    ),
    (["check", "--select", "disk-blanc", "a.ova"], "'disk-blanc'", "ova check"),
    (["config", "nosuch.key"], "No value has the key 'nosuch.key'", "ova config"),
    (["config", "--", "nosuch"], "Behind '--' stands a command", "ova config"),
    (["catalog", "list"], "--db", "ova catalog list"),
  ])
  func `an error about a value shows no other command's usage`(
    arguments: [String], words: String, command: String
  ) throws {
    let folder = try TemporaryFolder()
    let result = try OVATestSupport.run(
      OVATool.path, arguments, in: folder.path,
      environment: ["XDG_CONFIG_HOME": folder.path("none")])
    #expect(result.status == 2)
    #expect(result.errorText.contains(words), "\(result.errorText)")
    for line in result.errorText.split(separator: "\n") where line.hasPrefix("Usage:") {
      #expect(line.hasPrefix("Usage: \(command) "), "\(line)")
      #expect(line.count <= 80, "\(line)")
    }
    #expect(!result.errorText.contains("<subcommand>"), "\(result.errorText)")
  }
}
