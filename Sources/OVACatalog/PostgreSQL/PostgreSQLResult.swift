import CPQ
import FoundationEssentials

/// The rows of an answer, all in memory.
@safe final class PostgreSQLResult {
  private let library: PostgreSQLLibrary
  private let handle: OpaquePointer
  /// The number of rows.
  let count: Int

  /// Takes over an answer of libpq's.
  init(_ handle: OpaquePointer, _ library: PostgreSQLLibrary) {
    self.library = library
    unsafe self.handle = handle
    count = Int(unsafe library.functions.ntuples(handle))
  }

  deinit { unsafe library.functions.clear(handle) }

  /// Rows that a statement changed.
  var changes: Int {
    unsafe library.functions.cmdTuples(handle).flatMap { unsafe Int(String(cString: $0)) } ?? 0
  }

  /// Hands over the bytes of a value; nil for null.
  func withBytes<Value>(
    _ row: Int, _ column: Int, _ body: (UnsafeBufferPointer<UInt8>?) -> Value
  ) -> Value {
    let (row, column) = (Int32(clamping: row), Int32(clamping: column))
    guard unsafe library.functions.getisnull(handle, row, column) == 0,
      let text = unsafe library.functions.getvalue(handle, row, column)
    else { return body(nil) }
    let count = Int(unsafe library.functions.getlength(handle, row, column))
    return unsafe text.withMemoryRebound(to: UInt8.self, capacity: count) { bytes in
      unsafe body(UnsafeBufferPointer(start: bytes, count: count))
    }
  }

  /// A value; nil for null.
  func value<Value: ColumnValue>(_ row: Int, _ column: Int) -> Value? {
    unsafe withBytes(row, column) { bytes in unsafe bytes.flatMap { unsafe Value(columnText: $0) } }
  }

  /// A value of the type that its column has; nil for null.
  func anyValue(_ row: Int, _ column: Int) -> (any ColumnValue)? {
    // Numbers of types in PostgreSQL's catalog pg_type.
    switch unsafe library.functions.ftype(handle, Int32(clamping: column)) {
    case 20: value(row, column) as Int64?
    case 17: value(row, column) as Data?
    default: value(row, column) as String?
    }
  }

  /// The rows, one after the other.
  var rows: some Sequence<Row> {
    (0..<count).lazy.map { Row(content: .postgresql(self, $0)) }
  }
}
