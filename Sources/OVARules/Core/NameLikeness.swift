import OVABasics

/// Finds the name that was meant by one that leads nowhere and looks almost the same.
struct NameLikeness {
  /// The name that is there.
  let name: String
  /// The only difference, as the end of a sentence: "letter case".
  let difference: String

  /// The fix.
  var fix: String { "Write '\(name)' in both places: the names differ in \(difference) alone." }

  /// The first of `names` that differs from `written` in what is easily overlooked; nil if none
  /// does.
  init?(_ written: String, among names: some Sequence<String>) {
    for name in names where !name.isExactly(written) {
      guard let difference = Self.difference(name, written) else { continue }
      self.init(name: name, difference: difference)
      return
    }
    return nil
  }

  private init(name: String, difference: String) {
    self.name = name
    self.difference = difference
  }

  private static func difference(_ a: String, _ b: String) -> String? {
    // Strings of Swift are equal where only the encoding of accents differs.
    if a == b { return "how accents are encoded" }
    let (first, second) = (a.withPlainBlanks, b.withPlainBlanks)
    if first == second { return "blanks" }
    if a.lowercased() == b.lowercased() { return "letter case" }
    if first.lowercased() == second.lowercased() { return "letter case and blanks" }
    if let number = UInt64(a), number == UInt64(b) { return "leading zeros" }
    return nil
  }
}

extension String {
  /// The words with one blank between them.
  fileprivate var withPlainBlanks: String {
    split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
