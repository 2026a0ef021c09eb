import Foundation
import OVAReport
import OVARules
import OVATargets
import OVATestSupport
import Testing

@Suite struct ConditionTests {
  @Test(arguments: ConditionExample.all.filter { $0.condition.passing != nil })
  func `a condition does not hold for its passing example`(_ example: ConditionExample) async throws
  {
    let passing = try #require(example.condition.passing)
    #expect(try await example.hits(in: passing) == [])
  }

  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().appending(path: "Hits")
  private static let records = ProcessInfo.processInfo.environment["RECORD"] != nil

  /// Run with `RECORD=1` to write the files anew, and review what has changed.
  @Test(arguments: TargetProduct.all.map(\.id))
  func `a condition holds for its triggering example at the recorded places`(
    _ id: String
  ) async throws {
    var text = ""
    for example in ConditionExample.all where example.product.id == id {
      guard let triggering = example.condition.triggering else { continue }
      let hits = try await example.hits(in: triggering)
      #expect(!hits.isEmpty, "\(example.condition.key)")
      text += "\(example.condition.key)\n"
      for hit in hits {
        text += "  \(hit.place)"
        if let found = hit.found {
          text += " found: \(found.replacing("\n", with: "⏎").prefix(90))"
        }
        if let reads = hit.reads { text += " reads: \(reads)" }
        text += "\n"
      }
    }
    let file = Self.folder.appending(path: "\(id).txt")
    if Self.records {
      try FileManager.default.createDirectory(
        at: Self.folder, withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(
      (try? String(contentsOf: file, encoding: .utf8)) == text,
      "\(file.path) differs: run these tests with RECORD=1 and review the difference")
  }

  @Test func `only what no package can show has no triggering example`() {
    let without = ConditionExample.all.filter { $0.condition.triggering == nil }
      .map(\.condition.key)
    #expect(
      Set(without) == [
        "aws-disk-kind", "aws-volumes", "esx-size-old-client", "ff-disk-count",
        "px-slow-descriptor", "ws-family-unknown",
      ])
  }

  @Test func `a key is in kebab case, begins with its product's prefix and is there once`() {
    for product in TargetProduct.all {
      let keys = product.conditions.map(\.key)
      #expect(Set(keys).count == keys.count, "\(product.id)")
      for key in keys { #expect(key.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)+/) != nil, "\(key)") }
      #expect(Set(product.conditions.map(\.key.prefixWord)).count <= 2, "\(product.id)")
    }
  }

  @Test(arguments: ConditionExample.all)
  func `a condition says what happens and what to do in sentences`(_ example: ConditionExample) {
    let condition = example.condition
    for text in [condition.outcome, condition.fix] { #expect(text.hasSuffix("."), "\(text)") }
    #expect(!condition.title.hasSuffix("."))
  }
}

extension String {
  fileprivate var prefixWord: Substring { prefix { $0 != "-" } }
}
