/// Cells that spreadsheets must not take for formulas.
///
/// Spreadsheets run what begins with `=`, `+`, `-`, `@` and the like, also when a name of a file
/// brought it there, and whatever separator they split lines at. An apostrophe before it makes it
/// text; for every text there is one guarded form, so that reading gives back what was written.
enum CSVCell {
  private static let apostrophe: Unicode.Scalar = "'"

  /// Returns whether a cell must not begin with a scalar, in the widths that East Asian
  /// spreadsheets take too.
  private static func startsFormula(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "=", "+", "-", "@", "\t", "\r", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": true
    default: false
    }
  }

  /// Returns whether a cell may end at a scalar for a spreadsheet that splits lines elsewhere than
  /// at commas.
  private static func separates(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case ";", "\t", "|", ",", "\n", "\r", "\"": true
    default: false
    }
  }

  /// The text with an apostrophe before each formula that it would be.
  static func guarded(_ text: String) -> String {
    edited(text) { $0 + 1 }
  }

  /// The text that was guarded.
  static func unguarded(_ text: String) -> String {
    edited(text) { max(0, $0 - 1) }
  }

  /// Returns false only where no cell that the text may be split into begins with a formula or with
  /// an apostrophe; a time, which has hyphens inside, is such a text.
  private static func mayHoldFormula(_ text: String) -> Bool {
    var isStart = true
    for byte in text.utf8 {
      let scalar = Unicode.Scalar(byte)
      if isStart {
        if scalar == " " { continue }
        // The wide forms begin with this byte.
        if byte == 0xEF || scalar == apostrophe || startsFormula(scalar) { return true }
      }
      isStart = separates(scalar)
    }
    return false
  }

  /// The text with as many apostrophes as `count` says before each formula: given those that are
  /// there, which stand behind blanks at most.
  private static func edited(_ text: String, _ count: (Int) -> Int) -> String {
    guard mayHoldFormula(text) else { return text }
    var result = String.UnicodeScalarView()
    let scalars = Array(text.unicodeScalars)
    var index = 0
    var isStart = true
    while index < scalars.count {
      if isStart {
        var blanks = index
        while blanks < scalars.count, scalars[blanks] == " " { blanks += 1 }
        var end = blanks
        while end < scalars.count, scalars[end] == apostrophe { end += 1 }
        result.append(contentsOf: scalars[index..<blanks])
        let there = end - blanks
        let wanted = end < scalars.count && startsFormula(scalars[end]) ? count(there) : there
        for _ in 0..<wanted { result.append(apostrophe) }
        index = end
        isStart = false
        continue
      }
      result.append(scalars[index])
      isStart = separates(scalars[index])
      index += 1
    }
    return String(result)
  }
}
