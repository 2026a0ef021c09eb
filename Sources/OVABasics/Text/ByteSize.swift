/// A number of bytes as people write it: `1000`, `2TiB`, `500GB`, `64G`.
package struct ByteSize: Hashable, Sendable {
  /// The exact number.
  package let bytes: UInt64

  /// Reads a number with or without a unit, in any letter case; nil for other text. `KB` is 1000,
  /// `KiB` and `K` are 1024.
  package init?(_ text: String) {
    let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let unit = text.dropFirst(number.count).lowercased()
    let letters = ["", "k", "m", "g", "t", "p", "e"]
    guard let value = Double(number),
      let power = letters.firstIndex(where: {
        unit == $0 || unit == $0 + "b" || unit == $0 + "ib"
      }), unit != "ib"
    else { return nil }
    let base = unit.hasSuffix("ib") || (unit.count == 1 && unit != "b") ? 1024.0 : 1000.0
    var result = value
    for _ in 0..<power { result *= base }
    guard result < 1.8e19 else { return nil }
    bytes = UInt64(result)
  }
}
