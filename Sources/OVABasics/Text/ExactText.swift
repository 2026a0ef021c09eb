import Glibc

/// Names are compared by their bytes: Swift's own `==` calls two different file names equal when they
/// are canonically equivalent.
extension String {
  /// Returns whether both are the same bytes.
  package func isExactly(_ other: String) -> Bool {
    utf8.count == other.utf8.count && compareBytes(other) == 0
  }

  /// Returns whether both are the same bytes but for the case of ASCII letters.
  package func isExactlyIgnoringCase(_ other: String) -> Bool {
    utf8.lazy.map(\.lowercasedASCII).elementsEqual(other.utf8.lazy.map(\.lowercasedASCII))
  }

  /// Compares the bytes: below zero when these come before the other's, zero when they are equal,
  /// above zero when they follow. It is the order of Unicode scalars, and SQLite's.
  package func compareBytes(_ other: String) -> Int {
    // As memory where both lie in one piece, which native strings do: names are compared often.
    let order = utf8.withContiguousStorageIfAvailable { a in
      other.utf8.withContiguousStorageIfAvailable { b in
        guard let left = a.baseAddress, let right = b.baseAddress else { return a.count - b.count }
        let order = memcmp(left, right, min(a.count, b.count))
        return order != 0 ? Int(order) : a.count - b.count
      }
    }
    if let order = order ?? nil { return order }
    if utf8.elementsEqual(other.utf8) { return 0 }
    return utf8.lexicographicallyPrecedes(other.utf8) ? -1 : 1
  }

  /// Returns whether the bytes come before the other's.
  package func precedesInBytes(_ other: String) -> Bool { compareBytes(other) < 0 }

  /// Feeds the bytes, and an end mark that no text contains, to a hasher.
  package func hashBytes(into hasher: inout Hasher) {
    var text = self
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    hasher.combine(0xFF as UInt8)
  }
}

extension String? {
  /// Returns whether both are missing or the same bytes.
  package func isExactly(_ other: String?) -> Bool {
    switch (self, other) {
    case (nil, nil): true
    case (let a?, let b?): a.isExactly(b)
    default: false
    }
  }
}
