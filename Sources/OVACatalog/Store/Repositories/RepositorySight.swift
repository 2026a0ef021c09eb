/// The identity of a folder: a mount that is away leaves its folder behind, empty or with what lies
/// below it.
public struct FolderIdentity: Hashable, Sendable {
  /// The file system's number.
  public var device: Int64
  /// The folder's number in its file system.
  public var inode: Int64

  /// Makes an identity from its parts.
  public init(device: Int64, inode: Int64) {
    self.device = device
    self.inode = inode
  }
}

/// The state of a repository when a scan last saw all of it.
public struct RepositorySight: Hashable, Sendable {
  /// The walked folder; nil before the first complete scan.
  public var folder: FolderIdentity?
  /// The folder that stands for the data store's root.
  public var root: FolderIdentity?
  /// Folders below the walked one on which another file system was mounted, without a slash at the
  /// end.
  public var mounts: [String]

  /// Makes a sight from its parts.
  public init(folder: FolderIdentity?, root: FolderIdentity?, mounts: [String] = []) {
    self.folder = folder
    self.root = root
    self.mounts = mounts
  }
}

extension CatalogReader {
  /// The state of a repository when a scan last saw all of it.
  public func sight(of repository: Int64) throws -> RepositorySight {
    func identity(_ row: Row, _ index: Int) -> FolderIdentity? {
      guard let device: Int64 = row[index], let inode: Int64 = row[index + 1] else { return nil }
      return FolderIdentity(device: device, inode: inode)
    }
    let row = try Row.fetchOne(
      db,
      sql: "SELECT device, inode, root_device, root_inode FROM repositories WHERE id = ?",
      arguments: [repository])
    guard let row else { return RepositorySight(folder: nil, root: nil) }
    return RepositorySight(
      folder: identity(row, 0), root: identity(row, 2),
      mounts: try String.fetchAll(
        db, sql: "SELECT path FROM mounts WHERE repository = ? ORDER BY path",
        arguments: [repository]))
  }

  /// Returns whether the last scan of a repository went to its end and was believed.
  public func wasSeenWhole(_ repository: Int64) throws -> Bool {
    try Bool.fetchOne(
      db,
      sql: "SELECT coalesce(last_scan = complete_scan, FALSE) FROM repositories WHERE id = ?",
      arguments: [repository]) ?? false
  }

  /// The next images of a data store that were imported and that no scan has found, by id: those
  /// whose datastore paths begin with a prefix.
  public func imported(
    dataStore: String, prefix: String, after id: Int64, limit: Int
  ) throws -> [(id: Int64, path: String)] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT id, path FROM images
          WHERE data_store = ?1 AND repository IS NULL AND gone_at IS NULL
            AND substr(path, 1, length(CAST(?2 AS TEXT))) = ?2 AND id > ?3 ORDER BY id LIMIT ?4
          """), arguments: [dataStore, prefix, id, limit]
    ).map { ($0[0], $0[1]) }
  }

  /// The number of images `imported` hands out in all.
  public func importedCount(dataStore: String, prefix: String) throws -> Int {
    try Int.fetchOne(
      db,
      sql: """
        SELECT count(*) FROM images
        WHERE data_store = ?1 AND repository IS NULL AND gone_at IS NULL
          AND substr(path, 1, length(CAST(?2 AS TEXT))) = ?2
        """, arguments: [dataStore, prefix]) ?? 0
  }

  /// Returns whether a file of these very facts is a package's of a repository: then its folder is
  /// what it was, although the file system has another number since it was mounted anew.
  public func isKnown(inode: Int64, size: Int64, modified: Int64, repository: Int64) throws -> Bool
  {
    try Int.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT 1 FROM files f JOIN images i ON i.id = f.image
          WHERE f.inode = ? AND f.member = 0 AND f.size_bytes = ? AND f.modified_ns = ?
            AND i.repository = ? AND i.gone_at IS NULL LIMIT 1
          """), arguments: [inode, size, modified, repository]) != nil
  }
}

extension CatalogWriter {
  /// Notes that a scan begins with a repository.
  public func beginScan(_ scan: Int64, of repository: Int64) throws {
    try db.execute(
      sql: "UPDATE repositories SET last_scan = ? WHERE id = ?", arguments: [scan, repository])
  }

  /// Notes that a scan has seen all of a repository, and what it saw.
  public func completeScan(
    _ scan: Int64, of repository: Int64, sight: RepositorySight
  ) throws {
    try db.execute(
      sql: """
        UPDATE repositories SET complete_scan = ?, device = ?, inode = ?, root_device = ?,
          root_inode = ? WHERE id = ?
        """,
      arguments: [
        scan, sight.folder?.device, sight.folder?.inode, sight.root?.device, sight.root?.inode,
        repository,
      ])
    try db.execute(sql: "DELETE FROM mounts WHERE repository = ?", arguments: [repository])
    for path in sight.mounts {
      try db.cachedStatement(sql: "INSERT INTO mounts VALUES (?, ?) ON CONFLICT DO NOTHING")
        .execute(arguments: [repository, path])
    }
  }
}
