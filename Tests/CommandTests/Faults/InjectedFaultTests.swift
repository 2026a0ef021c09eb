import Foundation
import OVATestSupport
import Testing

/// The real command, and a system whose calls fail one after the other; `scripts/test-faults` does so
/// with every call of every command.
@Suite(.enabled(if: hasTool("cc") && hasTool("python3")))
struct InjectedFaultTests {
  @Test(arguments: [
    "check-folder", "check-stream", "inspect", "fix-replacing", "manifest", "unpack", "scan",
    "list", "backup", "report-pages", "token", "clocks", "catalogs", "mounts",
  ])
  func `whichever call fails, it is told with its code and nothing half is left`(
    command: String
  ) throws {
    let script = OVATool.project.appendingPathComponent("scripts/test-faults").path
    let result = try run(script, ["--quick", "--only", command, OVATool.path])
    #expect(result.status == 0, "\(result.errorText.suffix(4000))")
  }
}
