/// A letter to a user about a sync that is done, which no server has taken yet.
public struct LetterRow: Hashable, Sendable {
  /// The id of the request that it is about.
  public let request: Int64
  /// The time at which the sync was done, in seconds since 1970.
  public let createdOn: Int64
  /// The number of failed attempts to send it.
  public let attempts: Int
  /// The time of the next attempt, in seconds since 1970.
  public let dueOn: Int64
}

extension CatalogWriter {
  /// Queues the letter about a request; one that is queued already stays as it is.
  public func addLetter(about request: Int64, now: Int64) throws {
    try db.execute(
      sql: """
        INSERT INTO letters (request, created_on, due_on) VALUES (?, ?, ?) ON CONFLICT DO NOTHING
        """,
      arguments: [request, now, now])
  }

  /// Notes that sending a letter failed, why, and when it is to be tried again.
  public func postponeLetter(about request: Int64, until dueOn: Int64, failure: String) throws {
    try db.execute(
      sql: "UPDATE letters SET attempts = attempts + 1, due_on = ?, failure = ? WHERE request = ?",
      arguments: [dueOn, failure, request])
  }

  /// Takes a letter out of the queue.
  public func removeLetter(about request: Int64) throws {
    try db.execute(sql: "DELETE FROM letters WHERE request = ?", arguments: [request])
  }
}

extension CatalogReader {
  /// The letters that are to be sent by an instant, those first that have waited longest.
  public func letters(dueBy now: Int64, limit: Int) throws -> [LetterRow] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT request, created_on, attempts, due_on FROM letters
        WHERE due_on <= ? ORDER BY due_on, request LIMIT ?
        """, arguments: [now, limit]
    ).map { LetterRow(request: $0[0], createdOn: $0[1], attempts: $0[2], dueOn: $0[3]) }
  }

  /// Returns the time at which the next letter is to be sent, in seconds since 1970; nil when none
  /// waits.
  public func nextLetterDue() throws -> Int64? {
    try Int64.fetchOne(db, sql: "SELECT min(due_on) FROM letters")
  }

  /// Returns the reasons why the letters that wait could not be sent last time, by request.
  public func letterFailures() throws -> [String] {
    try String.fetchAll(
      db, sql: "SELECT failure FROM letters WHERE failure IS NOT NULL ORDER BY request")
  }

  /// The number of letters that wait.
  public func letterCount() throws -> Int {
    try Int.fetchOne(db, sql: "SELECT count(*) FROM letters") ?? 0
  }
}
