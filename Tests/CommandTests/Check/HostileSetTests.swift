import Foundation
import OVATestSupport
import Testing

/// Some of the kinds of `scripts/hostile`, small: no command crashes or takes more memory than a
/// package may. The script itself reads large inputs and counts work.
@Suite struct HostileSetTests {
  static let kinds = [
    "empty-members", "missing-references-and-members", "nesting-without-end", "lines-of-one-name",
    "qcow2-tables-of-terabytes",
  ]

  @Test(.timeLimit(.minutes(5)))
  func noCommandCrashesOrTakesTooMuchMemory() throws {
    let script = OVATool.project.appendingPathComponent("scripts/hostile").path
    // A debug build takes more memory for itself than the release build that is meant.
    let result = try run(
      "python3",
      [
        script, "--quick", "--extra", "40", "--commands", "inspect,check,check -,fix,scan",
        OVATool.path,
      ] + Self.kinds)
    #expect(result.status == 0, "\(result.text) \(result.errorText)")
    #expect(result.text.contains("\(Self.kinds.count) kinds, 0 failures"), "\(result.text)")
  }
}
