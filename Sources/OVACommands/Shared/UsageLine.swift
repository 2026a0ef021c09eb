/// The line of a help page or an error that shows a command's arguments.
enum UsageLine {
  /// The columns that a terminal has at least.
  private static let width = 80

  /// The text with its usage line cut to what fits: options that may be left out become
  /// `[<options>]`.
  static func fitted(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
      let isUsage = line.hasPrefix("USAGE: ") || line.hasPrefix("Usage: ")
      return isUsage && line.count > width ? shortened(String(line)) : String(line)
    }.joined(separator: "\n")
  }

  private static func shortened(_ line: String) -> String {
    var kept: [Substring] = []
    var isLeftOut = false
    for word in line.split(separator: " ") {
      // An option and its value: `[--format <format>]`, `[--exclude <pattern> ...]`.
      if word.hasPrefix("[-") { isLeftOut = true }
      if !isLeftOut { kept.append(word) }
      if word.hasSuffix("]") { isLeftOut = false }
    }
    let start = kept.firstIndex { "<[-".contains($0.first ?? " ") } ?? kept.endIndex
    kept.insert("[<options>]", at: start)
    return kept.joined(separator: " ")
  }
}
