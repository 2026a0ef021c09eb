/// The width of text in a terminal, in cells.
extension String {
  /// The cells: two for wide characters of East Asia and emoji, none for marks that combine with
  /// the character before them.
  package var cells: Int {
    // Most text is ASCII, each of whose characters takes one.
    if utf8.allSatisfy({ $0 < 0x80 }) { return utf8.count }
    return reduce(0) { $0 + $1.cells }
  }
}

extension Character {
  /// The cells of a character as one sees it.
  var cells: Int {
    let scalars = unicodeScalars
    if scalars.contains(where: { $0.value == 0xFE0F }) { return 2 }
    if scalars.count == 2, scalars.allSatisfy({ (0x1F1E6...0x1F1FF).contains($0.value) }) {
      return 2
    }
    // A sequence of emoji is drawn as one, or as its first and what does not combine with it: what
    // is more than one cluster of a terminal's is counted as the widest.
    if scalars.contains(where: { $0.value == 0x200D }) {
      return scalars.map(\.cells).max() ?? 0
    }
    if scalars.first?.properties.isEmoji == true,
      scalars.dropFirst().allSatisfy({ (0x1F3FB...0x1F3FF).contains($0.value) })
    {
      return scalars.first?.cells ?? 0
    }
    return scalars.reduce(0) { $0 + $1.cells }
  }
}

extension Unicode.Scalar {
  /// The cells of a scalar that stands for itself.
  var cells: Int {
    if value < 0x300 {
      return value < 0x20 || (0x7F..<0xA0).contains(value) || value == 0xAD ? 0 : 1
    }
    if isZeroWidth { return 0 }
    return isWide ? 2 : 1
  }

  private var isZeroWidth: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator:
      true
    default:
      // Vowels and final consonants of Hangul that are written as parts of a syllable.
      (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value)
    }
  }

  /// True if Unicode's East Asian Width is W or F, as UAX #11 has it.
  private var isWide: Bool {
    switch value {
    case 0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x23F0, 0x23F3,
      0x25FD...0x25FE, 0x2630...0x2637, 0x268A...0x268F,
      0x2E80...0x303E, 0x3041...0x4DBF, 0x4DC0...0x4DFF, 0x4E00...0xA4CF, 0xA960...0xA97F,
      0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60,
      0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1D300...0x1D37F, 0x1F200...0x1F320,
      0x20000...0x2FFFD, 0x30000...0x3FFFD:
      true
    case 0x2600...0x27BF, 0x2B00...0x2BFF, 0x1F000...0x1FAFF:
      properties.isEmojiPresentation
    default: false
    }
  }
}
