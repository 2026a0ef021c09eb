extension Manifest.Encoding {
  /// The encoding that the bytes show, and how many of them are its mark.
  static func of(_ bytes: [UInt8]) -> (encoding: Manifest.Encoding, mark: Int) {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8WithMark, 3) }
    if bytes.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndianWithMark, 2) }
    if bytes.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndianWithMark, 2) }
    // Without a mark: every other byte of Latin letters is zero.
    let start = bytes.prefix(64)
    let pairs = start.count / 2
    guard pairs >= 2 else { return (.utf8, 0) }
    var zeros = (even: 0, odd: 0)
    for index in 0..<pairs * 2 where start[index] == 0 {
      if index.isMultiple(of: 2) { zeros.even += 1 } else { zeros.odd += 1 }
    }
    // A few letters may be of another script; zeros alone show nothing.
    if zeros.odd * 4 >= pairs * 3, zeros.even == 0 { return (.utf16LittleEndian, 0) }
    if zeros.even * 4 >= pairs * 3, zeros.odd == 0 { return (.utf16BigEndian, 0) }
    return (.utf8, 0)
  }

  /// The text in UTF-8; a last half of a letter is left out.
  func utf8(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isLittle: Bool
    switch self {
    case .utf8, .utf8WithMark: return bytes
    case .utf16LittleEndian, .utf16LittleEndianWithMark: isLittle = true
    case .utf16BigEndian, .utf16BigEndianWithMark: isLittle = false
    }
    let units = stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2).map { index in
      isLittle
        ? UInt16(bytes[index + 1]) << 8 | UInt16(bytes[index])
        : UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1])
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)[...]
  }
}
