import Foundation
import OVATestSupport
import Testing

/// The project is written in American spelling, which `docs/glossary.md` asks for.
@Suite struct SpellingTests {
  private static let project = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Everything that a user or a reader of the code meets.
  private static let read = [
    "Sources", "Tests", "Examples", "Benchmarks", "Fuzz", "docs", "samples", "packaging", "scripts",
    "README.md", "CONTRIBUTING.md", "SECURITY.md", "Package.swift", "action.yml",
  ]

  /// Names that clients, dashboards and stored catalogs have, and that are kept for them.
  private static let kept = [
    "ova_catalogue_images", "ova_catalogue_up", "image catalogue", "\"1-catalogue\"",
    "TABLE catalogue", "INTO catalogue", "FROM catalogue", "UPDATE catalogue",
    "'catalogue', 'grdb_migrations'",
    // The glossary names the words that are not used.
    "[not: catalogue, inventory]",
  ]

  /// Parts of words that only British spelling has, as a pattern of `grep -E`.
  private static let british = [
    "catalogue", "licence", "honour", "colour", "behaviour", "favour", "neighbour", "labelled\\b",
    "labelling", "analyse", "artefact", "whilst", "defence", "programme\\b", "modelled",
    "signalled", "judgement",
    "travelled", "\\bcentre", "\\bmetre", "amongst", "learnt",
    "(serial|recogn|organ|normal|initial|optim|summar|synchron|util|custom|prioriti|virtual)is(e|ing)",
    "(standard|minim|maxim|categor|author|special|general|emphas)is(e|ed|ing)\\b",
  ].joined(separator: "|")

  @Test func everyTextHasAmericanSpelling() throws {
    let result = try run(
      "grep",
      ["-rnIiE", "--exclude-dir=.build", "--exclude=SpellingTests.swift", "--", Self.british]
        + Self.read, in: Self.project.path(percentEncoded: false))
    // 1 says that nothing was found.
    #expect(result.status <= 1)
    let lines = String(decoding: result.output, as: UTF8.self).split(separator: "\n")
    let found = lines.filter { line in !Self.kept.contains { line.contains($0) } }
    #expect(found == [])
    // The kept names are there, so that the search is seen to find what it looks for.
    #expect(lines.count > Self.kept.count)
  }
}
