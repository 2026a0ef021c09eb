internal import GRDB
import GRDBSQLite
import OVABasics
import OVATime

/// The rows of a page, written as JSON straight from what SQLite read: no text is made of them.
struct RecordRows {
  private let times: APITime
  /// The rows with commas between them.
  private(set) var json: [UInt8] = []
  /// The number of rows.
  private(set) var count = 0
  /// The offset at which each row begins.
  private var starts: [Int] = []

  init(times: APITime) { self.times = times }

  /// Appends all rows of a statement, whose columns are those of `recordColumns`.
  mutating func append(allOf statement: Statement, _ arguments: Arguments) throws {
    switch statement.content {
    case .sqlite(let statement, _):
      statement.setUncheckedArguments(arguments.ofSQLite)
      while try appendNext(of: statement) {}
    case .postgresql:
      let all = try Row.fetchCursor(statement, arguments: arguments)
      while let row = try all.next() {
        guard case .postgresql(let result, let number) = row.content else { continue }
        begin()
        append(PostgreSQLColumns(result: result, row: number))
      }
    }
  }

  /// Appends the rows of ids, each of which is the only argument of a statement.
  mutating func append(_ ids: some Sequence<Int64>, of statement: Statement) throws {
    switch statement.content {
    case .sqlite(let statement, _):
      for id in ids {
        unsafe sqlite3_bind_int64(statement.sqliteStatement, 1, id)
        while try appendNext(of: statement) {}
      }
    case .postgresql: for id in ids { try append(allOf: statement, [id]) }
    }
  }

  /// Appends the next row; false at the end, after which the statement may be bound anew.
  private mutating func appendNext(of statement: GRDB.Statement) throws -> Bool {
    let row = unsafe statement.sqliteStatement
    let result = unsafe sqlite3_step(row)
    guard result == SQLITE_ROW else {
      unsafe sqlite3_reset(row)
      guard result == SQLITE_DONE else {
        throw DatabaseError(
          resultCode: ResultCode(rawValue: result),
          message: unsafe sqlite3_errmsg(sqlite3_db_handle(row)).map { unsafe String(cString: $0) })
      }
      return false
    }
    begin()
    append(unsafe SQLiteColumns(row: row))
    return true
  }

  private mutating func begin() {
    if json.isEmpty { json.reserveCapacity(40_000) } else { json.append(UInt8(ascii: ",")) }
    starts.append(json.count)
    count += 1
  }

  /// Puts the last row first.
  mutating func reverse() {
    var reversed: [UInt8] = []
    reversed.reserveCapacity(json.count)
    var end = json.count
    for start in starts.reversed() {
      if !reversed.isEmpty { reversed.append(UInt8(ascii: ",")) }
      reversed += json[start..<end]
      // The comma before the row belongs to neither.
      end = start - 1
    }
    json = reversed
    starts = []
  }

  private mutating func append(_ row: some RecordColumns) {
    append(#"{"created_on":"#)
    appendTime(row.integer(7))
    append(#","data_store":"#)
    appendText(row, 2)
    append(#","folder":"#)
    appendText(row, 3)
    append(#","id":"#)
    JSONBytes.append(row.integer(0), to: &json)
    append(#","label":"#)
    appendText(row, 4)
    append(#","name":"#)
    appendText(row, 1)
    append(#","path":"#)
    appendText(row, 5)
    append(#","public":"#)
    JSONBytes.append(row.integer(6) != 0, to: &json)
    append(#","updated_on":"#)
    appendTime(row.integer(8))
    json.append(UInt8(ascii: "}"))
  }

  /// Appends keys and what is between them, as it is.
  private mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { unsafe json.append(contentsOf: $0) }
  }

  private mutating func appendTime(_ instant: Int64) {
    json.append(UInt8(ascii: "\""))
    times.append(instant, to: &json)
    json.append(UInt8(ascii: "\""))
  }

  private mutating func appendText(_ row: some RecordColumns, _ column: Int) {
    unsafe row.withText(column) { bytes in
      guard let bytes = unsafe bytes else {
        json.append(contentsOf: "null".utf8)
        return
      }
      // Characters in ASCII that stand for themselves in JSON are nearly all there are.
      let isPlain = unsafe bytes.allSatisfy {
        0x20...0x7E ~= $0 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
      }
      guard isPlain else {
        JSONBytes.append(unsafe String(decoding: bytes, as: UTF8.self), to: &json)
        return
      }
      json.append(UInt8(ascii: "\""))
      unsafe json.append(contentsOf: bytes)
      json.append(UInt8(ascii: "\""))
    }
  }
}

/// The columns of a record's row, as an engine has them in memory.
private protocol RecordColumns {
  func integer(_ column: Int) -> Int64
  /// Hands over the bytes of a text; nil for null.
  func withText(_ column: Int, _ body: (UnsafeBufferPointer<UInt8>?) -> Void)
}

@safe private struct SQLiteColumns: RecordColumns {
  let row: SQLiteStatement

  init(row: SQLiteStatement) { unsafe self.row = row }

  func integer(_ column: Int) -> Int64 {
    unsafe sqlite3_column_int64(row, Int32(truncatingIfNeeded: column))
  }

  func withText(_ column: Int, _ body: (UnsafeBufferPointer<UInt8>?) -> Void) {
    let column = Int32(truncatingIfNeeded: column)
    // The bytes as they lie in the database's page: text would be copied, for a NUL behind it.
    if let bytes = unsafe sqlite3_column_blob(row, column) {
      let count = Int(unsafe sqlite3_column_bytes(row, column))
      unsafe body(UnsafeRawBufferPointer(start: bytes, count: count).bindMemory(to: UInt8.self))
    } else if unsafe sqlite3_column_type(row, column) == SQLITE_NULL {
      body(nil)
    } else {
      // Text of no bytes.
      unsafe body(UnsafeBufferPointer(start: nil, count: 0))
    }
  }
}

private struct PostgreSQLColumns: RecordColumns {
  let result: PostgreSQLResult
  let row: Int

  func integer(_ column: Int) -> Int64 { result.value(row, column) ?? 0 }

  func withText(_ column: Int, _ body: (UnsafeBufferPointer<UInt8>?) -> Void) {
    unsafe result.withBytes(row, column, body)
  }
}
