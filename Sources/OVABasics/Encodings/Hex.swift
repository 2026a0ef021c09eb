/// Hexadecimal text.
package enum Hex {
  /// The alphabet of the digits that are written.
  package enum Letters: Sendable {
    /// `0123456789abcdef`.
    case lower
    /// `0123456789ABCDEF`.
    case upper
  }

  /// Writes two digits for each byte.
  package static func text(
    _ bytes: some Sequence<UInt8>, _ letters: Letters = .lower
  ) -> String {
    var digits: [UInt8] = []
    digits.reserveCapacity(bytes.underestimatedCount * 2)
    for byte in bytes { append(byte, letters, to: &digits) }
    return String(decoding: digits, as: UTF8.self)
  }

  /// Appends the two digits of a byte.
  package static func append(_ byte: UInt8, _ letters: Letters = .lower, to text: inout [UInt8]) {
    text.append(digit(byte >> 4, letters))
    text.append(digit(byte & 15, letters))
  }

  /// Writes a number in as many digits as it has, and at least in `count`.
  package static func text(
    number: some FixedWidthInteger & UnsignedInteger, digits count: Int = 1,
    _ letters: Letters = .lower
  ) -> String {
    var digits: [UInt8] = []
    var rest = number
    while rest != 0 || digits.count < count {
      digits.append(digit(UInt8(truncatingIfNeeded: rest & 15), letters))
      rest >>= 4
    }
    return String(decoding: digits.reversed(), as: UTF8.self)
  }

  /// Reads digits in either case; nil when one is wrong or their number is odd.
  package static func bytes(_ text: some Collection<UInt8>) -> [UInt8]? {
    guard text.count.isMultiple(of: 2) else { return nil }
    var result: [UInt8] = []
    result.reserveCapacity(text.count / 2)
    var high: UInt8?
    for character in text {
      guard let value = value(character) else { return nil }
      if let first = high {
        result.append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    return result
  }

  /// Reads one digit in either case; nil for any other character.
  package static func value(_ character: UInt8) -> UInt8? {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  private static func digit(_ value: UInt8, _ letters: Letters) -> UInt8 {
    guard value >= 10 else { return UInt8(ascii: "0") + value }
    return (letters == .lower ? UInt8(ascii: "a") : UInt8(ascii: "A")) + value - 10
  }
}
