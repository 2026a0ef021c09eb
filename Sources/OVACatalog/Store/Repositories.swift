internal import GRDB

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
      known.dataStore.hasSameBytes(as: mapping.dataStore)
        && known.folder.hasSameBytes(as: mapping.folder)
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
