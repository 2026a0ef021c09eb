internal import GRDB

/// A package whose bytes are to be read.
public struct PackageToHash: Hashable, Sendable {
  public var id: Int64
  /// The datastore path.
  public var path: String
  /// When its oldest digest was computed; nil when one is missing.
  public var computedOn: Int64?
  /// Bytes of its files.
  public var size: Int64
}

extension CatalogWriter {
  /// Notes that a package's digests are, or are no longer, to be computed.
  public func setUnhashed(_ id: Int64, _ isUnhashed: Bool) throws {
    let sql =
      isUnhashed
      ? "INSERT OR IGNORE INTO unhashed VALUES (?)" : "DELETE FROM unhashed WHERE image = ?"
    try db.cachedStatement(sql: sql).execute(arguments: [id])
  }
}

extension CatalogReader {
  /// Packages of a repository whose digests are still to be computed, by id.
  public func unhashed(repository: Int64, after id: Int64, limit: Int) throws -> [PackageToHash] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT i.id, i.path, NULL, p.size_bytes FROM unhashed u
          JOIN images i ON i.id = u.image JOIN packages p ON p.image = i.id
          WHERE i.repository = ? AND i.gone_at IS NULL AND u.image > ? ORDER BY u.image LIMIT ?
          """), arguments: [repository, id, limit]
    ).map { PackageToHash(id: $0[0], path: $0[1], computedOn: $0[2], size: $0[3]) }
  }

  /// How many packages of a repository wait for digests, and how many bytes they are.
  public func unhashedTotal(repository: Int64) throws -> (packages: Int, bytes: Int64) {
    try Row.fetchOne(
      db,
      sql: """
        SELECT count(*), coalesce(sum(p.size_bytes), 0) FROM unhashed u
        JOIN images i ON i.id = u.image JOIN packages p ON p.image = i.id
        WHERE i.repository = ? AND i.gone_at IS NULL
        """, arguments: [repository]
    ).map { ($0[0], $0[1]) } ?? (0, 0)
  }

  /// Packages of a repository whose SHA-256 digests were computed before an instant, the oldest
  /// first: what a check for decay reads.
  public func packagesHashed(
    before: Int64, repository: Int64, limit: Int
  ) throws -> [PackageToHash] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT i.id, i.path, min(d.computed_on) AS oldest, p.size_bytes
        FROM images i JOIN packages p ON p.image = i.id
        JOIN digests d ON d.image = i.id AND d.algorithm = 'sha256'
        WHERE i.repository = ? AND i.gone_at IS NULL
        GROUP BY i.id HAVING oldest < ? ORDER BY oldest, i.path LIMIT ?
        """, arguments: [repository, before, limit]
    ).map { PackageToHash(id: $0[0], path: $0[1], computedOn: $0[2], size: $0[3]) }
  }
}
