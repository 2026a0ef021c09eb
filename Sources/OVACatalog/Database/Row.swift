internal import GRDB

/// A row of a result, its columns numbered from 0.
struct Row {
  enum Content {
    case sqlite(GRDB.Row)
  }

  let content: Content

  /// The value of a column that is never null.
  subscript<Value: ColumnValue>(_ column: Int) -> Value {
    switch content {
    case .sqlite(let row): row[column]
    }
  }

  /// The value of a column; nil for null.
  subscript<Value: ColumnValue>(_ column: Int) -> Value? {
    switch content {
    case .sqlite(let row): row[column]
    }
  }

  /// Returns whether a column is null.
  func hasNull(atIndex column: Int) -> Bool {
    switch content {
    case .sqlite(let row): row.hasNull(atIndex: column)
    }
  }
}

extension Row {
  /// The rows that a statement finds, one after the other.
  static func fetchCursor(_ statement: Statement, arguments: Arguments = []) throws -> RowCursor {
    switch statement.content {
    case .sqlite(let statement, _):
      RowCursor(
        content: .sqlite(
          try GRDB.Row.fetchCursor(statement, arguments: arguments.ofSQLite)))
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
  }

  let content: Content

  /// The next row, which holds until the one after it is read; nil at the end.
  func next() throws -> Row? {
    switch content {
    case .sqlite(let rows): try rows.next().map { Row(content: .sqlite($0)) }
    }
  }
}
