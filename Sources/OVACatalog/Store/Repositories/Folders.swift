/// A folder of a repository, as the last scan that took it up left it.
public struct FolderRow: Hashable, Sendable {
  /// The path below the repository's folder, with a slash at the end; empty for that folder itself.
  public var path: String
  /// A digest of the names and facts of all that lay in it; nil while something has yet to settle.
  public var fingerprint: String?
  /// The version of the rules that judged its packages.
  public var rulesVersion: Int?

  /// Makes a folder from its parts.
  public init(path: String, fingerprint: String? = nil, rulesVersion: Int? = nil) {
    self.path = path
    self.fingerprint = fingerprint
    self.rulesVersion = rulesVersion
  }
}

extension CatalogReader {
  /// The next folders of a repository after one, in the order of their paths' bytes; without those
  /// that this scan has taken up already.
  public func folders(
    repository: Int64, after path: String?, notOf scan: Int64, limit: Int
  ) throws -> [FolderRow] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT path, fingerprint, rules_version FROM folders
          WHERE repository = ? AND path \(path == nil ? ">=" : ">") ? AND scan <> ?
          ORDER BY path LIMIT ?
          """), arguments: [repository, path ?? "", scan, limit]
    ).map { FolderRow(path: $0[0], fingerprint: $0[1], rulesVersion: $0[2]) }
  }

  /// The packages that are known in one folder, with their files but not their members, by path.
  /// - Parameter parent: the folder as datastore paths begin there, `[ds] a/b/`; empty for the root
  ///   of a data store.
  public func packages(repository: Int64, in parent: String) throws -> [KnownPackage] {
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT f.name, f.member, f.size_bytes, f.modified_ns, f.changed_ns, f.inode,
            i.id, i.path, i.state, p.rules_version, i.broken_for, f.device, f.links,
            f.allocated_bytes, f.linked
          FROM images i LEFT JOIN packages p ON p.image = i.id
          LEFT JOIN files f ON f.image = i.id AND f.member = 0
          WHERE i.repository = ? AND i.gone_at IS NULL AND i.parent = ? ORDER BY i.path, f.name
          """), arguments: [repository, parent])
    var packages: [KnownPackage] = []
    while let row = try rows.next() {
      let id: Int64 = row[6]
      if packages.last?.id != id {
        packages.append(
          KnownPackage(
            id: id, path: row[7], state: PackageRow.State(rawValue: row[8]) ?? .unreadable,
            rulesVersion: row[9], brokenFor: row[10], files: []))
      }
      guard !row.hasNull(atIndex: 0) else { continue }
      var file = FileRow(row)
      file.takePlace(row, from: 11)
      packages[packages.count - 1].files.append(file)
    }
    return packages
  }

  /// Counts the packages of a repository.
  public func packageCount(repository: Int64) throws -> Int {
    try Int.fetchOne(
      db.cachedStatement(
        sql: "SELECT count(*) FROM images WHERE repository = ? AND gone_at IS NULL"),
      arguments: [repository]) ?? 0
  }

  /// Returns whether nothing was ever stored.
  public func isEmpty() throws -> Bool {
    try Int64.fetchOne(db, sql: "SELECT id FROM images LIMIT 1") == nil
  }

  /// The datastore path of an image, gone or not, and the repository it was found in.
  public func place(of id: Int64) throws -> (path: String, repository: Int64?)? {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT path, repository FROM images WHERE id = ?"), arguments: [id]
    ).map { ($0[0], $0[1]) }
  }
}

