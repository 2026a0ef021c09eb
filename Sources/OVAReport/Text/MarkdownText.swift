import OVABasics

/// Text for GitHub Flavored Markdown, as GitHub and GitLab read it.
enum MarkdownText {
  /// Text of a package in a sentence: nothing of it is markup, a link, a mention or an entity.
  ///
  /// All punctuation of ASCII is escaped, which CommonMark reads as itself (2.4). A comment behind
  /// `@somebody`, `#1` and `:smile:` keeps platforms from taking them for a person, an issue or an
  /// emoji, which they look for in the finished text.
  static func literal(_ text: String) -> String {
    let scalars = Array(text.forDisplay.unicodeScalars)
    var result = String.UnicodeScalarView()
    for (index, scalar) in scalars.enumerated() {
      if scalar.isASCIIPunctuation { result.append("\\") }
      result.append(scalar)
      let isMark = scalar == "@" || scalar == "#" || scalar == ":"
      if isMark, index + 1 < scalars.count, !scalars[index + 1].properties.isWhitespace {
        result.append(contentsOf: "<!-- -->".unicodeScalars)
      }
    }
    return String(result)
  }

  /// Text of a package as code, on which platforms do not act.
  static func code(_ text: String) -> String {
    guard !text.isEmpty else { return "(empty)" }
    let shown = text.forDisplay
    var longest = 0
    var run = 0
    for scalar in shown.unicodeScalars {
      run = scalar == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    let ends = [shown.unicodeScalars.first, shown.unicodeScalars.last]
    let padding = ends.contains { $0 == "`" || $0 == " " } ? " " : ""
    return fence + padding + shown + padding + fence
  }

  /// Text of a package as code in a cell of a table: between back-ticks no escape would keep a bar
  /// behind a backslash from ending the cell.
  static func cell(_ text: String) -> String { "<code>\(literal(text))</code>" }

  /// A text of ours in which back-ticks hold code; a name in it is safe to show whatever it holds.
  static func own(_ text: String) -> String {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .map { index, part in index.isMultiple(of: 2) ? literal(String(part)) : code(String(part)) }
      .joined()
  }
}

extension Unicode.Scalar {
  /// True if it is punctuation of ASCII, which a backslash makes literal in Markdown.
  fileprivate var isASCIIPunctuation: Bool {
    switch value {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }
}
