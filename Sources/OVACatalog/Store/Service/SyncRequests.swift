import FoundationEssentials
import OVABasics

extension CatalogWriter {
  /// Takes a user's request in; while one of theirs waits, that one is the answer.
  ///
  /// One that is under way has perhaps passed by what was uploaded since it began, so that another
  /// one follows it.
  public func submitRequest(
    username: String, type: String = "VM", taskID: String?, now: Int64
  ) throws -> (request: SyncRequestRow, isNew: Bool) {
    let waiting = try Row.fetchOne(
      db,
      sql: """
        SELECT \(CatalogReader.requestColumns) FROM sync_requests WHERE username = ? AND type = ?
          AND status NOT IN ('PROCESSED', 'ERROR', 'CANCELLED', 'IN_PROGRESS')
        """, arguments: [username, type])
    if let waiting { return (SyncRequestRow(waiting), false) }
    let status = RequestStatus.submitted
    let id = try db.insert(
      sql: """
        INSERT INTO sync_requests (username, status, type, task_id, created_on, updated_on)
        VALUES (?, ?, ?, ?, ?, ?)
        """, arguments: [username, status.rawValue, type, taskID, now, now])
    let row = SyncRequestRow(
      id: id, username: username, status: status, type: type, taskID: taskID,
      createdOn: now, updatedOn: now)
    return (row, true)
  }

  /// Stores how far a request has come. One that is done stays as it is; false then.
  public func update(_ request: SyncRequestRow) throws -> Bool {
    let count = try db.execute(
      sql: """
        UPDATE sync_requests SET status = ?, added = ?, deleted = ?, errors = ?, warnings = ?,
          updated_on = ?
        WHERE id = ? AND status NOT IN ('PROCESSED', 'ERROR', 'CANCELLED')
        """,
      arguments: [
        request.status.rawValue, Self.json(request.added), Self.json(request.deleted),
        Self.json(request.errors), Self.json(request.warnings), request.updatedOn, request.id,
      ])
    return count > 0
  }

  private static func json(_ texts: [String]) -> String {
    var bytes: [UInt8] = []
    JSONBytes.append(texts, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension CatalogReader {
  static let requestColumns = """
    id, username, status, type, task_id, added, deleted, errors, warnings, created_on, updated_on
    """

  /// A user's request; nil when there is none of that id, or it is another user's.
  public func request(id: Int64, username: String) throws -> SyncRequestRow? {
    try Row.fetchOne(
      db.cachedStatement(
        sql: "SELECT \(Self.requestColumns) FROM sync_requests WHERE id = ? AND username = ?"),
      arguments: [id, username]
    ).map(SyncRequestRow.init)
  }

  /// A request, whoever asked for it; nil when there is none of that id.
  public func request(id: Int64) throws -> SyncRequestRow? {
    try Row.fetchOne(
      db, sql: "SELECT \(Self.requestColumns) FROM sync_requests WHERE id = ?", arguments: [id]
    ).map(SyncRequestRow.init)
  }

  /// A page of a user's requests, newest first unless sorted otherwise. Filter and sort are of
  /// `FieldSet.requests`.
  public func requests(
    username: String, filter: Filter = .everything, sort: Sort = .stored, paging: Paging
  ) throws -> Page<SyncRequestRow> {
    var condition = SQLPiece(sql: "WHERE username = ?", arguments: [.text(username)])
    if let filter = filter.sql(on: db.engine) {
      condition.sql += " AND " + filter.sql
      condition.arguments += filter.arguments
    }
    let total =
      try Int.fetchOne(
        db, sql: "SELECT count(*) FROM sync_requests \(condition.sql)",
        arguments: condition.statementArguments) ?? 0
    condition.arguments += [.integer(Int64(paging.perPage)), .integer(Int64(paging.offset))]
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT \(Self.requestColumns) FROM sync_requests \(condition.sql)
        ORDER BY \(sort.sql(stored: "id", ascends: false, on: db.engine)) LIMIT ? OFFSET ?
        """, arguments: condition.statementArguments)
    return Page(rows: rows.map(SyncRequestRow.init), total: total)
  }

  /// The requests of all users that are not done, oldest first: what a worker takes up.
  public func unfinishedRequests() throws -> [SyncRequestRow] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT \(Self.requestColumns) FROM sync_requests
        WHERE status NOT IN ('PROCESSED', 'ERROR', 'CANCELLED') ORDER BY id
        """
    ).map(SyncRequestRow.init)
  }

  /// The user's last request of all; nil when they never asked.
  public func lastRequest(username: String) throws -> SyncRequestRow? {
    try Row.fetchOne(
      db,
      sql: """
        SELECT \(Self.requestColumns) FROM sync_requests WHERE username = ? ORDER BY id DESC LIMIT 1
        """, arguments: [username]
    ).map(SyncRequestRow.init)
  }
}

extension SyncRequestRow {
  fileprivate init(_ row: Row) {
    self.init(
      id: row[0], username: row[1], status: RequestStatus(rawValue: row[2]) ?? .error,
      type: row[3], taskID: row[4], added: Self.texts(row[5]), deleted: Self.texts(row[6]),
      errors: Self.texts(row[7]), warnings: Self.texts(row[8]), createdOn: row[9],
      updatedOn: row[10])
  }

  /// Reads a stored JSON array of strings.
  private static func texts(_ json: String) -> [String] {
    (try? JSONDecoder().decode([String].self, from: Data(json.utf8))) ?? []
  }
}
