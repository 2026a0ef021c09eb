/// A package whose bytes are to be read.
public struct PackageToHash: Hashable, Sendable {
  /// The image's id.
  public var id: Int64
  /// The datastore path.
  public var path: String
  /// The repository that it was found in.
  public var repository: Int64?
  /// The time at which its oldest digest was computed; nil when one is missing.
  public var computedOn: Int64?
  /// Bytes of its files.
  public var size: Int64
}

extension CatalogWriter {
  /// Notes that a package's digests are, or are no longer, to be computed.
  public func setUnhashed(_ id: Int64, _ isUnhashed: Bool) throws {
    let sql =
      isUnhashed
      ? "INSERT INTO unhashed VALUES (?) ON CONFLICT DO NOTHING"
      : "DELETE FROM unhashed WHERE image = ?"
    try db.cachedStatement(sql: sql).execute(arguments: [id])
  }
}

extension CatalogReader {
  /// Packages of a repository whose digests are still to be computed, by id.
  public func unhashed(repository: Int64, after id: Int64, limit: Int) throws -> [PackageToHash] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT i.id, i.path, i.repository, NULL, p.size_bytes FROM unhashed u
          JOIN images i ON i.id = u.image JOIN packages p ON p.image = i.id
          WHERE i.repository = ? AND i.gone_at IS NULL AND u.image > ? ORDER BY u.image LIMIT ?
          """), arguments: [repository, id, limit]
    ).map { PackageToHash($0) }
  }

  /// Counts the packages of a repository that wait for digests, and their bytes.
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

  /// Counts the packages of a repository with a SHA-256 digest computed before an instant, and
  /// how many bytes they are.
  public func hashedTotal(
    before: Int64, repository: Int64
  ) throws -> (packages: Int, bytes: Int64) {
    try Row.fetchOne(
      db,
      sql: """
        SELECT count(*), coalesce(sum(p.size_bytes), 0) FROM (
          SELECT DISTINCT image FROM digests \(db.engine.indexed(by: "digests_age"))
          WHERE algorithm = 'sha256' AND computed_on < ?) d
        JOIN images i ON i.id = d.image JOIN packages p ON p.image = i.id
        WHERE i.repository = ? AND i.gone_at IS NULL
        """, arguments: [before, repository]
    ).map { ($0[0], $0[1]) } ?? (0, 0)
  }

  /// Packages whose SHA-256 digests were computed before an instant, the oldest first, whatever
  /// repository they are in: what a check for decay reads.
  /// - Parameter last: the last of those that were handed out before.
  public func packagesHashed(
    before: Int64, after last: PackageToHash?, limit: Int
  ) throws -> [PackageToHash] {
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT d.image, i.path, i.repository, d.computed_on, p.size_bytes
          FROM digests d \(db.engine.indexed(by: "digests_age"))
          JOIN images i ON i.id = d.image JOIN packages p ON p.image = i.id
          WHERE d.algorithm = 'sha256' AND d.computed_on < ?
            AND (d.computed_on, d.image) > (?, ?) AND i.gone_at IS NULL
          ORDER BY d.computed_on, d.image LIMIT ?
          """), arguments: [before, last?.computedOn ?? Int64.min, last?.id ?? 0, limit])
    var packages: [PackageToHash] = []
    for row in rows {
      let next = PackageToHash(row)
      // One digest a file: those of a package stand together.
      if packages.last?.id != next.id { packages.append(next) }
    }
    return packages
  }
}

extension PackageToHash {
  fileprivate init(_ row: Row) {
    self.init(id: row[0], path: row[1], repository: row[2], computedOn: row[3], size: row[4])
  }
}
