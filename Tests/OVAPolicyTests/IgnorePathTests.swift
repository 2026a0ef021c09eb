import OVABasics
import OVAPolicy
import Testing

/// Tests of the paths of an ignore file in `/ci/sub`.
@Suite struct IgnorePathTests {
  private let base = BasePath("/ci/sub", workingFolder: "/ci")

  private func means(_ text: String, _ path: String) throws -> Bool {
    try #require(IgnorePath(text, from: base)).contains(whole: base.whole(path))
  }

  /// Ways to write paths, each with a package that is meant and one that is not.
  @Test(arguments: [
    // A name in any folder, those outside too.
    ("web.ova", "/ci/sub/a/b/web.ova", "/ci/sub/a/webs.ova"),
    ("web.ova", "/other/web.ova", "/other/Web.ova"),
    ("*.ova", "/ci/sub/a/web.ova", "/ci/sub/a/web.ovf"),
    ("a", "/ci/sub/x/a/web.ova", "/ci/sub/x/b/web.ova"),
    ("a/", "/ci/sub/x/a/web.ova", "/ci/sub/x/ab/web.ova"),
    // Paths from the folder.
    ("a/web.ova", "/ci/sub/a/web.ova", "/ci/sub/b/a/web.ova"),
    ("./a/web.ova", "/ci/sub/a/web.ova", "/ci/sub/b/a/web.ova"),
    ("./web.ova", "/ci/sub/web.ova", "/ci/sub/b/web.ova"),
    ("/web.ova", "/ci/sub/web.ova", "/ci/sub/b/web.ova"),
    ("a/./web.ova", "/ci/sub/a/web.ova", "/ci/sub/a/b/web.ova"),
    ("a//web.ova", "/ci/sub/a/web.ova", "/ci/sub/a"),
    ("b/../a/web.ova", "/ci/sub/a/web.ova", "/ci/sub/b/web.ova"),
    ("a/*.ova", "/ci/sub/a/web.ova", "/ci/sub/a/b/web.ova"),
    ("a/**", "/ci/sub/a/b/web.ova", "/ci/sub/b/web.ova"),
    ("**/x/*.ova", "/ci/sub/a/x/web.ova", "/ci/sub/a/y/web.ova"),
    // Everything in the folder.
    (".", "/ci/sub/a/web.ova", "/ci/subs/web.ova"), ("./", "/ci/sub/web.ova", "/ci/web.ova"),
    ("/", "/ci/sub/web.ova", "/ci/web.ova"), ("a/..", "/ci/sub/web.ova", "/ci/web.ova"),
    // Above the folder and beside it.
    ("../web.ova", "/ci/web.ova", "/ci/sub/web.ova"),
    ("../other/", "/ci/other/a/web.ova", "/ci/sub/other/web.ova"),
    ("../sub/web.ova", "/ci/sub/web.ova", "/ci/sub/a/web.ova"),
    ("../*.ova", "/ci/web.ova", "/ci/a/web.ova"), ("..", "/ci/sub/web.ova", "/c/web.ova"),
    ("../../srv/*.ova", "/srv/web.ova", "/ci/srv/web.ova"),
    ("../../../../srv/web.ova", "/srv/web.ova", "/ci/web.ova"),
    // From the root of the file system.
    ("/srv/images/*.ova", "/srv/images/web.ova", "/srv/images/a/web.ova"),
    ("/ci/sub/web.ova", "/ci/sub/web.ova", "/ci/sub/a/web.ova"),
    ("/ci/", "/ci/a/web.ova", "/c/web.ova"), ("/*.ova", "/ci/sub/web.ova", "/web.ova"),
    ("/srv/../ci/web.ova", "/ci/web.ova", "/srv/ci/web.ova"),
    // Odd names.
    ("my images/a b.ova", "/ci/sub/my images/a b.ova", "/ci/sub/my images/ab.ova"),
    ("[ab].ova", "/ci/sub/[ab].ova", "/ci/sub/a.ova"), ("a\\b.ova", "/ci/sub/a\\b.ova", "a/b.ova"),
    ("caf\\xE9.ova", "/ci/sub/caf\\xE9.ova", "/ci/sub/café.ova"),
    ("é.ova", "/ci/sub/é.ova", "/ci/sub/e\u{301}.ova"),
    ("a/\u{301}x.ova", "/ci/sub/a/\u{301}x.ova", "/ci/sub/a/x.ova"),
    ("a/", "/ci/sub/a/\u{301}x.ova", "/ci/sub/a\u{301}/x.ova"),
    ("\u{301}x.ova", "/ci/sub/a/\u{301}x.ova", "/ci/sub/a/x.ova"),
    // URLs, as they are given.
    ("https://example.org/a/*.ova", "https://example.org/a/web.ova", "https://example.org/web.ova"),
    ("https://example.org/a/", "https://example.org/a/b/web.ova", "https://example.com/a/web.ova"),
    ("s3://bucket/web.ova", "s3://bucket/web.ova/web.ovf", "s3://bucket/web.ovas"),
    ("web.ova", "https://example.org/web.ova", "https://web.ova.org/x"),
  ])
  func `a path means what it names, and what lies in that`(
    text: String, meant: String, other: String
  ) throws {
    #expect(try means(text, meant), "\(text) \(meant)")
    #expect(try means(text, meant + "/inside"), "\(text) \(meant)")
    #expect(try means(text, other) == false, "\(text) \(other)")
    #expect(IgnorePath(text, from: base)?.text == text)
  }

  @Test(arguments: ["*/..", "*/../web.ova", "a/**/../web.ova", "/x/?/.."])
  func `a path that leads up from a pattern is none`(text: String) {
    #expect(IgnorePath(text, from: base) == nil)
  }

  @Test(arguments: [
    ("a/web.ova", true), ("a/web.ova/web.mf", true), ("a/*.ova/web.mf", true),
    ("**/web.ova/*.mf", true), ("/ci/sub/a/web.ova/web.mf", true), ("../sub/*/web.ova/x", true),
    ("a/", true), ("a/other.ova/web.mf", false), ("b/*.ova/web.mf", false), ("*.ovf", false),
  ])
  func `a path is for a package that it names, or something in it`(
    text: String, isFor: Bool
  ) throws {
    let path = try #require(IgnorePath(text, from: base))
    #expect(path.isFor(package: "/ci/sub/a/web.ova") == isFor)
  }

  @Test(arguments: [
    ("a/web.ova", "sub/../a/web.ova"), ("/x/web.ova", "/x/web.ova"), (".", "/ci"),
    ("\u{301}x.ova", "/ci/\u{301}x.ova"), ("a/\u{301}x.ova", "./a//\u{301}x.ova"),
    ("https://example.org/ci/web.ova", "https://example.org/ci/web.ova"),
  ])
  func `a path is told from the base where it lies below`(expected: String, path: String) {
    let base = BasePath("", workingFolder: "/ci")
    #expect(base.relative(path).isExactly(expected))
  }
}
