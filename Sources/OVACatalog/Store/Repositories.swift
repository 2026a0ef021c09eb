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
