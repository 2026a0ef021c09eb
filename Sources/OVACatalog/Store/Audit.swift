internal import GRDB

/// Places in a catalogue that have something in common.
public struct SharedPlaces: Hashable, Sendable {
  /// What they share: a digest, a path, a folder.
  public var common: String
  /// Datastore paths, with the member's name after ` → ` for one in an archive.
  public var places: [String]
  /// Bytes of one of them.
  public var size: Int64
}

/// How often a rule found something.
public struct RuleCount: Hashable, Sendable {
  public var rule: String
  public var severity: String
  public var findings: Int
  public var packages: Int
}

extension CatalogReader {
  private static let fileAt =
    "iif(i.parent = '', '[' || i.data_store || '] ', i.parent) || f.name"

  /// Files of the same content, by SHA-256, those that waste most first. Hard links of one file
  /// and files that several packages share count once.
  public func duplicates(atLeast bytes: Int64, limit: Int) throws -> [SharedPlaces] {
    let groups = try Row.fetchAll(
      db,
      sql: """
        SELECT g.digest, max(g.size_bytes), count(DISTINCT g.inode || ' ' || g.member || g.name)
        FROM digests g JOIN images i ON i.id = g.image
        WHERE g.algorithm = 'sha256' AND i.gone_at IS NULL AND g.size_bytes >= ?
        GROUP BY g.digest HAVING count(DISTINCT iif(g.member, g.inode || g.name, g.inode)) > 1
        ORDER BY (count(*) - 1) * max(g.size_bytes) DESC, g.digest LIMIT ?
        """, arguments: [bytes, limit])
    return try groups.map { group in
      let digest: String = group[0]
      let places = try String.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT min(iif(g.member, i.path || ' → ' || g.name, \(Self.fileAt)))
            FROM digests g JOIN images i ON i.id = g.image
            JOIN files f ON f.image = g.image AND f.member = g.member AND f.name = g.name
            WHERE g.algorithm = 'sha256' AND g.digest = ? AND i.gone_at IS NULL
            GROUP BY iif(g.member, g.inode || ' ' || g.name, g.inode) ORDER BY 1
            """), arguments: [digest])
      return SharedPlaces(common: digest, places: places, size: group[1])
    }
  }

  /// Files that several packages reference.
  public func sharedFiles(limit: Int) throws -> [SharedPlaces] {
    try groups(
      sql: """
        SELECT \(Self.fileAt) AS place, max(f.size_bytes), json_group_array(i.path)
        FROM images i JOIN files f ON f.image = i.id AND f.member = 0
        WHERE i.gone_at IS NULL GROUP BY place HAVING count(*) > 1 ORDER BY place LIMIT ?
        """, limit)
  }

  /// Folders in which several descriptors lie.
  public func foldersWithSeveralDescriptors(limit: Int) throws -> [SharedPlaces] {
    try groups(
      sql: """
        SELECT iif(i.parent = '', '[' || i.data_store || ']', i.parent), 0, json_group_array(i.path)
        FROM images i WHERE i.gone_at IS NULL AND lower(i.path) LIKE '%.ovf'
        GROUP BY i.data_store, i.parent HAVING count(*) > 1 ORDER BY 1 LIMIT ?
        """, limit)
  }

  /// Paths that differ in the case of ASCII letters alone.
  public func pathsThatDifferInCase(limit: Int) throws -> [SharedPlaces] {
    try groups(
      sql: """
        SELECT lower(i.path), 0, json_group_array(i.path) FROM images i
        WHERE i.gone_at IS NULL GROUP BY i.data_store, lower(i.path) HAVING count(*) > 1
        ORDER BY 1 LIMIT ?
        """, limit)
  }

  private func groups(sql: String, _ limit: Int) throws -> [SharedPlaces] {
    try Row.fetchAll(db, sql: sql, arguments: [limit]).map { row in
      let places = try String.fetchAll(
        db, sql: "SELECT value FROM json_each(?) ORDER BY value", arguments: [row[2] as String])
      return SharedPlaces(common: row[0], places: places, size: row[1])
    }
  }

  /// How often each rule found something, errors first, then the most frequent.
  public func ruleCounts() throws -> [RuleCount] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT f.rule, f.severity, count(*), count(DISTINCT f.image)
        FROM findings f JOIN images i ON i.id = f.image WHERE i.gone_at IS NULL
        GROUP BY f.rule, f.severity
        ORDER BY instr('error warning info', f.severity), count(*) DESC, f.rule
        """
    ).map { RuleCount(rule: $0[0], severity: $0[1], findings: $0[2], packages: $0[3]) }
  }
}
