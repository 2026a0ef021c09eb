internal import GRDB

/// A catalog's database in the midst of a piece of work, whichever engine keeps it.
///
/// The store's SQL is written once, in what the engines have in common; where they differ,
/// ``engine`` says how each puts it. Parameters are `?`, or `?1` where one stands in several places.
struct Database {
  /// The connection of the engine.
  enum Connection {
    case sqlite(GRDB.Database)
    case postgresql(PostgreSQLConnection)
  }

  let connection: Connection

  init(_ db: GRDB.Database) { connection = .sqlite(db) }

  init(_ connection: PostgreSQLConnection) { self.connection = .postgresql(connection) }

  /// The engine that keeps it.
  var engine: DatabaseEngine {
    switch connection {
    case .sqlite: .sqlite
    case .postgresql: .postgresql
    }
  }

  /// A statement that is prepared once a connection.
  func cachedStatement(sql: String) throws -> Statement {
    switch connection {
    case .sqlite(let db): Statement(content: .sqlite(try db.cachedStatement(sql: sql), db))
    case .postgresql(let connection):
      Statement(content: .postgresql(connection, sql: sql, isKept: true))
    }
  }

  /// A statement that is rarely run.
  func statement(sql: String) throws -> Statement {
    switch connection {
    case .sqlite(let db): Statement(content: .sqlite(try db.makeStatement(sql: sql), db))
    case .postgresql(let connection):
      Statement(content: .postgresql(connection, sql: sql, isKept: false))
    }
  }

  /// Runs a statement, and returns how many rows it changed.
  @discardableResult
  func execute(sql: String, arguments: Arguments = []) throws -> Int {
    try statement(sql: sql).execute(arguments: arguments)
  }

  /// Puts in a row of a table whose rows have numbers, and returns the new row's.
  func insert(sql: String, arguments: Arguments) throws -> Int64 {
    switch connection {
    case .sqlite(let db):
      try db.cachedStatement(sql: sql).execute(arguments: arguments.ofSQLite)
      return db.lastInsertedRowID
    case .postgresql(let connection):
      let result = try connection.execute(sql + " RETURNING id", arguments, keeps: true)
      return result.value(0, 0) ?? 0
    }
  }

  /// Returns whether there is a table of that name.
  func tableExists(_ name: String) throws -> Bool {
    switch connection {
    case .sqlite(let db): try db.tableExists(name)
    case .postgresql(let connection):
      try connection.execute("SELECT to_regclass(?) IS NOT NULL", [name], keeps: false)
        .value(0, 0) ?? false
    }
  }
}

/// An engine that keeps catalogs.
enum DatabaseEngine {
  /// One file.
  case sqlite
  /// A database server.
  case postgresql
}

/// A statement, ready to be run any number of times.
struct Statement {
  enum Content {
    case sqlite(GRDB.Statement, GRDB.Database)
    /// A statement on a server; `isKept` if the server keeps it prepared.
    case postgresql(PostgreSQLConnection, sql: String, isKept: Bool)
  }

  let content: Content

  /// Runs it, and returns how many rows it changed.
  @discardableResult
  func execute(arguments: Arguments = []) throws -> Int {
    switch content {
    case .sqlite(let statement, let db):
      try statement.execute(arguments: arguments.ofSQLite)
      return db.changesCount
    case .postgresql(let connection, let sql, let isKept):
      return try connection.execute(sql, arguments, keeps: isKept).changes
    }
  }
}
