import Foundation
import OVATestSupport
import Testing

/// Tests of how quickly a real server answers while it scans; `scripts/test-latency` measures it.
@Suite(.serialized) struct LatencyTests {
  @Test func theServerAnswersWhileItScansHostileAndOrdinaryPackages() throws {
    let script = OVATool.project.appendingPathComponent("scripts/test-latency").path
    let result = try run("bash", [script, OVATool.path, "6"])
    #expect(result.status == 0, "\(result.text)\(result.errorText)")
    #expect(result.text.contains("ok   the server answers while it scans"))
    for name in ["/livez", "list", "login"] { #expect(result.text.contains("\n\(name) ")) }
  }
}
