import Foundation
import OVATestSupport
import Testing

@Suite struct ToolRunTests {
  private func openFiles() throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
  }

  @Test func `a command that has ended leaves no file open`() throws {
    try run("true", [])
    let before = try openFiles()
    for _ in 0..<20 { #expect(try run("true", []).status == 0) }
    // Other threads of the tests may hold a few.
    #expect(try openFiles() < before + 20)
  }
}
