extension String {
  /// The text, and behind it the code points by which it differs from one that looks the same;
  /// the text alone where the difference can be seen.
  package func differing(from other: String) -> String {
    // Strings are equal whatever their normalization is.
    guard lowercased() == other.lowercased(), !utf8.elementsEqual(other.utf8) else { return self }
    let mine = Array(unicodeScalars)
    let others = Array(other.unicodeScalars)
    let start = zip(mine, others).prefix { $0 == $1 }.count
    let end = zip(mine[start...].reversed(), others[start...].reversed())
      .prefix { $0 == $1 }.count
    let part = mine[start..<(mine.count - end)]
    guard
      part.contains(where: { !$0.isASCII })
        || others[start..<(others.count - end)]
          .contains(where: { !$0.isASCII })
    else { return self }
    let points = part.prefix(8).map(\.codePoint).joined(separator: " ")
    return "\(self) (\(points)\(part.count > 8 ? " \u{2026}" : ""))"
  }
}

extension Unicode.Scalar {
  /// The number as Unicode writes it: `U+00E4`.
  fileprivate var codePoint: String { "U+" + Hex.text(number: value, digits: 4, .upper) }
}
