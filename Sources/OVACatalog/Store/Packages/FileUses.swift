/// A file of a package by its place on disk: what tells whether it may go.
public struct FileUse: Hashable, Sendable {
  /// The package.
  public var image: Int64
  /// The package's datastore path.
  public var path: String
  /// The repository that the package was found in.
  public var repository: Int64?
  /// The state of the package.
  public var state: PackageRow.State
  /// The user it belongs to; nil for a public one.
  public var owner: String?
  /// The file.
  public var file: FileRow
}

/// Archives that are of one size and hold the same members throughout.
public struct ArchiveCopies: Hashable, Sendable {
  /// Bytes of one of them.
  public var size: Int64
  /// The places of the copies.
  public var copies: [FileUse]
}

extension CatalogReader {
  /// Returns the files, beyond their own, that packages need.
  public func needs() throws -> [FileNeed] {
    try String.fetchAll(
      db,
      sql: """
        SELECT DISTINCT n.need FROM needs n JOIN images i ON i.id = n.image
        WHERE i.gone_at IS NULL
        """
    ).compactMap(FileNeed.init(text:))
  }

  /// The files of packages that are this very file, whatever paths led to it. Those of which only
  /// the inode is known count as well.
  public func uses(device: Int64, inode: Int64) throws -> [FileUse] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT f.name, f.member, f.size_bytes, f.modified_ns, f.changed_ns, f.inode,
            f.device, f.links, f.allocated_bytes, f.linked,
            i.id, i.path, i.repository, i.state, i.owner
          FROM files f JOIN images i ON i.id = f.image
          WHERE f.inode = ?1 AND f.member = 0 AND coalesce(f.device = ?2, TRUE)
            AND i.gone_at IS NULL ORDER BY i.path, f.name
          """), arguments: [inode, device]
    ).map(FileUse.init)
  }

  /// The names of the packages that lie in one folder.
  public func packageNames(repository: Int64, in parent: String) throws -> [String] {
    try String.fetchAll(
      db.cachedStatement(
        sql: "SELECT name FROM images WHERE repository = ? AND gone_at IS NULL AND parent = ?"),
      arguments: [repository, parent])
  }

  /// Groups of whole archives that hold the same members, with the same bytes in files of one size;
  /// those of the largest archives first. Only archives all of whose members have digests count.
  public func archiveCopies() throws -> [ArchiveCopies] {
    // Few archives are of one size by chance, so that few members are compared.
    let rows = try Row.fetchCursor(
      db,
      sql: """
        WITH archives AS (
          SELECT i.id, f.size_bytes AS size FROM images i
          JOIN packages p ON p.image = i.id AND p.format = 'ova'
          JOIN files f ON f.image = i.id AND f.member = 0
          WHERE i.gone_at IS NULL AND i.state = 'whole'),
        alike AS (
          SELECT id, size FROM archives
          WHERE size IN (SELECT size FROM archives GROUP BY size HAVING count(*) > 1))
        SELECT a.id, a.size, m.name, m.size_bytes, d.digest
        FROM alike a JOIN files m ON m.image = a.id AND m.member = 1
        LEFT JOIN digests d ON d.image = m.image AND d.member = 1 AND d.name = m.name
          AND d.algorithm = 'sha256'
        ORDER BY a.size DESC, a.id, m.name
        """)
    var groups: [[Int64]] = []
    var places: [String: Int] = [:]
    var sizes: [Int64] = []
    var current: (id: Int64, size: Int64, key: String, isKnown: Bool)?
    func close() {
      guard let done = current, done.isKnown else { return }
      if let place = places[done.key] {
        groups[place].append(done.id)
      } else {
        places[done.key] = groups.count
        groups.append([done.id])
        sizes.append(done.size)
      }
    }
    while let row = try rows.next() {
      let id: Int64 = row[0]
      if current?.id != id {
        close()
        current = (id, row[1], "\(row[1] as Int64)\n", true)
      }
      guard let digest: String = row[4] else {
        current?.isKnown = false
        continue
      }
      current?.key += "\(digest) \(row[3] as Int64) \(row[2] as String)\n"
    }
    close()
    return try zip(groups, sizes).filter { $0.0.count > 1 }.map { ids, size in
      ArchiveCopies(size: size, copies: try ids.flatMap { try archiveUse(of: $0) })
    }
  }

  /// The SHA-256 digests of a package's files, an archive's members or a folder's files, in order;
  /// nil where one is not known.
  public func contents(of id: Int64) throws -> [String]? {
    let digests = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT d.digest FROM files f
          LEFT JOIN digests d ON d.image = f.image AND d.member = f.member AND d.name = f.name
            AND d.algorithm = 'sha256'
          WHERE f.image = ?1
            AND f.member = (SELECT max(member) FROM files WHERE image = ?1)
          ORDER BY d.digest
          """), arguments: [id]
    ).map { row -> String? in row[0] }
    let known = digests.compactMap { $0 }
    return known.count == digests.count ? known : nil
  }

  private func archiveUse(of id: Int64) throws -> [FileUse] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT f.name, f.member, f.size_bytes, f.modified_ns, f.changed_ns, f.inode,
            f.device, f.links, f.allocated_bytes, f.linked,
            i.id, i.path, i.repository, i.state, i.owner
          FROM files f JOIN images i ON i.id = f.image WHERE f.image = ? AND f.member = 0
          """), arguments: [id]
    ).map(FileUse.init)
  }

  /// Counts the errors and warnings of a package.
  public func findingCounts(of id: Int64) throws -> (errors: Int, warnings: Int) {
    try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT count(*) FILTER (WHERE severity = 'error'),
            count(*) FILTER (WHERE severity = 'warning')
          FROM findings WHERE image = ?
          """), arguments: [id]
    ).map { ($0[0], $0[1]) } ?? (0, 0)
  }
}

extension FileUse {
  fileprivate init(_ row: Row) {
    var file = FileRow(row)
    file.takePlace(row, from: 6)
    self.init(
      image: row[10], path: row[11], repository: row[12],
      state: PackageRow.State(rawValue: row[13]) ?? .unreadable, owner: row[14], file: file)
  }
}
