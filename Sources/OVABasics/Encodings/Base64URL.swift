/// Base64 in the alphabet that URLs and headers carry without escapes (RFC 4648, section 5).
package enum Base64URL {
  private static let letters = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  /// Encodes bytes, without padding.
  package static func encoded(_ bytes: some Sequence<UInt8>) -> String {
    var result: [UInt8] = []
    var bits = 0
    var held: UInt32 = 0
    for byte in bytes {
      held = (held << 8 | UInt32(byte)) & 0xFFFF
      bits += 8
      while bits >= 6 {
        bits -= 6
        result.append(letters[Int(held >> UInt32(bits) & 63)])
      }
    }
    if bits > 0 { result.append(letters[Int(held << UInt32(6 - bits) & 63)]) }
    return String(decoding: result, as: UTF8.self)
  }

  /// Decodes text of this or the plain alphabet, with or without padding; nil for other text.
  package static func decoded(_ text: some StringProtocol) -> [UInt8]? {
    var result: [UInt8] = []
    var bits = 0
    var held: UInt32 = 0
    var rest = Array(text.utf8)
    while rest.last == UInt8(ascii: "=") { rest.removeLast() }
    for letter in rest {
      let value: UInt32
      switch letter {
      case UInt8(ascii: "+"): value = 62
      case UInt8(ascii: "/"): value = 63
      default:
        guard let index = letters.firstIndex(of: letter) else { return nil }
        value = UInt32(index)
      }
      held = (held << 6 | value) & 0xFFFF
      bits += 6
      if bits >= 8 {
        bits -= 8
        result.append(UInt8(truncatingIfNeeded: held >> UInt32(bits)))
      }
    }
    return result
  }
}
