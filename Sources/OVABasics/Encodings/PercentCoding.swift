/// Percent-encoding of URLs, on bytes (RFC 3986, section 2.1).
package enum PercentCoding {
  /// Replaces each `%2F`-like escape by its byte. A `%` that is not followed by two hexadecimal
  /// digits stays as it is, since real clients and producers write such.
  /// - Parameter plus: whether `+` stands for a space, as in the queries of forms.
  package static func decoded(
    _ text: some Collection<UInt8>, plus isSpace: Bool = false
  ) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var index = text.startIndex
    while index < text.endIndex {
      let byte = text[index]
      text.formIndex(after: &index)
      if byte == UInt8(ascii: "%"), let value = Hex.bytes(text[index...].prefix(2))?.first {
        result.append(value)
        text.formIndex(&index, offsetBy: 2)
      } else {
        result.append(isSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
      }
    }
    return result
  }

  /// Escapes every byte but those that may stand as they are.
  /// - Parameter isPlain: which bytes stand as they are; the unreserved characters of RFC 3986 when
  ///   left out.
  package static func encoded(
    _ text: String, plain isPlain: (UInt8) -> Bool = \.isUnreserved
  ) -> String {
    encoded(text.utf8, plain: isPlain)
  }

  /// The same of bytes that are no text, as a file's name may be.
  package static func encoded(
    _ bytes: some Sequence<UInt8>, plain isPlain: (UInt8) -> Bool = \.isUnreserved
  ) -> String {
    var result: [UInt8] = []
    for byte in bytes {
      if isPlain(byte) {
        result.append(byte)
      } else {
        result.append(UInt8(ascii: "%"))
        Hex.append(byte, .upper, to: &result)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}

extension UInt8 {
  /// True if it is an unreserved character of RFC 3986, section 2.3: a letter, a digit or one of
  /// `-._~`.
  package var isUnreserved: Bool { isASCIILetter || isASCIIDigit || "-._~".utf8.contains(self) }
}
