import OVABasics

extension CatalogReader {
  /// The repositories that were scanned so far, in the order in which they were first scanned.
  public func repositories() throws -> [(id: Int64, mapping: RepositoryMapping)] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT id, data_store, root, folder, label_base, public, owner FROM repositories ORDER BY id
        """
    ).map { row in
      (
        row[0],
        try RepositoryMapping(
          dataStore: row[1], root: row[2], folder: row[3], labelBase: row[4], isPublic: row[5],
          owner: row[6])
      )
    }
  }
}

extension CatalogWriter {
  /// The number of a repository; its description is stored or brought up to date, and with it the
  /// records of its packages.
  @discardableResult
  public func saveRepository(_ mapping: RepositoryMapping) throws -> Int64 {
    let known = try reader.repositories().first { _, known in
      known.dataStore.isExactly(mapping.dataStore)
        && known.folder.isExactly(mapping.folder)
    }
    if let known, known.mapping == mapping { return known.id }
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO repositories (data_store, root, folder, label_base, public, owner)
        VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (data_store, folder) DO UPDATE SET root = excluded.root,
          label_base = excluded.label_base, public = excluded.public, owner = excluded.owner
        RETURNING id
        """)
    let id = try Int64.fetchOne(
      statement,
      arguments: [
        mapping.dataStore, mapping.root, mapping.folder, mapping.labelBase, mapping.isPublic,
        mapping.owner,
      ])
    guard let id else { return 0 }
    if known != nil { try describe(packagesOf: id, by: mapping) }
    return id
  }

  /// Gives the packages of a repository the labels and the owner that its new description says.
  private func describe(packagesOf id: Int64, by mapping: RepositoryMapping) throws {
    var last: Int64 = 0
    while true {
      let page = try Row.fetchAll(
        db.cachedStatement(
          sql: "SELECT id, path FROM images WHERE repository = ? AND id > ? ORDER BY id LIMIT 1000"
        ), arguments: [id, last])
      guard let end = page.last else { break }
      last = end[0]
      for row in page {
        guard let path = DatastorePath(row[1] as String),
          let below = mapping.pathBelowFolder(of: path)
        else { continue }
        let record = try mapping.record(for: below, id: row[0], createdOn: 0, updatedOn: 0)
        try db.cachedStatement(
          sql: "UPDATE images SET folder = ?, label = ?, public = ?, owner = ? WHERE id = ?"
        ).execute(arguments: [
          record.folder, record.label, record.isPublic, mapping.owner, record.id,
        ])
      }
    }
    try advance()
  }
}

/// A registered repository, and how it stands.
public struct RepositoryRow: Hashable, Sendable {
  /// The repository's id.
  public var id: Int64
  /// The place of its packages in the catalog.
  public var mapping: RepositoryMapping
  /// Packages that are in the list.
  public var packages: Int
  /// The time at which the last scan that saw all of it began, in seconds since 1970; nil before
  /// there was one.
  public var completedOn: Int64?
  /// The time at which the last scan of it began, complete or not, in seconds since 1970.
  public var scannedOn: Int64?
}

extension CatalogReader {
  /// The registered repositories and how they stand, in the order in which they were first scanned.
  public func repositoryRows() throws -> [RepositoryRow] {
    try repositories().map { id, mapping in
      func start(_ column: String) throws -> Int64? {
        try Int64.fetchOne(
          db,
          sql: """
            SELECT s.started_on FROM repositories r JOIN scans s ON s.id = r.\(column)
            WHERE r.id = ?
            """, arguments: [id])
      }
      return RepositoryRow(
        id: id, mapping: mapping, packages: try packageCount(repository: id),
        completedOn: try start("complete_scan"), scannedOn: try start("last_scan"))
    }
  }
}

extension CatalogWriter {
  /// Takes a repository out: later scans pass over its folder, and its packages leave the list.
  /// Their ids stay theirs, and nothing on disk is touched.
  /// - Returns: how many packages left the list.
  @discardableResult
  public func forget(repository id: Int64, now: Int64) throws -> Int {
    let count = try db.execute(
      sql:
        "UPDATE images SET gone_at = ?, repository = NULL WHERE repository = ? AND gone_at IS NULL",
      arguments: [now, id])
    try db.execute(sql: "DELETE FROM repositories WHERE id = ?", arguments: [id])
    try advance()
    return count
  }

  /// Makes a repository part of another one that its folder lies in: its packages keep their ids,
  /// their states and what is known of their files.
  /// - Parameters:
  ///   - path: the folder of the first below that of the second, with a slash at the end.
  ///   - mapping: the description of the second, which its packages' labels follow.
  public func merge(
    repository inner: Int64, into outer: Int64, at path: String, mapping: RepositoryMapping
  ) throws {
    try db.execute(
      sql: "UPDATE images SET repository = ? WHERE repository = ?", arguments: [outer, inner])
    try db.execute(
      sql: """
        INSERT INTO folders (repository, path, scan)
        SELECT CAST(? AS BIGINT), ? || path, 0 FROM folders WHERE repository = ?
        ON CONFLICT DO NOTHING
        """, arguments: [outer, path, inner])
    try db.execute(sql: "DELETE FROM repositories WHERE id = ?", arguments: [inner])
    try describe(packagesOf: outer, by: mapping)
  }
}
