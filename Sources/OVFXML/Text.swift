import Glibc

extension String {
  /// Equality of the very bytes: Swift's own `==` holds for different spellings of one grapheme.
  package func isExactly(_ other: String) -> Bool {
    let count = utf8.count
    guard count == other.utf8.count else { return false }
    // Names are compared all the time: as memory, where they lie in one piece.
    let isEqual = unsafe utf8.withContiguousStorageIfAvailable { own in
      unsafe other.utf8.withContiguousStorageIfAvailable { others in
        guard let own = own.baseAddress, let others = others.baseAddress
        else { return true }
        return unsafe memcmp(own, others, count) == 0
      }
    }
    return (isEqual ?? nil) ?? utf8.elementsEqual(other.utf8)
  }

  /// Equality but for the case of ASCII letters.
  package func isExactlyIgnoringCase(_ other: String) -> Bool {
    utf8.lazy.map(\.lowercasedASCII).elementsEqual(other.utf8.lazy.map(\.lowercasedASCII))
  }

  /// The text without XML's blanks (space, tab, line ends) at both ends.
  package var trimmingBlanks: String {
    guard let first = utf8.firstIndex(where: { !$0.isBlank }),
      let last = utf8.lastIndex(where: { !$0.isBlank })
    else { return "" }
    if first == utf8.startIndex, utf8.index(after: last) == utf8.endIndex { return self }
    return String(self[first...last])
  }
}

extension UInt8 {
  /// Whether XML counts the byte as white space.
  package var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }

  /// The lower-case letter of an ASCII capital, else the byte itself.
  package var lowercasedASCII: UInt8 { (0x41...0x5A).contains(self) ? self + 0x20 : self }
}
