/// File names as text, and back, without losing a byte.
///
/// A name may be any bytes but `/` and NUL. What is not UTF-8 is shown as `\xE9`, two upper-case
/// digits a byte; a backslash that would look like the start of such is shown as `\x5C`, so that
/// every text stands for one name.
public enum FileNameText {
  private static let backslash = UInt8(ascii: "\\")
  private static let digits = Array("0123456789ABCDEF".utf8)

  /// The text of a name or path.
  public static func text(of bytes: [UInt8]) -> String {
    if String(validating: bytes, as: UTF8.self) != nil, !bytes.contains(backslash) {
      return String(decoding: bytes, as: UTF8.self)
    }
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let length = scalarLength(bytes[index...])
      if length == 0 || escape(at: index, in: bytes) != nil {
        result += [backslash, UInt8(ascii: "x")]
        result += [digits[Int(bytes[index] >> 4)], digits[Int(bytes[index] & 15)]]
        index += 1
      } else {
        result += bytes[index..<index + length]
        index += length
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The name or path that a text stands for.
  public static func bytes(of text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    guard bytes.contains(backslash) else { return bytes }
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if let byte = escape(at: index, in: bytes) {
        result.append(byte)
        index += 4
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }

  /// The byte that `\xE9` at a place stands for.
  private static func escape(at index: Int, in bytes: [UInt8]) -> UInt8? {
    guard bytes.count - index >= 4, bytes[index] == backslash,
      bytes[index + 1] == UInt8(ascii: "x"), let high = digits.firstIndex(of: bytes[index + 2]),
      let low = digits.firstIndex(of: bytes[index + 3])
    else { return nil }
    return UInt8(high << 4 | low)
  }

  /// Bytes of the scalar that the bytes begin with; 0 when they begin with none.
  private static func scalarLength(_ bytes: ArraySlice<UInt8>) -> Int {
    for length in 1...4 where bytes.count >= length {
      if let text = String(validating: bytes.prefix(length), as: UTF8.self),
        text.unicodeScalars.count == 1
      {
        return length
      }
    }
    return 0
  }
}

extension String {
  /// The text of a name as the file system or an archive gives it; see `FileNameText`.
  public init(fileSystemBytes bytes: some Sequence<UInt8>) {
    self = FileNameText.text(of: Array(bytes))
  }

  /// The bytes of the name, as the file system takes them; see `FileNameText`.
  public var fileSystemBytes: [UInt8] { FileNameText.bytes(of: self) }
}
