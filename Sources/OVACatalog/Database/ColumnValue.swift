import FoundationEssentials
internal import GRDB

/// A value that a column holds and a parameter takes.
protocol ColumnValue: DatabaseValueConvertible, StatementColumnConvertible {}

extension Bool: ColumnValue {}
extension Int: ColumnValue {}
extension Int64: ColumnValue {}
extension Double: ColumnValue {}
extension String: ColumnValue {}
extension Data: ColumnValue {}

extension ColumnValue {
  /// The first column of the first row that a statement finds; nil when there is none, or null.
  static func fetchOne(_ statement: Statement, arguments: Arguments = []) throws -> Self? {
    switch statement.content {
    case .sqlite(let statement, _): try Self.fetchOne(statement, arguments: arguments.ofSQLite)
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

  /// As SQLite binds them.
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
