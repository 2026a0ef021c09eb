internal import GRDB

extension Schema {
  /// Takes the paths of the server's file system out of what earlier versions stored of packages:
  /// documents and findings name files as they are seen from the repository's folder.
  static func removeServerPaths(_ db: GRDB.Database) throws {
    for (id, mapping) in try repositories(db) {
      let folder = mapping.walkedFolder
      guard folder.utf8.count > 1 else { continue }
      let prefix = folder.hasSuffix("/") ? folder : folder + "/"
      for (table, column, key) in [
        ("packages", "document", "image"), ("findings", "message", "image"),
        ("findings", "fix", "image"), ("findings", "file", "image"),
        ("images", "state_detail", "id"),
      ] {
        try db.execute(
          sql: """
            UPDATE \(table) SET \(column) = replace(\(column), ?1, '')
            WHERE instr(\(column), ?1) > 0
              AND \(key) IN (SELECT id FROM images WHERE repository = ?2)
            """, arguments: [prefix, id])
      }
    }
  }

  private static func repositories(
    _ db: GRDB.Database
  ) throws -> [(id: Int64, mapping: RepositoryMapping)] {
    try GRDB.Row.fetchAll(
      db, sql: "SELECT id, data_store, root, folder, label_base, public, owner FROM repositories"
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
