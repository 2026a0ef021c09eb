internal import GRDB

/// Where a scan stands in the packages of a repository: folders in the order of their bytes, and
/// in each its packages.
public struct WalkPosition: Hashable, Sendable {
  var parent: String
  var path: String

  /// Before the first package.
  public static let start = WalkPosition(parent: "", path: "")
}

extension CatalogReader {
  /// The next packages of a repository that are not gone, with their files but not their members,
  /// folder by folder; and the position after them, nil at the end.
  public func walkedPackages(
    repository: Int64, after position: WalkPosition, limit: Int
  ) throws -> (packages: [KnownPackage], next: WalkPosition?) {
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT f.name, f.member, f.size_bytes, f.modified_ns, f.changed_ns, f.inode,
            i.id, i.path, i.state, p.rules_version, i.parent
          FROM (SELECT id, path, parent, state FROM images
            WHERE repository = ? AND gone_at IS NULL AND (parent, path) > (?, ?)
            ORDER BY parent, path LIMIT ?) i
          LEFT JOIN packages p ON p.image = i.id
          LEFT JOIN files f ON f.image = i.id AND f.member = 0
          ORDER BY i.parent, i.path, f.name
          """), arguments: [repository, position.parent, position.path, limit])
    var packages: [KnownPackage] = []
    var parent = ""
    while let row = try rows.next() {
      let id: Int64 = row[6]
      if packages.last?.id != id {
        packages.append(
          KnownPackage(
            id: id, path: row[7], state: PackageRow.State(rawValue: row[8]) ?? .unreadable,
            rulesVersion: row[9], files: []))
        parent = row[10]
      }
      if !row.hasNull(atIndex: 0) { packages[packages.count - 1].files.append(FileRow(row)) }
    }
    guard packages.count == limit, let last = packages.last else { return (packages, nil) }
    return (packages, WalkPosition(parent: parent, path: last.path))
  }

  /// Whether nothing was ever stored.
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
  /// Says how far an image can be relied on, and leaves all else that is known of it.
  public func setState(_ id: Int64, _ state: PackageRow.State, detail: String?) throws {
    try db.cachedStatement(sql: "UPDATE images SET state = ?, state_detail = ? WHERE id = ?")
      .execute(arguments: [state.rawValue, detail, id])
    try advance()
  }
}
