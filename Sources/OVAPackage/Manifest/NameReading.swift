import OVABasics
import OVFXML

/// One way to read the name in a line of a manifest: as written, or with the writer's own path,
/// quotes or encoding undone.
struct NameReading {
  let name: String
  /// The differences that were undone.
  let spelling: NameSpelling

  /// All ways, the nearest to what is written first.
  static func all(of bytes: [UInt8]) -> [NameReading] {
    var readings = [written(bytes)]
    for undo in [withoutEnclosure, withoutBackslashes, withoutScheme, decoded] {
      readings += readings.compactMap(undo)
    }
    return readings
  }

  private static func written(_ bytes: [UInt8]) -> NameReading {
    if let text = String(validating: bytes, as: UTF8.self) {
      return NameReading(name: text, spelling: .exact)
    }
    // Every byte is a letter of Latin-1, the encoding of most names that are not UTF-8.
    var scalars = String.UnicodeScalarView()
    for byte in bytes { scalars.append(Unicode.Scalar(byte)) }
    return NameReading(name: String(scalars), spelling: .encoding)
  }

  private static func withoutEnclosure(_ reading: NameReading) -> NameReading? {
    let quotes: [Unicode.Scalar] = ["\"", "'", "`"]
    var scalars = reading.name.trimmingBlanks.unicodeScalars[...]
    if let first = scalars.first, scalars.count > 2, first == scalars.last, quotes.contains(first) {
      scalars = scalars.dropFirst().dropLast()
    }
    return reading.undoing(.enclosed, String(String.UnicodeScalarView(scalars)))
  }

  private static func withoutBackslashes(_ reading: NameReading) -> NameReading? {
    reading.undoing(.backslashes, reading.name.replacing("\\", with: "/"))
  }

  /// `file:///C:/build/web.ovf` as the path that it stands for.
  private static func withoutScheme(_ reading: NameReading) -> NameReading? {
    let start = reading.name.prefix(7).lowercased()
    guard start == "file://" else { return nil }
    return reading.undoing(.otherFolder, String(reading.name.dropFirst(7)))
  }

  private static func decoded(_ reading: NameReading) -> NameReading? {
    guard reading.name.utf8.contains(UInt8(ascii: "%")) else { return nil }
    return reading.undoing(.percent, reading.name.percentDecodedText)
  }

  private func undoing(_ one: NameSpelling, _ name: String) -> NameReading? {
    name.isExactly(self.name) || name.isEmpty
      ? nil : NameReading(name: name, spelling: spelling.union(one))
  }
}

extension String {
  /// The differences from another name that is the same but for letter case and normalization.
  func difference(from other: String) -> NameSpelling {
    // Strings are equal whatever their normalization is.
    if isExactly(other) { return .exact }
    if self == other { return .normalization }
    return lowercased().isExactly(other.lowercased())
      ? .letterCase : [.letterCase, .normalization]
  }

  /// The text before an ellipsis at the end; nil where there is none or hardly anything before.
  var beforeEllipsis: String? {
    for mark in ["...", "\u{2026}"] where utf8.count >= mark.utf8.count + 4 {
      guard utf8.suffix(mark.utf8.count).elementsEqual(mark.utf8) else { continue }
      return String(decoding: utf8.dropLast(mark.utf8.count), as: UTF8.self)
    }
    return nil
  }

  /// The text with each `%2F`-like escape replaced; what is no escape stays as it is.
  var percentDecodedText: String {
    var result: [UInt8] = []
    var rest = utf8[...]
    while let byte = rest.popFirst() {
      let digits = rest.prefix(2)
      if byte == UInt8(ascii: "%"), digits.count == 2,
        let value = UInt8(String(decoding: Array(digits), as: UTF8.self), radix: 16)
      {
        result.append(value)
        rest = rest.dropFirst(2)
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
