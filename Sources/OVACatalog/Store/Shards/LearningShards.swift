public import OVABasics

extension CatalogStore {
  /// Makes an empty database that of a part of repositories, and puts in what a catalog knows of the
  /// part: then the part's scan reads only what changed.
  /// - Parameters:
  ///   - catalog: where the catalog is on a server.
  ///   - mappings: the repositories that are scanned; of those that it describes otherwise, nothing
  ///     is taken.
  ///   - owns: whether a folder is in the part, by its path below the repository's folder with a
  ///     slash at the end.
  public func learn(
    from catalog: CatalogStore, _ mappings: [RepositoryMapping], owns: (String) -> Bool
  ) throws(CatalogError) {
    do {
      try write { try $0.markOfShard() }
      try catalog.read { reader in
        try write { writer in
          try writer.copy(.targets, from: reader.db)
          for (id, mapping) in try reader.repositories() where mappings.contains(mapping) {
            try writer.learn(
              ScannedRepository(id: id, mapping: mapping), from: reader.db, owns: owns)
          }
        }
      }
    } catch {
      throw StoreFailure.explained(error, doing: "read what is known of the shard", path: path)
    }
  }
}

extension CatalogWriter {
  /// Folders whose packages are asked for at once.
  private static let foldersAtOnce = 200

  fileprivate func copy(
    _ table: CopiedTable, from catalog: Database, where condition: String = "TRUE",
    _ arguments: Arguments = []
  ) throws {
    let columns = table.columns.joined(separator: ", ")
    let rows = try Row.fetchCursor(
      catalog, sql: "SELECT \(columns) FROM \(table.name) WHERE \(condition)",
      arguments: arguments)
    let insertion = try db.cachedStatement(
      sql: """
        INSERT INTO \(table.name) (\(columns)) VALUES (\(StatementText.marks(table.columns.count)))
        """)
    while let row = try rows.next() {
      try insertion.execute(arguments: Arguments(table.columns.indices.map { row.value($0) }))
    }
  }

  fileprivate func learn(
    _ repository: ScannedRepository, from catalog: Database, owns: (String) -> Bool
  ) throws {
    // Which scan saw it last says nothing here: those of the part have numbers of their own.
    var description = CopiedTable.repositories
    description.columns.removeAll { $0 == "last_scan" || $0 == "complete_scan" }
    try copy(description, from: catalog, where: "id = ?", [repository.id])
    var paths: [String] = []
    let folders = try Row.fetchCursor(
      catalog, sql: "SELECT path, fingerprint, rules_version FROM folders WHERE repository = ?",
      arguments: [repository.id])
    let insertion = try db.cachedStatement(
      sql: """
        INSERT INTO folders (repository, path, fingerprint, rules_version, scan)
        VALUES (?, ?, ?, ?, 0)
        """)
    while let row = try folders.next() {
      let path: String = row[0]
      guard owns(path) else { continue }
      paths.append(path)
      try insertion.execute(arguments: [
        repository.id, path, row[1] as String?, row[2] as Int64?,
      ])
    }
    for start in stride(from: 0, to: paths.count, by: Self.foldersAtOnce) {
      try learn(Array(paths[start...].prefix(Self.foldersAtOnce)), of: repository, from: catalog)
    }
  }

  private func learn(
    _ paths: [String], of repository: ScannedRepository, from catalog: Database
  ) throws {
    let parents = PostgreSQLText.array(of: paths.map(repository.parent(of:)))
    let isThere = "repository = ? AND parent = ANY (?::text[]) AND gone_at IS NULL"
    try copy(.images, from: catalog, where: isThere, [repository.id, parents])
    for table in CopiedTable.all where table.key.first == "image" {
      try copy(
        table, from: catalog,
        where: "image IN (SELECT id FROM images WHERE \(isThere))", [repository.id, parents])
    }
    for table in [CopiedTable.strays, .strayPlaces] {
      try copy(
        table, from: catalog, where: "repository = ? AND folder = ANY (?::text[])",
        [repository.id, PostgreSQLText.array(of: paths)])
    }
  }
}
