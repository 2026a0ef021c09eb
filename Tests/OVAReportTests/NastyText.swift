import OVABasics

/// Texts that somebody might put into a package to have a reader of a report act on them.
struct NastyText {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  /// Texts on which terminals, browsers, parsers and build machines act.
  static let pieces: [String] = [
    "\u{1B}[31m", "\u{1B}]0;title\u{07}", "\u{9B}1A", "\u{8}", "\u{0}", "\r\n", "\n", "\r", "\t",
    "\u{85}", "\u{2028}", "\u{202E}", "\u{2066}", "\u{200B}", "\u{FEFF}", "\u{FFFE}", "\u{FFFF}",
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'", "\"", "&lt;", "&amp;",
    "&#0;", "<!--", "-->", "]]>", "<![CDATA[", "</failure>", "</style>", "<b", "{{x}}", "{{{x}}}",
    "`", "``", "```", "|", "\\|", "\\", "\\\\", "[a](javascript:b)", "](http://e.example)",
    "![a](b)", "[a]: b", "# h", "* a", "- a", "+ a", "1. a", "> a", "~~a~~", "__a__", "$a$", "***",
    "@somebody", "#1", ":smile:", "http://e.example/", "www.e.example", "a@e.example", "=1+1",
    "+1", "-1", "@SUM(1)", "::error::a", "::set-output name=a::b", "%0A::error::a", "%0D", "%25",
    "%", "##[error]a", "##[group]", "##vso[task.complete]", "##teamcity[a]", "{0}", "{1}", "{",
    ",", ":", ";", "\u{301}", "\u{A0}", "\u{2003}", "é", "漢字", "한국어", "👩‍👩‍👧", "🇨🇭",
    "\u{0627}\u{0628}", " ", "  ", "a", "disk1.vmdk", "x/y", "../..", "C:\\a", "\u{E0041}",
  ]

  private mutating func next(below end: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(end))
  }

  /// A text of one to six pieces.
  mutating func text() -> String {
    (0...next(below: 6)).map { _ in Self.pieces[next(below: Self.pieces.count)] }.joined()
  }

  /// A flag.
  mutating func flag() -> Bool { next(below: 2) == 0 }

  /// One of some values.
  mutating func one<Value>(of values: [Value]) -> Value { values[next(below: values.count)] }
}

extension String {
  /// True if a terminal or browser would act on something in it, line feeds aside.
  var isActive: Bool {
    split(separator: "\n", omittingEmptySubsequences: false).contains {
      String($0).forDisplay != String($0)
    }
  }
}
