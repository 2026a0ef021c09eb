/// Something in a repository that belongs to no package.
public struct UnownedFileRow: Hashable, Sendable {
  /// The path below the repository's folder.
  public var path: String
  /// `file`, or what is wrong with a link: `broken-link`, `leads-out`, `loop`.
  public var kind: String
  /// Bytes.
  public var size: Int64
  /// Nanoseconds since 1970.
  public var modified: Int64
  /// The reason for its kind, where there is one.
  public var detail: String?
  /// The real location; nil in rows of older versions.
  public var place: Place?

  /// The real location of a file, whatever path leads to it.
  public struct Place: Hashable, Sendable {
    /// The file system's number.
    public var device: Int64
    /// The file's number in its file system.
    public var inode: Int64
    /// The number of names the file has in its file system.
    public var links: Int64
    /// Bytes that it takes up on its file system.
    public var allocated: Int64
    /// True if a symbolic link is in the path that led to it.
    public var isLinked: Bool
    /// The reason not to advise anything about it; nil when everything that could need it was seen.
    public var doubt: String?
    /// The files that it needs itself, as a disk needs its parent.
    public var needs: [FileNeed]

    /// Makes a place from its parts.
    public init(
      device: Int64, inode: Int64, links: Int64, allocated: Int64, isLinked: Bool = false,
      doubt: String? = nil, needs: [FileNeed] = []
    ) {
      self.device = device
      self.inode = inode
      self.links = links
      self.allocated = allocated
      self.isLinked = isLinked
      self.doubt = doubt
      self.needs = needs
    }
  }

  /// Makes a row from its parts.
  public init(
    path: String, kind: String, size: Int64, modified: Int64, detail: String? = nil,
    place: Place? = nil
  ) {
    self.path = path
    self.kind = kind
    self.size = size
    self.modified = modified
    self.detail = detail
    self.place = place
  }
}

extension CatalogWriter {
  private static let unownedUpsert = StatementText.upsert(
    "strays", key: ["repository", "folder", "name"],
    ["kind", "size_bytes", "modified_ns", "detail"])
  private static let placeUpsert = StatementText.upsert(
    "stray_places", key: ["repository", "folder", "name"],
    ["device", "inode", "links", "allocated_bytes", "linked", "doubt", "needs"])

  /// Keeps the unowned files of a folder in place of those that were known there.
  func replaceUnownedFiles(of folder: String, repository: Int64, by strays: [UnownedFileRow]) throws
  {
    for table in ["strays", "stray_places"] {
      try db.cachedStatement(sql: "DELETE FROM \(table) WHERE repository = ? AND folder = ?")
        .execute(arguments: [repository, folder])
    }
    for stray in strays {
      try db.cachedStatement(sql: Self.unownedUpsert)
        .execute(arguments: Arguments(stray.row(in: folder, repository)))
      guard let place = stray.placeRow(in: folder, repository) else { continue }
      try db.cachedStatement(sql: Self.placeUpsert).execute(arguments: Arguments(place))
    }
  }

  /// Says that nothing is to be advised about unowned files in and below a folder: what lies there could
  /// not be looked at.
  public func doubtUnownedFiles(below folder: String, repository: Int64, reason: String) throws {
    try db.execute(
      sql: """
        UPDATE stray_places SET doubt = ?1
        WHERE repository = ?2 AND substr(folder, 1, length(CAST(?3 AS TEXT))) = ?3
        """, arguments: [reason, repository, folder])
    // The next scan looks at them anew, and takes back what is said here.
    try db.execute(
      sql: """
        UPDATE folders SET fingerprint = NULL
        WHERE repository = ?1 AND substr(path, 1, length(CAST(?2 AS TEXT))) = ?2
        """, arguments: [repository, folder])
  }

  /// Drops unowned files that turned out to be a package's file in a folder below it. Their folders do not
  /// settle, since what else is in them is not all that says whose they are.
  /// - Parameter prefix: what datastore paths of the repository begin with.
  public func dropOwnedFiles(repository: Int64, prefix: String) throws {
    let folders = try Set(
      String.fetchAll(
        db,
        sql: """
          DELETE FROM strays WHERE repository = ?1 AND folder || name IN (
            SELECT CASE WHEN i.parent = '' THEN f.name ELSE substr(i.parent || f.name, ?2) END
            FROM files f \(db.engine.indexed(by: "files_below")) JOIN images i ON i.id = f.image
            WHERE f.member = 0 AND \(db.engine.position(of: "'/'", in: "f.name")) > 0
              AND i.repository = ?1 AND i.gone_at IS NULL)
          RETURNING folder
          """, arguments: [repository, prefix.unicodeScalars.count + 1]))
    // What is known of their places goes with the strays.
    try db.execute(
      sql: """
        DELETE FROM stray_places WHERE repository = ?1 AND NOT EXISTS (SELECT 1 FROM strays s
          WHERE s.repository = ?1 AND s.folder = stray_places.folder AND s.name = stray_places.name)
        """, arguments: [repository])
    for folder in folders {
      try db.execute(
        sql: "UPDATE folders SET fingerprint = NULL WHERE repository = ? AND path = ?",
        arguments: [repository, folder])
    }
  }
}

extension CatalogReader {
  /// Hands over what belongs to no package, in the order of paths.
  public func forEachUnownedFile(repository: Int64, _ body: (UnownedFileRow) throws -> Void) throws
  {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT s.folder || s.name AS path, s.kind, s.size_bytes, s.modified_ns, s.detail, p.device,
          p.inode, p.links, p.allocated_bytes, p.linked, p.doubt, p.needs
        FROM strays s LEFT JOIN stray_places p
          ON p.repository = s.repository AND p.folder = s.folder AND p.name = s.name
        WHERE s.repository = ? ORDER BY path
        """, arguments: [repository])
    while let row = try rows.next() { try body(UnownedFileRow(row)) }
  }
}

extension UnownedFileRow {
  /// The values of the columns of `strays`.
  /// - Parameter folder: the file's, below the repository's folder, with a slash at the end.
  func row(in folder: String, _ repository: Int64) -> [(any ColumnValue)?] {
    [repository, folder, name(in: folder), kind, size, modified, detail]
  }

  /// The values of the columns of `stray_places`; nil where the place is not known.
  func placeRow(in folder: String, _ repository: Int64) -> [(any ColumnValue)?]? {
    place.map { place in
      [
        repository, folder, name(in: folder), place.device, place.inode, place.links,
        place.allocated, place.isLinked, place.doubt,
        place.needs.isEmpty ? nil : JSONText.array(place.needs.map(\.text)),
      ]
    }
  }

  private func name(in folder: String) -> String {
    String(Substring(path.utf8.dropFirst(folder.utf8.count)))
  }

  /// Takes path, kind, size, time and detail; and device, inode, links, allocated bytes, whether it
  /// is linked, doubt and needs, in this order.
  init(_ row: Row) {
    self.init(path: row[0], kind: row[1], size: row[2], modified: row[3], detail: row[4])
    guard !row.hasNull(atIndex: 5) else { return }
    place = Place(
      device: row[5], inode: row[6], links: row[7], allocated: row[8], isLinked: row[9],
      doubt: row[10],
      needs: (row[11] as String?).map { JSONText.texts($0).compactMap(FileNeed.init(text:)) } ?? [])
  }
}
