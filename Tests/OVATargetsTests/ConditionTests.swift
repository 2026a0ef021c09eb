import Foundation
import OVAReport
import OVARules
import OVATargets
import OVATestSupport
import Testing

@Suite struct ConditionTests {
  @Test(arguments: ConditionExample.all)
  func `a condition does not hold for its passing example`(_ example: ConditionExample) async throws
  {
    guard case .example(let passing) = example.condition.passing else { return }
    #expect(try await example.hits(in: passing, at: example.condition.passingRelease) == [])
  }

  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().appending(path: "Hits")
  private static let records = ProcessInfo.processInfo.environment["RECORD"] != nil

  /// Run with `RECORD=1` to write the files anew, and review what has changed.
  @Test(arguments: ConditionExample.products.map(\.id))
  func `a condition holds for its triggering example at the recorded places`(
    _ id: String
  ) async throws {
    var text = ""
    for example in ConditionExample.all where example.product.id == id {
      let condition = example.condition
      let hits = try await example.hits(in: condition.triggering, at: condition.exampleRelease)
      #expect(!hits.isEmpty, "\(condition.key)")
      text += "\(condition.key)\n"
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

  @Test func `a condition without a passing example holds for every package, and says why`() {
    var reasons: [String: String] = [:]
    for example in ConditionExample.all {
      guard case .holdsForEvery(let reason) = example.condition.passing else { continue }
      reasons[example.condition.key] = reason
    }
    let imagesAlone = "the product imports disk images and no packages"
    #expect(
      reasons == [
        "azure-ova": imagesAlone, "cdi-ova": imagesAlone, "oci-ova": imagesAlone,
        "hyper-v-ova": "the product has no import of packages",
        "nutanix-ova": "the maker documents no limit that could tell one package from another",
        "cl-name-twice": "every item has a name, and the library alone knows its other items",
        "ff-depth": "a package does not say where it will be put",
        "ff-young": "every file was written at some time, and the share gives it a new one",
      ])
  }

  /// Conditions without a passing example are tried with packages that have nothing in common but
  /// being packages.
  @Test(
    arguments: ConditionExample.all.filter {
      if case .holdsForEvery = $0.condition.passing { true } else { false }
    })
  func `a condition without a passing example holds for packages of every form`(
    _ example: ConditionExample
  ) async throws {
    let packages: [Example] = [
      .sound(), .sound(.folder), Example(.ova, .remove("web-disk1.vmdk")),
      Example(.folder, edits: [], [.remove("web.mf")]),
    ]
    for package in packages {
      let hits = try await example.hits(in: package, at: example.condition.exampleRelease)
      #expect(!hits.isEmpty, "\(example.condition.key)")
    }
  }

  @Test func `what no package shows is unknown, and leaves the verdict`() {
    let depending = ConditionExample.all.map(\.condition).filter { $0.dependsOn != nil }
    #expect(depending.count >= 9)
    for condition in depending {
      #expect(condition.effect == .unknown, "\(condition.key)")
      #expect(condition.verdict == .nothingKnown, "\(condition.key)")
      #expect(condition.dependsOn?.hasSuffix(".") == false, "\(condition.key)")
    }
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
