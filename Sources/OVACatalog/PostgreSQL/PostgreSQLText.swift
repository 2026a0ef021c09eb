import OVABasics

/// Statements and values in PostgreSQL's spelling.
enum PostgreSQLText {
  /// The failure of text that holds a NUL.
  static let nul = PostgreSQLFailure(
    state: "22021", message: "a text holds a NUL, which PostgreSQL does not store", isLost: false)

  /// A statement with its parameters as `$1`: those that are `?` count on, and `?3` is the third.
  static func numbered(_ sql: String) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(sql.utf8.count + 32)
    var count = 0
    var isQuoted = false
    var bytes = sql.utf8.makeIterator()
    var next = bytes.next()
    while let byte = next {
      next = bytes.next()
      if byte == UInt8(ascii: "'") { isQuoted.toggle() }
      guard byte == UInt8(ascii: "?"), !isQuoted else {
        result.append(byte)
        continue
      }
      result.append(UInt8(ascii: "$"))
      guard next.map({ !$0.isASCIIDigit }) ?? true else { continue }
      count += 1
      result += String(count).utf8
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The state of an error of connecting, which libpq tells in words alone.
  static func state(ofConnecting message: String) -> String {
    let marks = [
      ("password authentication failed", "28P01"), ("no password supplied", "28P01"),
      ("no pg_hba.conf entry", "28000"), ("Peer authentication failed", "28000"),
      ("too many clients", "53300"), ("remaining connection slots", "53300"),
    ]
    for (words, state) in marks where message.contains(words) { return state }
    if message.contains("FATAL:"), message.contains("does not exist") {
      return message.contains("database \"") ? "3D000" : "28000"
    }
    return ""
  }

  /// An array of numbers, as a parameter has it.
  static func array(of numbers: [Int64]) -> String {
    "{\(numbers.map(String.init).joined(separator: ","))}"
  }

  /// An array of texts, as a parameter has it.
  static func array(of texts: [String?]) -> String {
    var bytes = Array("{".utf8)
    for (number, text) in texts.enumerated() {
      if number > 0 { bytes.append(UInt8(ascii: ",")) }
      guard let text else {
        bytes += "NULL".utf8
        continue
      }
      bytes.append(UInt8(ascii: "\""))
      for byte in text.utf8 {
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
          bytes.append(UInt8(ascii: "\\"))
        }
        bytes.append(byte)
      }
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(UInt8(ascii: "}"))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Writes a row as a line of COPY's text format.
  static func appendRow(_ values: [(any ColumnValue)?], to bytes: inout [UInt8]) throws {
    for (number, value) in values.enumerated() {
      if number > 0 { bytes.append(UInt8(ascii: "\t")) }
      guard let value else {
        bytes += #"\N"#.utf8
        continue
      }
      for byte in value.columnText.utf8 {
        switch byte {
        case 0: throw nul
        case UInt8(ascii: "\\"): bytes += #"\\"#.utf8
        case UInt8(ascii: "\t"): bytes += #"\t"#.utf8
        case UInt8(ascii: "\n"): bytes += #"\n"#.utf8
        case UInt8(ascii: "\r"): bytes += #"\r"#.utf8
        default: bytes.append(byte)
        }
      }
    }
    bytes.append(UInt8(ascii: "\n"))
  }
}
