import Foundation
import OVABasics
import Testing

@Suite struct PathPatternTests {
  @Test(arguments: [
    ("*.iso", "a.iso", true), ("*.iso", "deep/down/a.iso", true), ("*.iso", "a.iso/b", false),
    ("a?c", "abc", true), ("a?c", "a/c", false), ("old/", "old", true), ("old/", "x/old", true),
    ("/top", "top", true), ("x/*", "x/a", true), ("x/*", "x/a/b", false), ("x/**", "x/a/b", true),
    ("**/tmp/*", "tmp/a", true), ("**/tmp/*", "x/y/tmp/a", true), ("**/tmp/*", "xtmp/a", false),
    ("a**b", "a/x/b", false), ("a**b", "axb", true), ("", "a", false), ("[a]", "[a]", true),
    ("é", "e\u{301}", false),
  ])
  func `a pattern matches as in a shell`(pattern: String, path: String, matches: Bool) {
    #expect(PathPattern(pattern).matches(path) == matches)
  }

  @Test func `patterns without stars match themselves alone`() {
    let paths = ["a", "b", "a/b", "a/b/c", "ab", "a b"]
    for pattern in paths where pattern.contains("/") {
      for path in paths { #expect(PathPattern(pattern).matches(path) == (pattern == path)) }
    }
  }

  @Test func `short patterns match as the regular expression that they mean`() throws {
    let letters = ["a", "b", "/", "*", "?"]
    var patterns = letters
    for _ in 0..<2 { patterns += patterns.flatMap { p in letters.map { p + $0 } } }
    let parts = ["a", "b", "/"]
    var paths = parts
    for _ in 0..<3 { paths += paths.flatMap { p in parts.map { p + $0 } } }
    paths = Set(paths).filter { !$0.hasPrefix("/") && !$0.hasSuffix("/") && !$0.contains("//") }
      .sorted()
    for text in Set(patterns).sorted() {
      let body = text.hasSuffix("/") ? String(text.dropLast()) : text
      // Names alone, stars that follow each other in pairs alone, no empty parts.
      guard !body.isEmpty, !body.contains("/"), !body.contains("***") else { continue }
      let source = body.replacing("**", with: "\u{0}").replacing("*", with: "[^/]*")
        .replacing("?", with: "[^/]").replacing("\u{0}", with: ".*")
      let expression = try Regex("(?:.*/)?\(source.replacing(".*", with: "[^/]*"))")
      for path in paths {
        let expected = try expression.wholeMatch(in: path) != nil
        #expect(PathPattern(text).matches(path) == expected, "\(text) \(path)")
      }
    }
  }

  @Test func `a pattern of many stars takes no time`() {
    let pattern = PathPattern(String(repeating: "*a", count: 40) + "b")
    #expect(pattern.matches(String(repeating: "a", count: 2000)) == false)
  }
}
