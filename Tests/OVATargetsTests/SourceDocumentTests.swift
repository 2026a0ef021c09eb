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

  /// Rows that are judged otherwise than the document says.
  private static let exceptions: [String: (document: String, here: TargetEffect, reason: String)] =
    [
      "aws-chunk": (
        "unknown", .fails,
        "AWS's own page on troubleshooting has the error: OVA with chunked disk files is not supported"
      )
    ]

  /// A row whose verdict hangs on something that no package shows is `unknown` here: the document's
  /// parameters of a target, or what the condition says that it depends on.
  @Test(.enabled(if: isThere, "the document is not at hand"))
  func `every condition has the verdict of its row, but for exceptions that are explained`() throws
  {
    let text = try String(contentsOf: Self.document, encoding: .utf8)
    let conditions = Dictionary(
      TargetProduct.all.flatMap(\.conditions).map { ($0.key, $0) }, uniquingKeysWith: { a, _ in a })
    var column: Int?
    var compared = 0
    var used: Set<String> = []
    for line in text.split(separator: "\n") where line.hasPrefix("| ") {
      // A bar inside a cell is escaped.
      let cells = line.replacing("\\|", with: "/")
        .split(separator: "|", omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      if cells[1] == "key" {
        column = cells.firstIndex(of: "verdict")
        continue
      }
      guard let column, cells.indices.contains(column), let condition = conditions[cells[1]] else {
        continue
      }
      compared += 1
      let said = cells[column]
      if let exception = Self.exceptions[condition.key] {
        used.insert(condition.key)
        #expect(said == exception.document, "\(condition.key)")
        #expect(condition.effect == exception.here, "\(condition.key)")
        #expect(!exception.reason.isEmpty)
        continue
      }
      let isOpen = condition.dependsOn != nil || line.contains("param.")
      #expect(
        condition.effect.rawValue == said || (isOpen && condition.effect == .unknown),
        "\(condition.key): \(said) in the document, \(condition.effect) here")
    }
    #expect(compared > 250)
    #expect(used == Set(Self.exceptions.keys))
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
