internal import GRDB
import GRDBSQLite
import OVABasics

/// The filling of a catalog that has no images yet.
///
/// Rows are put in one after the other; once there are many, what is derived from them is made at
/// the end, sorted, rather than row by row. A writing that is given up leaves everything as it was.
struct ImageFilling {
  private let db: GRDB.Database
  private let insertion: GRDB.Statement
  private var count: Int64 = 0
  /// The SQL of the indexes and triggers that were dropped for the time of the filling.
  private var derived: [String] = []

  /// Rows from which on sorting at the end costs less.
  private static let many = 2_000
  /// KiB of pages, as a negative number, while indexes are made: each thread that sorts takes as much,
  /// and more does not make it faster.
  private static let sortingCache = -4096

  init(_ db: GRDB.Database) throws {
    self.db = db
    insertion = try db.makeStatement(
      sql: """
        INSERT INTO images (id, data_store, path, name, folder, label, public, owner,
          created_on, updated_on, position)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
  }

  /// Puts a record in, behind those before it; returns why it cannot be: another one has its id or
  /// its path.
  mutating func insert(_ record: Record, owner: String?) throws -> String? {
    if count == Self.many { try removeDerived() }
    count += 1
    let row = unsafe insertion.sqliteStatement
    unsafe sqlite3_bind_int64(row, 1, record.id)
    unsafe Self.bind(record.dataStore, row, 2)
    unsafe Self.bind(record.path, row, 3)
    unsafe Self.bind(record.name, row, 4)
    unsafe Self.bind(record.folder, row, 5)
    unsafe Self.bind(record.label, row, 6)
    unsafe sqlite3_bind_int(row, 7, record.isPublic ? 1 : 0)
    unsafe Self.bind(owner, row, 8)
    unsafe sqlite3_bind_int64(row, 9, record.createdOn)
    unsafe sqlite3_bind_int64(row, 10, record.updatedOn)
    unsafe sqlite3_bind_int64(row, 11, count)
    let result = unsafe sqlite3_step(row)
    if result == SQLITE_DONE {
      unsafe sqlite3_reset(row)
      return nil
    }
    // A reset may put other words in place of these.
    let message = unsafe String(cString: sqlite3_errmsg(sqlite3_db_handle(row)))
    unsafe sqlite3_reset(row)
    guard result & 0xFF == SQLITE_CONSTRAINT, let other = try clash(with: record) else {
      throw DatabaseError(resultCode: ResultCode(rawValue: result), message: message)
    }
    return other
  }

  private func clash(with record: Record) throws -> String? {
    func words(_ sql: String, _ arguments: StatementArguments, _ what: String) throws -> String? {
      try Int64.fetchOne(db, sql: sql, arguments: arguments).map {
        "records \($0) and \(count) both have \(what)"
      }
    }
    return try words(
      "SELECT position FROM images WHERE id = ?", [record.id], "the id \(record.id)")
      ?? words(
        "SELECT position FROM images WHERE data_store = ? AND path = ?",
        [record.dataStore, record.path], "the path '\(record.path.forDisplay)'")
  }

  /// Makes what was taken away.
  mutating func finish() throws {
    guard !derived.isEmpty else { return }
    let cache = try Int.fetchOne(db, sql: "PRAGMA cache_size") ?? Self.sortingCache
    try db.execute(sql: "PRAGMA cache_size = \(Self.sortingCache)")
    defer { try? db.execute(sql: "PRAGMA cache_size = \(cache)") }
    for sql in derived { try db.execute(sql: sql) }
    if try db.tableExists("image_trigrams") { try Schema.fillImageTrigrams(db) }
    derived = []
  }

  private mutating func removeDerived() throws {
    let rows = try GRDB.Row.fetchAll(
      db,
      sql: """
        SELECT type, name, sql FROM sqlite_schema
        WHERE tbl_name = 'images' AND type IN ('index', 'trigger') AND sql IS NOT NULL
        """)
    for row in rows {
      let (type, name, sql): (String, String, String) = (row[0], row[1], row[2])
      try db.execute(sql: "DROP \(type) \(name.quotedDatabaseIdentifier)")
      derived.append(sql)
    }
  }

  private static func bind(_ text: String?, _ row: SQLiteStatement, _ number: Int32) {
    guard var text else {
      unsafe sqlite3_bind_null(row, number)
      return
    }
    text.withUTF8 { bytes in
      // SQLite copies it.
      let copies = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
      unsafe bytes.withMemoryRebound(to: CChar.self) { characters in
        _ = unsafe sqlite3_bind_text(
          row, number, characters.baseAddress, Int32(clamping: characters.count), copies)
      }
    }
  }
}
