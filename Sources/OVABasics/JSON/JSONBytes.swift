/// JSON written straight into bytes: keys in the order given, null where null is due, no `\/`.
///
/// The standard encoders drop nil or escape slashes, and cost ten times as much a page.
package enum JSONBytes {
  private static let hex = Array("0123456789abcdef".utf8)

  /// Appends a string with its quotes.
  package static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { utf8 in
      var start = 0
      for index in 0..<utf8.count {
        let byte = unsafe utf8[index]
        guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
          continue
        }
        unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<index]))
        appendEscaped(byte, to: &bytes)
        start = index + 1
      }
      unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start...]))
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func appendEscaped(_ byte: UInt8, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    default:
      bytes.append(contentsOf: "u00".utf8)
      bytes.append(hex[Int(byte >> 4)])
      bytes.append(hex[Int(byte & 15)])
    }
  }

  /// Appends a string, or `null`.
  package static func append(_ text: String?, to bytes: inout [UInt8]) {
    if let text { append(text, to: &bytes) } else { append("null" as StaticString, to: &bytes) }
  }

  /// Appends a number.
  package static func append(_ number: some BinaryInteger, to bytes: inout [UInt8]) {
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    append(digitsOf: UInt64(number.magnitude), to: &bytes)
  }

  private static func append(digitsOf number: UInt64, to bytes: inout [UInt8]) {
    if number > 9 { append(digitsOf: number / 10, to: &bytes) }
    bytes.append(UInt8(ascii: "0") + UInt8(number % 10))
  }

  /// Appends `true` or `false`.
  package static func append(_ flag: Bool, to bytes: inout [UInt8]) {
    append(flag ? "true" as StaticString : "false", to: &bytes)
  }

  /// Appends what the program itself says, as it is.
  static func append(_ text: StaticString, to bytes: inout [UInt8]) {
    text.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
  }

  /// Appends `"key":`, after a comma unless it is the object's first.
  package static func appendKey(_ key: StaticString, first: Bool = false, to bytes: inout [UInt8]) {
    if !first { bytes.append(UInt8(ascii: ",")) }
    bytes.append(UInt8(ascii: "\""))
    append(key, to: &bytes)
    append("\":" as StaticString, to: &bytes)
  }

  /// Appends `["a","b"]`.
  package static func append(_ texts: [String], to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "["))
    for (index, text) in texts.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(text, to: &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  // MARK: For people

  /// A document of one line with each element on a line of its own, two blanks a level.
  static func indented(_ document: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(document.count * 2)
    var level = 0
    var before: UInt8 = 0
    var isText = false
    var isEscaped = false
    func newLine() {
      bytes.append(UInt8(ascii: "\n"))
      bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: level * 2))
    }
    for byte in document {
      defer { before = byte }
      if isText {
        bytes.append(byte)
        isText = isEscaped || byte != UInt8(ascii: "\"")
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
        continue
      }
      let isClosing = byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
      let isOpened = before == UInt8(ascii: "{") || before == UInt8(ascii: "[")
      if isClosing, !isOpened {
        level -= 1
        newLine()
      } else if isOpened, !isClosing {
        level += 1
        newLine()
      }
      bytes.append(byte)
      if byte == UInt8(ascii: ",") { newLine() }
      if byte == UInt8(ascii: ":") { bytes.append(UInt8(ascii: " ")) }
      isText = byte == UInt8(ascii: "\"")
    }
    return bytes
  }
}
