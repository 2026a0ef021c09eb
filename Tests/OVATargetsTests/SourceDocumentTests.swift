import Foundation
import OVATargets
import OVATestSupport
import Testing

/// The conditions beside the document that they were taken from, where it is at hand.
@Suite struct SourceDocumentTests {
  private static let document = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "shared/docs/targets.md")
  private static let isThere = FileManager.default.fileExists(atPath: document.path)

  @Test(.enabled(if: isThere, "the document is not at hand"))
  func `every row of the document has a condition`() throws {
    let text = try String(contentsOf: Self.document, encoding: .utf8)
    let keys = text.split(separator: "\n").compactMap { line in
      line.firstMatch(of: /^\| ([a-z][a-z0-9]*(-[a-z0-9]+)+) \|/).map { String($0.output.1) }
    }
    #expect(keys.count > 250)
    let known = Set(TargetProduct.all.flatMap(\.conditions).map(\.key))
    #expect(keys.filter { !known.contains($0) } == [])
  }

  @Test(.enabled(if: isThere, "the document is not at hand"))
  func `every target of the document has a name here`() throws {
    let text = try String(contentsOf: Self.document, encoding: .utf8)
    let table = text.components(separatedBy: "\n## ").first ?? ""
    let names = table.split(separator: "\n").filter { $0.hasPrefix("| `") }.flatMap { line in
      line.split(separator: "|").first?.matches(of: /`([a-z0-9.\-]+)`/).map {
        String($0.output.1)
      } ?? []
    }
    #expect(names.count > 30)
    for name in names { #expect((try? Target.named(name)) != nil, "\(name)") }
  }
}
