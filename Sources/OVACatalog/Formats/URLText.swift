/// Query strings of URLs, read leniently and written strictly.
///
/// Real clients send a bare `%` (`filter=name,like,ubu%&expand=1`): a malformed escape is taken
/// as the characters it is made of and never refused.
public enum URLText {
  /// Decodes `+` and valid `%XX`; everything else stays.
  public static func decoded(_ bytes: some Collection<UInt8>) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      bytes.formIndex(after: &index)
      if byte == UInt8(ascii: "+") {
        result.append(UInt8(ascii: " "))
      } else if byte == UInt8(ascii: "%"), case let pair = bytes[index...].prefix(2),
        pair.count == 2, let high = hexValue(pair.first), let low = hexValue(pair.dropFirst().first)
      {
        result.append(high << 4 | low)
        bytes.formIndex(&index, offsetBy: 2)
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The parameters of a query string, in its order, decoded.
  public static func parameters(of query: String) -> [(name: String, value: String)] {
    query.utf8.split(separator: UInt8(ascii: "&")).map { part in
      guard let sign = part.firstIndex(of: UInt8(ascii: "=")) else { return (decoded(part), "") }
      return (decoded(part[..<sign]), decoded(part[part.index(after: sign)...]))
    }
  }

  /// Encodes a value: everything but letters, digits and `_.-~`; a space becomes `+`.
  public static func encoded(_ value: String) -> String {
    var result: [UInt8] = []
    for byte in value.utf8 {
      if byte.isASCIILetter || byte.isASCIIDigit || "_.-~".utf8.contains(byte) {
        result.append(byte)
      } else if byte == UInt8(ascii: " ") {
        result.append(UInt8(ascii: "+"))
      } else {
        result.append(UInt8(ascii: "%"))
        result.append(hexDigit(byte >> 4))
        result.append(hexDigit(byte & 15))
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func hexValue(_ byte: UInt8?) -> UInt8? {
    switch byte {
    case .some(UInt8(ascii: "0")...UInt8(ascii: "9")): byte.map { $0 - UInt8(ascii: "0") }
    case .some(UInt8(ascii: "a")...UInt8(ascii: "f")): byte.map { $0 - UInt8(ascii: "a") + 10 }
    case .some(UInt8(ascii: "A")...UInt8(ascii: "F")): byte.map { $0 - UInt8(ascii: "A") + 10 }
    default: nil
    }
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
  }
}
