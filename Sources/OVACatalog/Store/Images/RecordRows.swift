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
  /// Where each row begins.
  private var starts: [Int] = []

  init(times: APITime) { self.times = times }

  /// Appends all rows of a statement, whose columns are those of `recordColumns`.
  mutating func append(allOf statement: Statement, _ arguments: Arguments) throws {
    switch statement.content {
    case .sqlite(let statement, _):
      statement.setUncheckedArguments(arguments.ofSQLite)
      while try appendNext(of: statement) {}
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
    if json.isEmpty { json.reserveCapacity(40_000) } else { json.append(UInt8(ascii: ",")) }
    starts.append(json.count)
    count += 1
    unsafe append(row)
    return true
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

  private mutating func append(_ row: SQLiteStatement) {
    json.append(UInt8(ascii: "{"))
    JSONBytes.appendKey("created_on", first: true, to: &json)
    unsafe appendTime(row, 7)
    JSONBytes.appendKey("data_store", to: &json)
    unsafe appendText(row, 2)
    JSONBytes.appendKey("folder", to: &json)
    unsafe appendText(row, 3)
    JSONBytes.appendKey("id", to: &json)
    JSONBytes.append(unsafe sqlite3_column_int64(row, 0), to: &json)
    JSONBytes.appendKey("label", to: &json)
    unsafe appendText(row, 4)
    JSONBytes.appendKey("name", to: &json)
    unsafe appendText(row, 1)
    JSONBytes.appendKey("path", to: &json)
    unsafe appendText(row, 5)
    JSONBytes.appendKey("public", to: &json)
    JSONBytes.append(unsafe sqlite3_column_int(row, 6) != 0, to: &json)
    JSONBytes.appendKey("updated_on", to: &json)
    unsafe appendTime(row, 8)
    json.append(UInt8(ascii: "}"))
  }

  private mutating func appendTime(_ row: SQLiteStatement, _ column: Int32) {
    json.append(UInt8(ascii: "\""))
    times.append(unsafe sqlite3_column_int64(row, column), to: &json)
    json.append(UInt8(ascii: "\""))
  }

  private mutating func appendText(_ row: SQLiteStatement, _ column: Int32) {
    guard let text = unsafe sqlite3_column_text(row, column) else {
      json.append(contentsOf: "null".utf8)
      return
    }
    let bytes = unsafe UnsafeBufferPointer(
      start: text, count: Int(sqlite3_column_bytes(row, column)))
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
