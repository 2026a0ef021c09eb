extension CatalogWriter {
  /// Begins a scan and returns its number.
  public func startScan(now: Int64) throws -> Int64 {
    try db.insert(sql: "INSERT INTO scans (started_on) VALUES (?)", arguments: [now])
  }

  /// Ends a scan, and keeps what the whole catalog is then.
  public func finishScan(_ id: Int64, counts: ScanCounts, now: Int64) throws {
    try db.execute(
      sql: """
        UPDATE scans SET finished_on = ?, packages = ?, added = ?, changed = ?, gone = ?,
          errors = ?, partial = ? WHERE id = ?
        """,
      arguments: [
        now, counts.packages, counts.added, counts.changed, counts.gone, counts.errors,
        counts.isPartial, id,
      ])
    try noteTotals(of: id)
  }

  /// Notes something that a scan could not read.
  public func noteError(scan: Int64, path: String, reason: String) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO scan_errors (scan, number, path, reason)
        SELECT CAST(?1 AS BIGINT), coalesce(max(number), 0) + 1, CAST(?2 AS TEXT),
          CAST(?3 AS TEXT) FROM scan_errors WHERE scan = ?1
        """
    ).execute(arguments: [scan, path, reason])
  }
}

extension CatalogReader {
  /// The scans, newest first.
  public func scans(limit: Int) throws -> [ScanRow] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT id, started_on, finished_on, packages, added, changed, gone, errors, partial
        FROM scans ORDER BY id DESC LIMIT ?
        """, arguments: [limit]
    ).map(ScanRow.init)
  }

  /// A scan; nil when there is none of that number.
  public func scan(_ id: Int64) throws -> ScanRow? {
    try Row.fetchOne(
      db,
      sql: """
        SELECT id, started_on, finished_on, packages, added, changed, gone, errors, partial
        FROM scans WHERE id = ?
        """, arguments: [id]
    ).map(ScanRow.init)
  }

  /// Returns the changes of a scan, by path. The detail of a rename is the path before.
  public func changes(
    of scan: Int64
  ) throws -> [(id: Int64, path: String, change: SaveResult.Change, detail: String?)] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT i.id, i.path, c.change, c.detail FROM scan_changes c JOIN images i ON i.id = c.image
        WHERE c.scan = ? ORDER BY i.path, i.id
        """, arguments: [scan]
    ).map { ($0[0], $0[1], SaveResult.Change(rawValue: $0[2]) ?? .changed, $0[3]) }
  }

  /// Counts the changes of a scan by kind.
  public func changeCounts(of scan: Int64) throws -> [SaveResult.Change: Int] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT change, count(*) FROM scan_changes WHERE scan = ? GROUP BY change",
      arguments: [scan])
    return Dictionary(
      rows.compactMap { row in SaveResult.Change(rawValue: row[0]).map { ($0, row[1]) } }
    ) { first, _ in first }
  }

  /// The first of what a scan changed in one way, by path. The detail of a rename is the path before.
  public func changes(
    _ change: SaveResult.Change, of scan: Int64, limit: Int
  ) throws -> [(path: String, detail: String?)] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT i.path, c.detail FROM scan_changes c JOIN images i ON i.id = c.image
        WHERE c.scan = ? AND c.change = ? ORDER BY i.path, i.id LIMIT ?
        """, arguments: [scan, change.rawValue, limit]
    ).map { ($0[0], $0[1]) }
  }

  /// Returns what a scan could not read, in the order met.
  public func errors(of scan: Int64) throws -> [(path: String, reason: String)] {
    try Row.fetchAll(
      db, sql: "SELECT path, reason FROM scan_errors WHERE scan = ? ORDER BY number",
      arguments: [scan]
    ).map { ($0[0], $0[1]) }
  }
}

extension ScanRow {
  /// Takes id, start, end and the counts, in this order.
  fileprivate init(_ row: Row) {
    var counts = ScanCounts()
    counts.packages = row[3]
    counts.added = row[4]
    counts.changed = row[5]
    counts.gone = row[6]
    counts.errors = row[7]
    counts.isPartial = row[8]
    self.init(id: row[0], startedOn: row[1], finishedOn: row[2], counts: counts)
  }
}
