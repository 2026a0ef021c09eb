import OVABasics

/// Places in a catalog that have something in common.
public struct SharedPlaces: Hashable, Sendable {
  /// The common property: a digest, a path, a folder.
  public var common: String
  /// Datastore paths, with the member's name after ` → ` for one in an archive.
  public var places: [String]
  /// Bytes of one of them.
  public var size: Int64
}

/// A content that is there more than once.
public struct DuplicateContent: Hashable, Sendable {
  /// The place of a finding.
  public struct Place: Hashable, Sendable {
    /// The package.
    public var image: Int64
    /// The datastore path, with the member's name after ` → ` for one in an archive.
    public var path: String
    /// True for a member of an archive.
    public var isMember: Bool
  }

  /// SHA-256 in lower-case hexadecimal.
  public var digest: String
  /// Bytes of one of them.
  public var size: Int64
  /// The places with the same content.
  public var places: [Place]
}

/// The number of findings of a rule.
public struct RuleCount: Hashable, Sendable {
  /// The id of the rule.
  public var rule: String
  /// The severity of the findings.
  public var severity: String
  /// The number of findings.
  public var findings: Int
  /// The number of packages that have them.
  public var packages: Int
}

extension CatalogReader {
  private static let fileAt =
    "CASE WHEN i.parent = '' THEN '[' || i.data_store || '] ' ELSE i.parent END || f.name"

  /// One value for each file, however many names and packages it has: the inode of one on disk, and
  /// with the member's name that of one in an archive.
  private static let fileOfDigest =
    "CASE WHEN g.member = 1 THEN g.inode || '/' || g.name ELSE CAST(g.inode AS TEXT) END"

  /// Files of the same content, by SHA-256, those that waste most first. Hard links of one file
  /// and files that several packages share count once.
  public func duplicates(atLeast bytes: Int64, limit: Int) throws -> [DuplicateContent] {
    let groups = try Row.fetchAll(
      db,
      sql: """
        SELECT digest, size FROM (
          SELECT g.digest, max(g.size_bytes) AS size, count(DISTINCT \(Self.fileOfDigest)) AS copies
          FROM digests g JOIN images i ON i.id = g.image
          WHERE g.algorithm = 'sha256' AND i.gone_at IS NULL AND g.size_bytes >= ?
          GROUP BY g.digest) AS contents
        WHERE copies > 1 ORDER BY (copies - 1) * size DESC, digest LIMIT ?
        """, arguments: [bytes, limit])
    return try groups.map { group in
      let digest: String = group[0]
      let places = try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT place, id, member FROM (
              SELECT place, id, member,
                row_number() OVER (PARTITION BY file ORDER BY place, id) AS number
              FROM (
                SELECT CASE WHEN g.member = 1 THEN i.path || ' → ' || g.name
                    ELSE \(Self.fileAt) END AS place,
                  i.id, g.member, \(Self.fileOfDigest) AS file
                FROM digests g JOIN images i ON i.id = g.image
                JOIN files f ON f.image = g.image AND f.member = g.member AND f.name = g.name
                WHERE g.algorithm = 'sha256' AND g.digest = ? AND i.gone_at IS NULL) AS places
              ) AS numbered
            WHERE number = 1 ORDER BY place
            """), arguments: [digest])
      return DuplicateContent(
        digest: digest, size: group[1],
        places: places.map { .init(image: $0[1], path: $0[0], isMember: $0[2]) })
    }
  }

  /// Files that several packages reference.
  public func sharedFiles(limit: Int) throws -> [SharedPlaces] {
    try groups(
      sql: """
        SELECT \(Self.fileAt) AS place, max(f.size_bytes), \(db.engine.jsonArray(of: "i.path"))
        FROM images i JOIN files f ON f.image = i.id AND f.member = 0
        WHERE i.gone_at IS NULL GROUP BY place HAVING count(*) > 1 ORDER BY place LIMIT ?
        """, limit)
  }

  /// Folders in which several descriptors lie.
  public func foldersWithSeveralDescriptors(limit: Int) throws -> [SharedPlaces] {
    try groups(
      sql: """
        SELECT CASE WHEN i.parent = '' THEN '[' || i.data_store || ']' ELSE i.parent END, 0, \(db.engine.jsonArray(of: "i.path"))
        FROM images i WHERE i.gone_at IS NULL AND lower(i.path) LIKE '%.ovf'
        GROUP BY i.data_store, i.parent HAVING count(*) > 1 ORDER BY 1 LIMIT ?
        """, limit)
  }

  /// Hands over each folder that packages lie in directly, by data store and path; not the roots.
  public func forEachFolderOfPackages(
    _ body: (_ dataStore: String, _ parent: String) throws -> Void
  ) throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT DISTINCT data_store, parent FROM images
        WHERE gone_at IS NULL AND parent <> '' ORDER BY data_store, parent
        """)
    while let row = try rows.next() { try body(row[0], row[1]) }
  }

  /// Hands over each file of packages once, folder by folder; the parent is empty at the root.
  public func forEachFileOfPackages(
    _ body: (_ dataStore: String, _ parent: String, _ name: String) throws -> Void
  ) throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT DISTINCT i.data_store, i.parent, coalesce(f.name, CASE WHEN i.parent = ''
          THEN substr(i.path, length(i.data_store) + 4)
          ELSE substr(i.path, length(i.parent) + 1) END)
        FROM images i LEFT JOIN files f ON f.image = i.id AND f.member = 0
        WHERE i.gone_at IS NULL ORDER BY 1, 2, 3
        """)
    while let row = try rows.next() { try body(row[0], row[1], row[2]) }
  }

  /// Returns whether a package of a folder has a file of that name.
  public func isPackaged(_ name: String, in parent: String, of repository: Int64) throws -> Bool {
    try Int.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT 1 FROM images i JOIN files f ON f.image = i.id AND f.member = 0 AND f.name = ?1
          WHERE i.repository = ?2 AND i.gone_at IS NULL
            AND i.parent = ?3 LIMIT 1
          """),
      arguments: [name, repository, parent.utf8.contains(UInt8(ascii: "/")) ? parent : ""]) != nil
  }

  private func groups(sql: String, _ limit: Int) throws -> [SharedPlaces] {
    try Row.fetchAll(db, sql: sql, arguments: [limit]).map { row in
      let places = JSONText.texts(row[2]).sorted { $0.precedesInBytes($1) }
      return SharedPlaces(common: row[0], places: places, size: row[1])
    }
  }

  /// The packages that a rule found something of a severity in, by id.
  public func packages(with rule: String, _ severity: String) throws -> [Int64] {
    try Int64.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT DISTINCT f.image FROM findings f JOIN images i ON i.id = f.image
          WHERE f.rule = ? AND f.severity = ? AND i.gone_at IS NULL ORDER BY f.image
          """), arguments: [rule, severity])
  }

  /// Counts the findings of each rule, errors first, then the most frequent.
  public func ruleCounts() throws -> [RuleCount] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT f.rule, f.severity, count(*), count(DISTINCT f.image)
        FROM findings f JOIN images i ON i.id = f.image WHERE i.gone_at IS NULL
        GROUP BY f.rule, f.severity
        ORDER BY \(db.engine.position(of: "f.severity", in: "'error warning info'")), count(*) DESC, f.rule
        """
    ).map { RuleCount(rule: $0[0], severity: $0[1], findings: $0[2], packages: $0[3]) }
  }
}
