extension String {
  /// The text with control characters, bidirectional overrides and line breaks escaped.
  ///
  /// Names and values from packages go to terminals and reports; none may move the cursor, hide
  /// text or start a line of its own. Joiners inside emoji and words of scripts that need them are
  /// text.
  public var forDisplay: String {
    guard unicodeScalars.contains(where: \.isActive) else { return self }
    let scalars = Array(unicodeScalars)
    var result = String.UnicodeScalarView()
    for (index, scalar) in scalars.enumerated() {
      if scalar.isActive, !scalars.isJoined(at: index) {
        result.append(contentsOf: scalar.escape.unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// The text as messages quote it: safe to show, and only its beginning where it is long.
  package var quotable: String {
    let most = 200
    guard utf8.count > most, unicodeScalars.count > most else { return forDisplay }
    return String(String.UnicodeScalarView(unicodeScalars.prefix(most))).forDisplay + "…"
  }
}

extension [Unicode.Scalar] {
  /// Returns whether an invisible scalar is part of a visible character.
  fileprivate func isJoined(at index: Int) -> Bool {
    switch self[index].value {
    case 0x200C: isInJoiningScript(before: index)
    case 0x200D: isInJoiningScript(before: index) || isEmoji(before: index) && isEmoji(after: index)
    case 0xE0020...0xE007F: isFlag(at: index)
    default: false
    }
  }

  private func isInJoiningScript(before index: Int) -> Bool {
    index > 0 && self[index - 1].isOfJoiningScript
  }

  /// Returns whether an emoji ends before the index, with its skin tone and variation selector.
  private func isEmoji(before index: Int) -> Bool {
    self[Swift.max(0, index - 3)..<index].last { !$0.isEmojiModifier }?.isEmoji ?? false
  }

  private func isEmoji(after index: Int) -> Bool { index + 1 < count && self[index + 1].isEmoji }

  /// Returns whether the index is in a short run of tags after a black flag, as England's is
  /// written.
  private func isFlag(at index: Int) -> Bool {
    self[Swift.max(0, index - 7)..<index].last { !(0xE0020...0xE007F).contains($0.value) }?.value
      == 0x1F3F4
  }
}

extension Unicode.Scalar {
  /// True if a terminal or browser would act on the scalar instead of showing it.
  fileprivate var isActive: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0: true
    case 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: true
    case 0xE0000...0xE007F: true
    default: false
    }
  }

  fileprivate var isEmoji: Bool { value > 0xFF && properties.isEmoji }

  /// True if the scalar changes the look of an emoji before it: a variation selector or a skin
  /// tone.
  fileprivate var isEmojiModifier: Bool {
    value == 0xFE0F || (0x1F3FB...0x1F3FF).contains(value)
  }

  /// True if it is a letter or mark of a script in which joiners change the shapes of letters:
  /// Arabic and its kin, the scripts of India and of South-East Asia, Mongolian.
  fileprivate var isOfJoiningScript: Bool {
    switch value {
    case 0x0620...0x08FF, 0x0900...0x0DFF, 0x0F00...0x109F, 0x1700...0x18AF, 0x1A20...0x1AAF,
      0x1B00...0x1C4F, 0xA800...0xA8FF, 0xA980...0xA9FF, 0xAA00...0xAADF, 0xABC0...0xABFF,
      0xFB50...0xFDFF, 0xFE70...0xFEFC, 0x11000...0x1187F:
      properties.isAlphabetic || properties.canonicalCombiningClass != .notReordered
        || properties.generalCategory == .nonspacingMark
    default: false
    }
  }
}

extension Unicode.Scalar {
  /// The scalar by its number: `\u{1b}`.
  package var escape: String { "\\u{\(Hex.text(number: value))}" }
}
