internal import GRDB

/// Something in a repository that belongs to no package.
public struct StrayRow: Hashable, Sendable {
  /// The path below the repository's folder.
  public var path: String
  /// `file`, or what is wrong with a link: `broken-link`, `leads-out`, `loop`.
  public var kind: String
  /// Bytes.
  public var size: Int64
  /// Nanoseconds since 1970.
  public var modified: Int64
  public var detail: String?

  /// Makes a stray from its parts.
  public init(path: String, kind: String, size: Int64, modified: Int64, detail: String? = nil) {
    self.path = path
    self.kind = kind
    self.size = size
    self.modified = modified
    self.detail = detail
  }
}

extension CatalogWriter {
  /// Keeps what a scan met that belongs to no package.
  public func save(strays: [StrayRow], repository: Int64, scan: Int64) throws {
    for stray in strays {
      try db.cachedStatement(
        sql: "INSERT OR REPLACE INTO strays VALUES (?, ?, ?, ?, ?, ?, ?)"
      ).execute(arguments: [
        repository, stray.path, stray.kind, stray.size, stray.modified, stray.detail, scan,
      ])
    }
  }

  /// Drops strays that a scan did not meet, and those that turned out to be a package's file in a
  /// folder below it. `prefix` is what datastore paths of the repository begin with.
  public func settleStrays(repository: Int64, scan: Int64, prefix: String) throws {
    try db.execute(
      sql: "DELETE FROM strays WHERE repository = ? AND scan <> ?", arguments: [repository, scan])
    guard
      try Int.fetchOne(
        db, sql: "SELECT 1 FROM strays WHERE repository = ? LIMIT 1", arguments: [repository])
        != nil
    else { return }
    try db.execute(
      sql: """
        DELETE FROM strays WHERE repository = ?1 AND path IN (
          SELECT substr(i.parent || f.name, ?2)
          FROM images i JOIN files f ON f.image = i.id AND f.member = 0
          WHERE i.repository = ?1 AND i.gone_at IS NULL AND i.parent <> ''
            AND instr(f.name, '/') > 0
          UNION ALL
          SELECT f.name FROM images i JOIN files f ON f.image = i.id AND f.member = 0
          WHERE i.repository = ?1 AND i.gone_at IS NULL AND i.parent = ''
            AND instr(f.name, '/') > 0)
        """, arguments: [repository, prefix.unicodeScalars.count + 1])
  }
}

extension CatalogReader {
  /// Hands over what belongs to no package, in the order of paths.
  public func forEachStray(repository: Int64, _ body: (StrayRow) throws -> Void) throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT path, kind, size_bytes, modified_ns, detail FROM strays
        WHERE repository = ? ORDER BY path
        """, arguments: [repository])
    while let row = try rows.next() {
      try body(
        StrayRow(path: row[0], kind: row[1], size: row[2], modified: row[3], detail: row[4]))
    }
  }
}
