import OVABasics

/// The encoding of a document, as far as its first bytes show it.
struct Encoding {
  /// The width of a code unit and their order.
  enum Layout {
    case bytes, sixteenBig, sixteenLittle, thirtyTwo, ebcdic
  }

  /// The layout.
  let layout: Layout
  /// True if a byte-order mark says so.
  let isMarked: Bool
  /// The encoding that the XML declaration names.
  let declared: String?

  init(of bytes: [UInt8]) {
    let first = bytes.prefix(4)
    switch (
      first.first, first.dropFirst().first, first.dropFirst(2).first, first.dropFirst(3).first
    )
    {
    case (0, 0, 0xFE, 0xFF), (0xFF, 0xFE, 0, 0): (layout, isMarked) = (.thirtyTwo, true)
    case (0, 0, 0, 0x3C), (0x3C, 0, 0, 0): (layout, isMarked) = (.thirtyTwo, false)
    case (0xFE, 0xFF, _, _): (layout, isMarked) = (.sixteenBig, true)
    case (0xFF, 0xFE, _, _): (layout, isMarked) = (.sixteenLittle, true)
    case (0, 0x3C, _, _): (layout, isMarked) = (.sixteenBig, false)
    case (0x3C, 0, _, _): (layout, isMarked) = (.sixteenLittle, false)
    case (0x4C, 0x6F, 0xA7, 0x94): (layout, isMarked) = (.ebcdic, false)
    case (0xEF, 0xBB, 0xBF, _): (layout, isMarked) = (.bytes, true)
    default: (layout, isMarked) = (.bytes, false)
    }
    declared = layout == .ebcdic ? nil : Self.declaration(in: bytes)
  }

  /// Bytes of one code unit.
  var unit: Int {
    switch layout {
    case .bytes, .ebcdic: 1
    case .sixteenBig, .sixteenLittle: 2
    case .thirtyTwo: 4
    }
  }

  /// True if the declared encoding has one byte a character, so that any bytes are in it.
  var isOfOneByte: Bool {
    guard layout == .bytes, let name = declared?.lowercased() else { return false }
    return ["iso-8859", "iso8859", "latin", "windows-125", "cp125", "koi8", "macintosh"]
      .contains(where: name.hasPrefix)
  }

  /// The encoding that is to be used in spite of the declaration: where the first bytes tell for
  /// certain, they are right and the declaration is not.
  var override: String? {
    guard let declared else { return nil }
    let name = declared.lowercased()
    switch layout {
    case .bytes: return isMarked && name != "utf-8" && name != "utf8" ? "UTF-8" : nil
    case .sixteenBig: return name.hasPrefix("utf-16") ? nil : "UTF-16BE"
    case .sixteenLittle: return name.hasPrefix("utf-16") ? nil : "UTF-16LE"
    case .thirtyTwo, .ebcdic: return nil
    }
  }

  /// The number of bytes without the NUL code units at the end.
  func lengthWithoutPadding(_ bytes: [UInt8]) -> Int {
    guard let last = bytes.lastIndex(where: { $0 != 0 }) else { return 0 }
    // The NUL that completes the last code unit is no padding.
    let used = last + 1
    return min(bytes.count, (used + unit - 1) / unit * unit)
  }

  /// The encoding's name out of `<?xml … encoding="…"?>`, whatever the width of the characters.
  private static func declaration(in bytes: [UInt8]) -> String? {
    guard let end = bytes.prefix(1024).firstIndex(of: UInt8(ascii: ">")) else { return nil }
    let head = bytes[..<end].filter { $0 != 0 && $0 < 0x80 }
    let word = Array("encoding".utf8)
    guard head.starts(with: "<?xml".utf8),
      let start = head.indices.first(where: { head[$0...].starts(with: word) })
    else { return nil }
    var rest = head[(start + word.count)...]
    rest = rest.drop { $0.isBlank || $0 == UInt8(ascii: "=") }
    guard let quote = rest.popFirst(), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
      let close = rest.firstIndex(of: quote)
    else { return nil }
    return String(decoding: rest[..<close], as: UTF8.self)
  }
}
