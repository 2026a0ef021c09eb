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
  /// Keeps the strays of a folder in place of those that were known there.
  func replaceStrays(of folder: String, repository: Int64, by strays: [StrayRow]) throws {
    try db.cachedStatement(sql: "DELETE FROM strays WHERE repository = ? AND folder = ?")
      .execute(arguments: [repository, folder])
    for stray in strays {
      let name = String(Substring(stray.path.utf8.dropFirst(folder.utf8.count)))
      try db.cachedStatement(sql: "INSERT OR REPLACE INTO strays VALUES (?, ?, ?, ?, ?, ?, ?)")
        .execute(arguments: [
          repository, folder, name, stray.kind, stray.size, stray.modified, stray.detail,
        ])
    }
  }

  /// Drops strays that turned out to be a package's file in a folder below it. Their folders do not
  /// settle, since what else is in them is not all that says whose they are.
  /// - Parameter prefix: what datastore paths of the repository begin with.
  public func dropOwnedStrays(repository: Int64, prefix: String) throws {
    let folders = try Set(
      String.fetchAll(
        db,
        sql: """
          DELETE FROM strays WHERE repository = ?1 AND folder || name IN (
            SELECT iif(i.parent = '', f.name, substr(i.parent || f.name, ?2))
            FROM files f INDEXED BY files_below JOIN images i ON i.id = f.image
            WHERE f.member = 0 AND instr(f.name, '/') > 0
              AND i.repository = ?1 AND i.gone_at IS NULL)
          RETURNING folder
          """, arguments: [repository, prefix.unicodeScalars.count + 1]))
    for folder in folders {
      try db.execute(
        sql: "UPDATE folders SET fingerprint = NULL WHERE repository = ? AND path = ?",
        arguments: [repository, folder])
    }
  }
}

extension CatalogReader {
  /// Hands over what belongs to no package, in the order of paths.
  public func forEachStray(repository: Int64, _ body: (StrayRow) throws -> Void) throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT folder || name AS path, kind, size_bytes, modified_ns, detail FROM strays
        WHERE repository = ? ORDER BY path
        """, arguments: [repository])
    while let row = try rows.next() {
      try body(
        StrayRow(path: row[0], kind: row[1], size: row[2], modified: row[3], detail: row[4]))
    }
  }
}
