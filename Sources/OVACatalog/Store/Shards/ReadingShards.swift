/// Queries by which the scan of a shard reads back what it hands over.
extension CatalogReader {
  /// The files besides its own that a package needs, in the order of the texts.
  public func needs(of id: Int64) throws -> [FileNeed] {
    try String.fetchAll(
      db.cachedStatement(sql: "SELECT need FROM needs WHERE image = ? ORDER BY need"),
      arguments: [id]
    ).compactMap(FileNeed.init(text:))
  }

  /// Returns whether a package's digests are still to be computed.
  public func isUnhashed(_ id: Int64) throws -> Bool {
    try Int.fetchOne(
      db.cachedStatement(sql: "SELECT 1 FROM unhashed WHERE image = ?"), arguments: [id]) != nil
  }

  /// The unowned files of one folder, in the order of the names.
  /// - Parameter folder: below the repository's folder, with a slash at the end.
  public func unownedFiles(of folder: String, repository: Int64) throws -> [UnownedFileRow] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT s.folder || s.name, s.kind, s.size_bytes, s.modified_ns, s.detail, p.device,
            p.inode, p.links, p.allocated_bytes, p.linked, p.doubt, p.needs
          FROM strays s LEFT JOIN stray_places p
            ON p.repository = s.repository AND p.folder = s.folder AND p.name = s.name
          WHERE s.repository = ? AND s.folder = ? ORDER BY s.name
          """), arguments: [repository, folder]
    ).map(UnownedFileRow.init)
  }

  /// Returns whether the database was created for scans of shards only.
  public func isOfShard() throws -> Bool {
    switch db.engine {
    case .sqlite: try Int64.fetchOne(db, sql: "PRAGMA application_id") == Self.shardMark
    // What many machines write is no shard's own.
    case .postgresql: false
    }
  }

  /// `OVAS`
  fileprivate static let shardMark: Int64 = 0x4F56_4153
}

extension CatalogWriter {
  /// Notes that the database is for the scans of a part of repositories alone: what lies in other
  /// parts is gone for it.
  public func markOfShard() throws {
    guard db.engine == .sqlite else {
      throw StoreFailure.error(
        .conflict, "scan a shard", store.path, "a shard's own database is a file",
        fix: "name a file, or leave --db out; 'ova catalog merge' writes into a server")
    }
    try db.execute(sql: "PRAGMA application_id = \(CatalogReader.shardMark)")
  }
}
