import OVABasics
import OVATime

/// Records as SQL statements: a table, and an INSERT for each, in one transaction.
struct SQLRecords {
  private let table: String
  private let dialect: SQLDialect

  init(table: String, dialect: SQLDialect) {
    self.dialect = dialect
    self.table = SQLText.identifier(table, dialect)
  }

  /// Each column with its type, in the order of `RecordWriter.keys`.
  private var columns: [(name: String, type: String)] {
    let (time, flag) =
      switch dialect {
      case .sqlite: ("TEXT", "INTEGER")
      case .postgresql: ("TIMESTAMP WITH TIME ZONE", "BOOLEAN")
      // Times are UTC; TIMESTAMP would end in 2038.
      case .mysql: ("DATETIME", "BOOLEAN")
      }
    return [
      ("created_on", "\(time) NOT NULL"), ("data_store", "TEXT NOT NULL"), ("folder", "TEXT"),
      ("id", "BIGINT NOT NULL PRIMARY KEY"), ("label", "TEXT NOT NULL"),
      ("name", "TEXT NOT NULL"), ("path", "TEXT NOT NULL"), ("public", "\(flag) NOT NULL"),
      ("updated_on", "\(time) NOT NULL"),
    ]
  }

  func appendStart(to bytes: inout [UInt8]) {
    var lines: [String] = []
    switch dialect {
    case .sqlite: break
    // Whatever the session is set to, the strings below mean what they say.
    case .postgresql:
      lines += ["SET client_encoding = 'UTF8';", "SET standard_conforming_strings = on;"]
    case .mysql:
      lines += [
        "SET NAMES utf8mb4;",
        "SET SESSION sql_mode = REPLACE(@@SESSION.sql_mode, 'NO_BACKSLASH_ESCAPES', '');",
      ]
    }
    lines.append("CREATE TABLE IF NOT EXISTS \(table) (")
    let definitions = columns.map { "  \($0.name) \($0.type)" }
    lines.append(definitions.joined(separator: ",\n"))
    lines.append(dialect == .mysql ? ") CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;" : ");")
    lines.append(dialect == .mysql ? "START TRANSACTION;" : "BEGIN;")
    bytes.append(contentsOf: (lines.joined(separator: "\n") + "\n").utf8)
  }

  func appendEnd(to bytes: inout [UInt8]) { bytes.append(contentsOf: "COMMIT;\n".utf8) }

  func append(_ record: Record, to bytes: inout [UInt8]) {
    let names = columns.map(\.name).joined(separator: ", ")
    func text(_ text: String) -> String { SQLText.literal(text, dialect) }
    let flag =
      switch dialect {
      case .sqlite: record.isPublic ? "1" : "0"
      case .postgresql, .mysql: record.isPublic ? "TRUE" : "FALSE"
      }
    let values = [
      time(record.createdOn), text(record.dataStore), record.folder.map(text) ?? "NULL",
      String(record.id), text(record.label), text(record.name), text(record.path), flag,
      time(record.updatedOn),
    ]
    bytes.append(
      contentsOf: "INSERT INTO \(table) (\(names)) VALUES (\(values.joined(separator: ", ")));\n"
        .utf8)
  }

  private func time(_ instant: Int64) -> String {
    var bytes: [UInt8] = []
    APITime.appendUTC(instant, to: &bytes)
    // MySQL has offsets in literals only since 8.0.19, and MariaDB has none.
    if dialect == .mysql { bytes.removeLast("+00:00".utf8.count) }
    return "'\(String(decoding: bytes, as: UTF8.self))'"
  }
}

/// Text as SQL writes it; only for files of statements, never for statements run here.
enum SQLText {
  /// A string. A NUL, which no database takes in text, is left out.
  static func literal(_ text: String, _ dialect: SQLDialect) -> String {
    var bytes: [UInt8] = [UInt8(ascii: "'")]
    for byte in text.utf8 where byte != 0 {
      if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\\") && dialect == .mysql {
        bytes.append(byte)
      }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "'"))
    let literal = String(decoding: bytes, as: UTF8.self)
    // The tool sqlite3 drops a carriage return before a line feed, also inside of strings.
    guard dialect == .sqlite, bytes.contains(0x0D) else { return literal }
    let parts = literal.unicodeScalars.split(separator: "\r", omittingEmptySubsequences: false)
    return "(\(parts.map { String($0) }.joined(separator: "' || char(13) || '")))"
  }

  /// A table's name: as it is when it is a plain word, else in the dialect's quotes.
  static func identifier(_ name: String, _ dialect: SQLDialect) -> String {
    let isPlain =
      !name.isEmpty && name.utf8.first?.isASCIIDigit == false
      && name.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "_") }
    return isPlain ? name : quoted(name, dialect)
  }

  private static func quoted(_ name: String, _ dialect: SQLDialect) -> String {
    let quote = UInt8(ascii: dialect == .mysql ? "`" : "\"")
    var bytes: [UInt8] = [quote]
    for byte in name.utf8 where byte != 0 {
      if byte == quote { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(quote)
    return String(decoding: bytes, as: UTF8.self)
  }
}
