/// The rows of comma-separated text as RFC 4180 has it; line ends may be CRLF, LF or CR.
struct CSVRows {
  struct Row {
    /// The line that the row begins on, from 1.
    var line: Int
    var fields: [String]
  }

  struct Fault: Error {
    var line: Int
    var reason: String
  }

  private let bytes: ArraySlice<UInt8>
  /// The first byte after the rows that were read.
  private(set) var index: Int
  /// The line that it is on.
  private(set) var line: Int

  private static let quote = UInt8(ascii: "\"")
  private static let comma = UInt8(ascii: ",")
  private static let feed = UInt8(ascii: "\n")
  private static let carriage = UInt8(ascii: "\r")

  init(bytes: ArraySlice<UInt8>, line: Int = 1) {
    self.bytes = bytes
    self.line = line
    index = bytes.startIndex
  }

  /// The next row that is not an empty line; nil at the end.
  mutating func next() throws(Fault) -> Row? {
    while takeLineEnd() {}
    guard index < bytes.endIndex else { return nil }
    var row = Row(line: line, fields: [])
    while true {
      row.fields.append(try field())
      if index < bytes.endIndex, bytes[index] == Self.comma {
        index += 1
        continue
      }
      guard index >= bytes.endIndex || takeLineEnd() else {
        throw Fault(line: line, reason: "text after a closing quote")
      }
      return row
    }
  }

  private mutating func takeLineEnd() -> Bool {
    guard index < bytes.endIndex, bytes[index] == Self.carriage || bytes[index] == Self.feed else {
      return false
    }
    let isPair =
      bytes[index] == Self.carriage && index + 1 < bytes.endIndex && bytes[index + 1] == Self.feed
    index += isPair ? 2 : 1
    line += 1
    return true
  }

  private mutating func field() throws(Fault) -> String {
    guard index < bytes.endIndex, bytes[index] == Self.quote else {
      let text = bytes[index...].prefix {
        $0 != Self.comma && $0 != Self.carriage && $0 != Self.feed
      }
      index = text.endIndex
      return String(decoding: text, as: UTF8.self)
    }
    let start = line
    var text: [UInt8] = []
    index += 1
    while index < bytes.endIndex {
      let byte = bytes[index]
      index += 1
      if byte == Self.quote {
        guard index < bytes.endIndex, bytes[index] == Self.quote else {
          return String(decoding: text, as: UTF8.self)
        }
        index += 1
      } else if byte == Self.feed {
        line += 1
      }
      text.append(byte)
    }
    throw Fault(line: start, reason: "a quote is not closed")
  }
}
