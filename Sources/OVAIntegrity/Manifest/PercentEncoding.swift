/// Percent-encoding of URL paths, on bytes.
enum PercentEncoding {
  /// The bytes with each `%2F`-like escape replaced; what is no escape stays as it is.
  static func decoded(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(UInt8(ascii: "%")) else { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var rest = bytes[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), let value = Hex.bytes(rest.prefix(2)), let one = value.first {
        result.append(one)
        rest = rest.dropFirst(2)
      } else {
        result.append(byte)
      }
    }
    return result
  }
}
