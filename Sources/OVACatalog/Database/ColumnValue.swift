import FoundationEssentials
internal import GRDB
import OVABasics

/// A value that a column holds and a parameter takes.
protocol ColumnValue: DatabaseValueConvertible, StatementColumnConvertible {
  /// Reads the text in which PostgreSQL sends it.
  init?(columnText: UnsafeBufferPointer<UInt8>)
  /// The text that PostgreSQL reads it from.
  var columnText: String { get }
  /// The value that stands for null in a type that has none.
  static var empty: Self { get }
}

extension Bool: ColumnValue {
  init?(columnText: UnsafeBufferPointer<UInt8>) {
    self = unsafe columnText.first == UInt8(ascii: "t") || columnText.first == UInt8(ascii: "1")
  }
  /// Flags are numbers in the tables.
  var columnText: String { self ? "1" : "0" }
  static var empty: Bool { false }
}

extension Int: ColumnValue {
  init?(columnText: UnsafeBufferPointer<UInt8>) {
    self.init(unsafe String(decoding: columnText, as: UTF8.self))
  }
  var columnText: String { String(self) }
  static var empty: Int { 0 }
}

extension Int64: ColumnValue {
  init?(columnText: UnsafeBufferPointer<UInt8>) {
    self.init(unsafe String(decoding: columnText, as: UTF8.self))
  }
  var columnText: String { String(self) }
  static var empty: Int64 { 0 }
}

extension Double: ColumnValue {
  init?(columnText: UnsafeBufferPointer<UInt8>) {
    self.init(unsafe String(decoding: columnText, as: UTF8.self))
  }
  var columnText: String { String(self) }
  static var empty: Double { 0 }
}

extension String: ColumnValue {
  init?(columnText: UnsafeBufferPointer<UInt8>) {
    self = unsafe String(decoding: columnText, as: UTF8.self)
  }
  var columnText: String { self }
  static var empty: String { "" }
}

/// Bytes are written as `\x` and hexadecimal digits.
extension Data: ColumnValue {
  init?(columnText: UnsafeBufferPointer<UInt8>) {
    guard let bytes = unsafe Hex.bytes(columnText.dropFirst(2)) else { return nil }
    self.init(bytes)
  }
  var columnText: String { "\\x" + Hex.text(self) }
  static var empty: Data { Data() }
}

extension ColumnValue {
  /// The first column of the first row that a statement finds; nil when there is none, or null.
  static func fetchOne(_ statement: Statement, arguments: Arguments = []) throws -> Self? {
    switch statement.content {
    case .sqlite(let statement, _): try Self.fetchOne(statement, arguments: arguments.ofSQLite)
    case .postgresql(let connection, let sql, let isKept):
      try connection.execute(sql, arguments, keeps: isKept).rows.first { _ in true }
        .flatMap { $0[0] }
    }
  }

  /// The first column of the first row that a query finds; nil when there is none, or null.
  static func fetchOne(_ db: Database, sql: String, arguments: Arguments = []) throws -> Self? {
    try fetchOne(db.statement(sql: sql), arguments: arguments)
  }

  /// The first column of all rows that a statement finds, where it is never null.
  static func fetchAll(_ statement: Statement, arguments: Arguments = []) throws -> [Self] {
    switch statement.content {
    case .sqlite(let statement, _): try Self.fetchAll(statement, arguments: arguments.ofSQLite)
    case .postgresql(let connection, let sql, let isKept):
      try connection.execute(sql, arguments, keeps: isKept).rows.map { $0[0] }
    }
  }

  /// The first column of all rows that a query finds, where it is never null.
  static func fetchAll(_ db: Database, sql: String, arguments: Arguments = []) throws -> [Self] {
    try fetchAll(db.statement(sql: sql), arguments: arguments)
  }
}

/// The values of a statement's parameters, in their order.
struct Arguments: ExpressibleByArrayLiteral {
  let values: [(any ColumnValue)?]

  init(arrayLiteral values: (any ColumnValue)?...) { self.values = values }

  init(_ values: [(any ColumnValue)?]) { self.values = values }

  init(_ values: [some ColumnValue]) { self.values = values.map { $0 } }

  /// The arguments as SQLite binds them.
  var ofSQLite: StatementArguments {
    StatementArguments(values.map { $0 as (any DatabaseValueConvertible)? })
  }
}

extension SQLPiece {
  /// The values as a statement takes them.
  var statementArguments: Arguments {
    Arguments(
      arguments.map { value -> (any ColumnValue)? in
        switch value {
        case .null: nil
        case .integer(let number): number
        case .text(let text): text
        }
      })
  }
}
