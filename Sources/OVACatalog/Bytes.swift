/// Text is compared by its bytes: Swift's own `==` calls two different file names equal when they
/// are canonically equivalent.
extension String {
  /// Whether both are the same bytes.
  package func hasSameBytes(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }

  /// Whether the bytes come before the other's: the order of unicode scalars, and SQLite's.
  package func precedesInBytes(_ other: String) -> Bool {
    utf8.lexicographicallyPrecedes(other.utf8)
  }

  /// Feeds the bytes, and an end mark that no text contains, to a hasher.
  package func hashBytes(into hasher: inout Hasher) {
    for byte in utf8 { hasher.combine(byte) }
    hasher.combine(UInt8(0xFF))
  }
}

extension String? {
  /// Whether both are missing or the same bytes.
  package func hasSameBytes(as other: String?) -> Bool {
    switch (self, other) {
    case (nil, nil): true
    case (let a?, let b?): a.hasSameBytes(as: b)
    default: false
    }
  }
}
