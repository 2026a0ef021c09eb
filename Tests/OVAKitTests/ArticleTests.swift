import Foundation
import Testing

@Suite struct ArticleTests {
  private static let articles =
    Project.files(in: "Sources/OVAKit/OVAKit.docc", withExtension: "md") + ["README.md"]

  @Test func `there are an overview and five articles`() {
    #expect(Self.articles.count == 7)
  }

  @Test(arguments: articles)
  func `the Swift code of an article is code that is compiled`(_ path: String) throws {
    let compiled = try Self.lines(Project.text("Tests/OVAKitTests/ArticleCode.swift"))
    let blocks = try Project.text(path).matches(of: /```swift\n([^`]*)```/)
    #expect(blocks.isEmpty == false)
    for block in blocks {
      let code = Self.lines(String(block.output.1))
      #expect(compiled.contains(code), "not in ArticleCode.swift:\n\(block.output.1)")
    }
  }

  @Test func `the overview links each article, and each link leads to one`() throws {
    let overview = try Project.text("Sources/OVAKit/OVAKit.docc/OVAKit.md")
    let linked = overview.matches(of: /<doc:(\w+)>/).map { String($0.output.1) }
    let present = Self.articles.map { URL(filePath: $0).deletingPathExtension().lastPathComponent }
    #expect(Set(linked) == Set(present).subtracting(["OVAKit", "README"]))
  }

  /// The lines without their indentation, one to a line, with a line feed at either end.
  private static func lines(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: true)
      .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    return "\n" + lines.joined(separator: "\n") + "\n"
  }
}
