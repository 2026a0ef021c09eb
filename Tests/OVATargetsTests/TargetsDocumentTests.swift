import Foundation
import OVAReport
import Testing

@Suite struct TargetsDocumentTests {
  private static let url = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/targets.md")

  @Test func `the document has every condition as it is`() throws {
    let text = TargetsDocument.markdown()
    if ProcessInfo.processInfo.environment["RECORD"] != nil {
      try text.write(to: Self.url, atomically: true, encoding: .utf8)
    }
    #expect(
      try String(contentsOf: Self.url, encoding: .utf8) == text,
      "docs/targets.md is stale: run scripts/docs")
  }
}
