import OVABasics
public import OVAByteSource

extension CatalogWriter {
  /// Marks lists as changed.
  func advance() throws {
    guard !progress.hasAdvanced else { return }
    progress.hasAdvanced = true
    try db.cachedStatement(sql: "UPDATE catalogue SET generation = generation + 1").execute()
  }

  /// Takes in the records of a source as ``importRecords(_:owner:)`` does, and returns how many there
  /// were. A catalog that has no image yet is filled with any number of them in little memory.
  ///
  /// Throws `.malformedRecord`, `.conflict` when two records have one id or one path, and
  /// `ByteSourceError`.
  public func importRecords(
    from source: some ByteSource, _ reader: RecordReader,
    owner: (Record) -> String? = CatalogWriter.usualOwner
  ) throws -> Int {
    let isEmpty = try Bool.fetchOne(db, sql: "SELECT NOT EXISTS (SELECT 1 FROM images)") ?? false
    if case .postgresql(let connection) = db.connection {
      return try fill(connection, from: source, reader, owner, isEmpty: isEmpty)
    }
    guard isEmpty, case .sqlite(let db) = db.connection else {
      let bytes = try source.bytes(at: 0, count: Int(clamping: source.size))
      let records = try reader.records(in: bytes)
      try importRecords(records, owner: owner)
      return records.count
    }
    var filling = try ImageFilling(db)
    let count = try reader.forEachRecordAhead(in: source) { record in
      try checkRange(of: record)
      if let other = try filling.insert(record, owner: record.isPublic ? nil : owner(record)) {
        throw reader.conflict(other)
      }
    }
    try filling.finish()
    try advance()
    return count
  }

  private func fill(
    _ connection: PostgreSQLConnection, from source: some ByteSource, _ reader: RecordReader,
    _ owner: (Record) -> String?, isEmpty: Bool
  ) throws -> Int {
    var filling = try PostgreSQLFilling(connection)
    let count = try reader.forEachRecordAhead(in: source) { record in
      try checkRange(of: record)
      try filling.insert(record, owner: record.isPublic ? nil : owner(record))
    }
    switch try filling.finish(behind: isEmpty ? nil : lastPosition()) {
    case .written(let rows): if rows > 0 { try advance() }
    case .clash(.between(let reason)): throw reader.conflict(reason)
    case .clash(.withImage(let path, let reason)): throw conflict(path, reason)
    }
    return count
  }

  private func checkRange(of record: Record) throws {
    guard record.id > 0, record.id < 1 << 53 else {
      throw conflict(record.path, "the id \(record.id) is out of range")
    }
  }

  /// Takes in records that exist elsewhere, with their ids, times and order.
  ///
  /// `owner` names the user of a record that is not public; by default the first part of its path
  /// below the data store. Records that are there already with the same id are brought up to date
  /// and keep their place. Throws `.conflict` when an id or a path belongs to another record, and
  /// then nothing of the import is there.
  public func importRecords(
    _ records: some Sequence<Record>, owner: (Record) -> String? = CatalogWriter.usualOwner
  ) throws {
    var position = try lastPosition()
    for record in records {
      try checkRange(of: record)
      try checkIdentity(of: record)
      position += 1
      try db.cachedStatement(
        sql: """
          INSERT INTO images (id, data_store, path, name, folder, label, public, owner,
            created_on, updated_on, position)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (id) DO UPDATE SET name = excluded.name, folder = excluded.folder,
            label = excluded.label, public = excluded.public, owner = excluded.owner,
            created_on = excluded.created_on, updated_on = excluded.updated_on, gone_at = NULL
          """
      ).execute(arguments: [
        record.id, record.dataStore, record.path, record.name, record.folder, record.label,
        record.isPublic, record.isPublic ? nil : owner(record), record.createdOn,
        record.updatedOn, position,
      ])
    }
    try advance()
  }

  /// The first part of the path below the data store, as in `[vssUser-xfers] josem/images/a.ova`.
  public static let usualOwner: @Sendable (Record) -> String? = { record in
    guard let path = DatastorePath(record.path)?.path, path.utf8.contains(UInt8(ascii: "/")) else {
      return nil
    }
    return path.utf8.split(separator: UInt8(ascii: "/")).first.map { String(Substring($0)) }
  }

  private func checkIdentity(of record: Record) throws {
    let byPath = try reader.image(dataStore: record.dataStore, path: record.path)
    if let byPath {
      guard byPath.id == record.id else {
        throw conflict(record.path, PostgreSQLFilling.otherID(record.path, byPath.id))
      }
      return
    }
    let path = try String.fetchOne(
      db.cachedStatement(sql: "SELECT path FROM images WHERE id = ?"), arguments: [record.id])
    if let path {
      throw conflict(record.path, PostgreSQLFilling.otherPath(record.id, path))
    }
  }

  private func conflict(_ path: String, _ reason: String) -> CatalogError {
    StoreFailure.error(
      .conflict, "import the record '\(path.forDisplay)'", store.path, reason,
      fix: "import into a catalog of its own, or correct the record")
  }

  func lastPosition() throws -> Int64 {
    try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT coalesce(max(position), 0) FROM images")) ?? 0
  }

  /// Marks images as gone; their ids stay theirs. Those that are gone already stay as they are.
  public func markGone(_ ids: some Sequence<Int64>, scan: Int64? = nil, now: Int64) throws {
    var some = false
    for id in ids {
      let count = try db.cachedStatement(
        sql: "UPDATE images SET gone_at = ? WHERE id = ? AND gone_at IS NULL"
      ).execute(arguments: [now, id])
      guard count > 0 else { continue }
      some = true
      try note(.gone, of: id, in: scan)
    }
    if some { try advance() }
  }

  /// Marks an image as gone because its file was moved: the scan tells of the move instead.
  public func markMoved(_ id: Int64, scan: Int64, now: Int64) throws {
    try markGone([id], now: now)
    try db.cachedStatement(
      sql: "DELETE FROM scan_changes WHERE scan = ? AND image = ? AND change = 'gone'"
    ).execute(arguments: [scan, id])
  }

  func note(
    _ change: SaveResult.Change, of id: Int64, in scan: Int64?, detail: String? = nil
  ) throws {
    guard let scan else { return }
    try db.cachedStatement(
      sql: """
        INSERT INTO scan_changes (scan, image, change, detail) VALUES (?, ?, ?, ?)
        ON CONFLICT (scan, image) DO UPDATE SET change = excluded.change, detail = excluded.detail
        """
    ).execute(arguments: [scan, id, change.rawValue, detail])
  }
}
