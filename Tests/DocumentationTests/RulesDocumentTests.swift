import Foundation
import OVAPolicy
import OVAReport
import OVARules
import Testing

/// The project's folder.
private let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent()

private func text(_ path: String) throws -> String {
  try String(contentsOf: project.appendingPathComponent(path), encoding: .utf8)
}

@Suite struct RulesDocumentTests {
  @Test func theRulesAreDocumentedAsTheyAre() throws {
    #expect(
      try text("docs/rules.md") == RulePage.document(Rule.listed),
      "docs/rules.md is stale: run scripts/docs")
  }

  @Test(arguments: Rule.all.map(\.id))
  func aRulesPageHasEveryPart(id: String) throws {
    let rule = try #require(Rule.named(id))
    let page = RulePage(rule).markdown()
    for heading in ["What is checked", "Why it matters", "How to fix it", "Reported", "Rests on"] {
      #expect(page.contains("**\(heading)**"), "\(id)")
    }
  }

  @Test(arguments: Rule.all.map(\.id))
  func aRulesPageFitsATerminal(id: String) throws {
    let rule = try #require(Rule.named(id))
    let page = RulePage(rule).text(style: .plain, width: 80)
    let words = page.split(separator: "\n").filter { $0.contains(" ") && !$0.hasPrefix("      ") }
    for line in words where line.count > 80 {
      // Only a word that is longer than a line may be wider.
      #expect(line.split(separator: " ").contains { $0.count > 60 }, "\(line)")
    }
  }
}

@Suite struct DependencyDocumentTests {
  @Test func everyDependencyHasItsReason() throws {
    let manifest = try text("Package.swift")
    let reasons = try text("docs/dependencies.md")
    let address = /\.package\(\s*url: "https:\/\/github\.com\/([^"]+?)(?:\.git)?"/
    let urls = manifest.matches(of: address)
    let libraries = manifest.matches(of: /\.apt\(\["([^"]+)-dev"\]/)
    #expect(!urls.isEmpty && !libraries.isEmpty)
    for name in urls.map(\.output.1) + libraries.map(\.output.1) {
      #expect(reasons.contains("`\(name)`"), "docs/dependencies.md says nothing of \(name)")
    }
  }

  @Test func everySchemaIsLinkedFromTheFormats() throws {
    let formats = try text("docs/formats.md")
    let folder = project.appendingPathComponent("docs/schema").path
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      #expect(formats.contains("(schema/\(name))"), "\(name)")
    }
  }
}
