internal import GRDB

/// A row of a result, its columns numbered from 0.
struct Row {
  enum Content {
    case sqlite(GRDB.Row)
    case postgresql(PostgreSQLResult, Int)
  }

  let content: Content

  /// The value of a column that is never null.
  subscript<Value: ColumnValue>(_ column: Int) -> Value {
    switch content {
    case .sqlite(let row): row[column]
    case .postgresql(let result, let row): result.value(row, column) ?? Value.empty
    }
  }

  /// The value of a column; nil for null.
  subscript<Value: ColumnValue>(_ column: Int) -> Value? {
    switch content {
    case .sqlite(let row): row[column]
    case .postgresql(let result, let row): result.value(row, column)
    }
  }

  /// The value of a column, of whatever type it is; nil for null.
  func value(_ column: Int) -> (any ColumnValue)? {
    switch content {
    case .sqlite(let row):
      switch (row[column] as DatabaseValue).storage {
      case .null: nil
      case .int64(let number): number
      case .double(let number): number
      case .string(let text): text
      case .blob(let bytes): bytes
      }
    case .postgresql(let result, let row): result.anyValue(row, column)
    }
  }

  /// Returns whether a column is null.
  func hasNull(atIndex column: Int) -> Bool {
    switch content {
    case .sqlite(let row): row.hasNull(atIndex: column)
    case .postgresql(let result, let row):
      unsafe result.withBytes(row, column) { unsafe $0 == nil }
    }
  }
}

extension Row {
  /// The rows that a statement finds, one after the other: few, where the statement is one that is
  /// kept.
  static func fetchCursor(_ statement: Statement, arguments: Arguments = []) throws -> RowCursor {
    switch statement.content {
    case .sqlite(let statement, _):
      RowCursor(
        content: .sqlite(
          try GRDB.Row.fetchCursor(statement, arguments: arguments.ofSQLite)))
    case .postgresql(let connection, let sql, let isKept):
      RowCursor(
        content: .postgresql(
          isKept
            ? PostgreSQLRows(try connection.execute(sql, arguments, keeps: true))
            : try PostgreSQLRows(connection, sql, arguments)))
    }
  }

  /// The rows that a query finds, one after the other; memory does not grow with them.
  static func fetchCursor(
    _ db: Database, sql: String, arguments: Arguments = []
  ) throws -> RowCursor {
    try fetchCursor(db.statement(sql: sql), arguments: arguments)
  }

  /// All rows that a statement finds.
  static func fetchAll(_ statement: Statement, arguments: Arguments = []) throws -> [Row] {
    switch statement.content {
    case .sqlite(let statement, _):
      try GRDB.Row.fetchAll(statement, arguments: arguments.ofSQLite)
        .map { Row(content: .sqlite($0)) }
    case .postgresql(let connection, let sql, let isKept):
      Array(try connection.execute(sql, arguments, keeps: isKept).rows)
    }
  }

  /// All rows that a query finds.
  static func fetchAll(
    _ db: Database, sql: String, arguments: Arguments = []
  ) throws -> [Row] {
    try fetchAll(db.statement(sql: sql), arguments: arguments)
  }

  /// The first row that a statement finds.
  static func fetchOne(_ statement: Statement, arguments: Arguments = []) throws -> Row? {
    switch statement.content {
    case .sqlite(let statement, _):
      try GRDB.Row.fetchOne(statement, arguments: arguments.ofSQLite)
        .map { Row(content: .sqlite($0)) }
    case .postgresql(let connection, let sql, let isKept):
      try connection.execute(sql, arguments, keeps: isKept).rows.first { _ in true }
    }
  }

  /// The first row that a query finds.
  static func fetchOne(_ db: Database, sql: String, arguments: Arguments = []) throws -> Row? {
    try fetchOne(db.statement(sql: sql), arguments: arguments)
  }
}

/// Rows that are read one after the other.
struct RowCursor {
  enum Content {
    case sqlite(GRDB.RowCursor)
    case postgresql(PostgreSQLRows)
  }

  let content: Content

  /// The next row, which holds until the one after it is read; nil at the end.
  func next() throws -> Row? {
    switch content {
    case .sqlite(let rows): try rows.next().map { Row(content: .sqlite($0)) }
    case .postgresql(let rows): try rows.next()
    }
  }
}
