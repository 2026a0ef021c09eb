import OVABasics

/// The field that gives the range of the file that a body is: `bytes 0-99/1000`.
struct ContentRange: Hashable, Sendable {
  let first: UInt64
  /// The last byte, inclusive.
  let last: UInt64
  /// The whole file's length; nil for `*`.
  let size: UInt64?

  init(first: UInt64, last: UInt64, size: UInt64?) {
    self.first = first
    self.last = last
    self.size = size
  }

  /// The number of bytes.
  var count: UInt64 { last - first + 1 }

  /// Reads the header's value; nil where it is none of a satisfied range of bytes.
  init?(_ text: String) {
    guard let (range, size) = Self.parts(text), let dash = range.firstIndex(of: "-"),
      let first = UInt64(digits: range[..<dash].trimmed),
      let last = UInt64(digits: range[range.index(after: dash)...].trimmed),
      first <= last, last < UInt64.max
    else { return nil }
    if size != "*" {
      guard let number = UInt64(digits: size), last < number else { return nil }
      self.size = number
    } else {
      self.size = nil
    }
    self.first = first
    self.last = last
  }

  /// The length that `bytes */1000` tells, as an answer does that has no such range.
  static func sizeOfUnsatisfied(_ text: String) -> UInt64? {
    guard let (range, size) = parts(text), range.trimmed == "*" else { return nil }
    return UInt64(digits: size)
  }

  private static func parts(_ text: String) -> (range: Substring, size: String)? {
    let text = text.trimmed
    guard text.prefix(5).lowercased() == "bytes" else { return nil }
    // `bytes=0-9/10` is wrong, and clear.
    let rest = text.dropFirst(5).drop { $0 == " " || $0 == "=" || $0 == ":" }
    guard let slash = rest.lastIndex(of: "/") else { return nil }
    return (rest[..<slash], rest[rest.index(after: slash)...].trimmed)
  }
}

extension UInt64 {
  /// A number of decimal digits and nothing else.
  init?(digits text: String) {
    guard !text.isEmpty, text.utf8.allSatisfy(\.isASCIIDigit), let number = UInt64(text) else {
      return nil
    }
    self = number
  }
}

extension Substring {
  fileprivate var trimmed: String { String(self).trimmed }
}
