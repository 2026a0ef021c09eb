import Foundation
import OVABasics
import Testing

/// The page on limits has each of them, with its default.
@Suite struct LimitsDocumentTests {
  private static let limits: [(name: String, value: String)] =
    Mirror(reflecting: Limits()).children.compactMap { child in
      child.label.flatMap { $0 == "budget" ? nil : ($0, "\(child.value)") }
    }

  @Test func everyLimitStandsInTheTableWithItsDefault() throws {
    let project = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let page = try String(
      contentsOf: project.appendingPathComponent("docs/limits.md"), encoding: .utf8)
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `") }
    #expect(rows.count == Self.limits.count)
    for (name, value) in Self.limits {
      #expect(rows.contains { $0.hasPrefix("| `\(name)` | \(value) |") }, "\(name) \(value)")
    }
  }
}
