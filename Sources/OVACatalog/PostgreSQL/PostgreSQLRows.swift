/// The rows of an answer, one after the other: those of one that is in memory, or those of a cursor,
/// some at a time. Between two of them the connection may be asked other things.
final class PostgreSQLRows {
  private let connection: PostgreSQLConnection?
  private let cursor: String
  private var result: PostgreSQLResult
  private var position = 0

  /// Rows of a cursor that are read at once.
  private static let batch = 1000

  init(_ result: PostgreSQLResult) {
    connection = nil
    cursor = ""
    self.result = result
  }

  /// Opens a cursor, which lasts as long as the transaction.
  init(_ connection: PostgreSQLConnection, _ sql: String, _ arguments: Arguments) throws {
    self.connection = connection
    cursor = connection.newCursorName()
    _ = try connection.execute(
      "DECLARE \(cursor) NO SCROLL CURSOR FOR \(sql)", arguments, keeps: false)
    result = try connection.run("FETCH \(Self.batch) FROM \(cursor)")
  }

  /// The next row; nil at the end.
  func next() throws -> Row? {
    if position == result.count, let connection, result.count == Self.batch {
      result = try connection.run("FETCH \(Self.batch) FROM \(cursor)")
      position = 0
    }
    guard position < result.count else { return nil }
    defer { position += 1 }
    return Row(content: .postgresql(result, position))
  }
}