extension CatalogWriter {
  /// Notes that a scan takes up a folder. Until it is settled no scan passes over it, whatever
  /// becomes of this one.
  public func takeUp(folder path: String, repository: Int64, scan: Int64) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO folders (repository, path, scan) VALUES (?, ?, ?)
        ON CONFLICT (repository, path) DO UPDATE SET fingerprint = NULL, scan = excluded.scan
        """
    ).execute(arguments: [repository, path, scan])
  }

  /// Notes that a scan takes up folders, as ``takeUp(folder:repository:scan:)`` does of one. A server
  /// is asked once for all of them.
  /// - Parameter paths: each once.
  public func takeUp(folders paths: [String], repository: Int64, scan: Int64) throws {
    guard db.engine == .postgresql, paths.count > 1 else {
      for path in paths { try takeUp(folder: path, repository: repository, scan: scan) }
      return
    }
    try db.cachedStatement(
      sql: """
        INSERT INTO folders (repository, path, scan)
        SELECT CAST(? AS BIGINT), unnest(?::text[]), CAST(? AS BIGINT)
        ON CONFLICT (repository, path) DO UPDATE SET fingerprint = NULL, scan = excluded.scan
        """
    ).execute(arguments: [repository, PostgreSQLText.array(of: paths), scan])
  }

  private static let folderUpsert = StatementText.upsert(
    "folders", key: ["repository", "path"], ["fingerprint", "rules_version", "scan"])

  /// Notes how a scan left a folder, and what in it belongs to no package, in place of what was
  /// known of both.
  public func settle(
    _ folder: FolderRow, unownedFiles: [UnownedFileRow], repository: Int64, scan: Int64
  ) throws {
    try db.cachedStatement(sql: Self.folderUpsert).execute(arguments: [
      repository, folder.path, folder.fingerprint, folder.rulesVersion, scan,
    ])
    try replaceUnownedFiles(of: folder.path, repository: repository, by: unownedFiles)
  }

  /// Notes how a scan left folders, as ``settle(_:unownedFiles:repository:scan:)`` does of one. A
  /// server is asked once for all of them.
  /// - Parameter folders: each once.
  public func settle(
    _ folders: [(row: FolderRow, unownedFiles: [UnownedFileRow])], repository: Int64, scan: Int64
  ) throws {
    guard case .postgresql(let connection) = db.connection, folders.count > 1 else {
      for folder in folders {
        try settle(
          folder.row, unownedFiles: folder.unownedFiles, repository: repository, scan: scan)
      }
      return
    }
    let paths = PostgreSQLText.array(of: folders.map(\.row.path))
    let part = PostgreSQLConnection.Part(
      condition: "repository = ? AND path = ANY (?::text[])",
      arguments: [repository, paths])
    try connection.replace(
      folders.map {
        [repository, $0.row.path, $0.row.fingerprint, $0.row.rulesVersion, scan]
      }, in: .folders, part: part)
    let unowned = PostgreSQLConnection.Part(
      condition: "repository = ? AND folder = ANY (?::text[])", arguments: [repository, paths])
    let files = folders.flatMap { folder in
      folder.unownedFiles.map { (folder: folder.row.path, file: $0) }
    }
    try connection.replace(
      files.map { $0.file.row(in: $0.folder, repository) }, in: .strays, part: unowned)
    try connection.replace(
      files.compactMap { $0.file.placeRow(in: $0.folder, repository) }, in: .strayPlaces,
      part: unowned)
  }

  /// Forgets a folder that is no longer there, and says that its packages are gone.
  /// - Parameter parent: the folder as datastore paths begin there.
  public func remove(
    folder path: String, parent: String, repository: Int64, scan: Int64, now: Int64
  ) throws {
    let packages = try reader.packages(repository: repository, in: parent)
    try markGone(packages.map(\.id), scan: scan, now: now)
    try replaceUnownedFiles(of: path, repository: repository, by: [])
    try db.cachedStatement(sql: "DELETE FROM folders WHERE repository = ? AND path = ?")
      .execute(arguments: [repository, path])
  }

  /// Says how far an image can be relied on, and leaves all else that is known of it.
  public func setState(
    _ id: Int64, _ state: PackageRow.State, detail: String?, brokenFor: Int? = nil
  ) throws {
    try db.cachedStatement(
      sql: "UPDATE images SET state = ?, state_detail = ?, broken_for = ? WHERE id = ?"
    )
    .execute(arguments: [state.rawValue, detail, brokenFor, id])
    try advance()
  }
}
