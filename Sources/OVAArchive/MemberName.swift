/// Reading of names that are only bytes.
enum MemberName {
  /// The bytes as text, each byte that is not part of UTF-8 as `\xNN`, and whether there was none.
  static func decode(_ bytes: [UInt8]) -> (text: String, isUTF8: Bool) {
    if let text = String(validating: bytes, as: UTF8.self) { return (text, true) }
    var text = ""
    var rest = bytes[...]
    while let first = rest.first {
      let length = min(rest.count, sequenceLength(first))
      if length > 0, let part = String(validating: rest.prefix(length), as: UTF8.self) {
        text += part
        rest = rest.dropFirst(length)
      } else {
        let digits = String(first, radix: 16, uppercase: true)
        text += "\\x" + (digits.utf8.count < 2 ? "0" + digits : digits)
        rest = rest.dropFirst()
      }
    }
    return (text, false)
  }

  /// How many bytes a scalar takes that begins with `first`; 0 when none does.
  private static func sequenceLength(_ first: UInt8) -> Int {
    switch first {
    case 0..<0x80: 1
    case 0xC2..<0xE0: 2
    case 0xE0..<0xF0: 3
    case 0xF0..<0xF5: 4
    default: 0
    }
  }

  /// What is remarkable about a name by itself.
  static func facts(_ name: [UInt8]) -> [TarFact.Kind] {
    var facts: [TarFact.Kind] = []
    if name.isEmpty { facts.append(.emptyName) }
    if name.starts(with: Array("./".utf8)) { facts.append(.dotPrefix) }
    if isAbsolute(name) { facts.append(.absoluteName) }
    let parts = name.split(whereSeparator: isSeparator)
    if parts.contains(where: { $0.elementsEqual("..".utf8) }) { facts.append(.climbingName) }
    if let last = parts.last, last.starts(with: Array("._".utf8)) { facts.append(.appleDouble) }
    return facts
  }

  /// What names are compared by: without `.` components, doubled and closing slashes.
  static func canonical(_ name: [UInt8]) -> [UInt8] {
    let slash = UInt8(ascii: "/")
    let parts = name.split(separator: slash).filter { !$0.elementsEqual(".".utf8) }
    return (name.first == slash ? [slash] : []) + parts.joined(separator: [slash])
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\")
  }

  private static func isAbsolute(_ name: [UInt8]) -> Bool {
    guard let first = name.first else { return false }
    if isSeparator(first) { return true }
    let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first | 0x20)
    return isLetter && name.count > 2 && name[1] == UInt8(ascii: ":") && isSeparator(name[2])
  }
}
