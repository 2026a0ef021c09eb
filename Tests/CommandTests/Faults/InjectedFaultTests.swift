import Foundation
import OVATestSupport
import Testing

/// The real command, and a system whose calls fail: a sample of what `scripts/test-faults` does with
/// every call of every command.
@Suite(.enabled(if: hasTool("cc") && hasTool("python3")))
struct InjectedFaultTests {
  /// All commands in one run, so that the script can try several at a time.
  private static let commands = [
    "inspect", "disk-tables", "check-stream", "fix-replacing", "unpack", "scan", "catalogs",
    "mounts",
  ]

  @Test func `whichever call fails, it is told with its code and nothing half is left`() throws {
    let script = OVATool.project.appendingPathComponent("scripts/test-faults").path
    let result = try run(
      script, ["--sample", "--only", Self.commands.joined(separator: ","), OVATool.path])
    #expect(result.status == 0, "\(result.errorText.suffix(8000))")
  }
}
