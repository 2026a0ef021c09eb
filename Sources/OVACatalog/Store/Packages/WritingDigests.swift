/// A digest that was computed once, and the facts that its file had then.
struct KeptDigest {
  var file: FileRow
  var algorithm: String
  var digest: String
  var computedOn: Int64
}

extension CatalogWriter {
  func digests(of id: Int64) throws -> [KeptDigest] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT name, member, size_bytes, modified_ns, 0, inode, algorithm, digest, computed_on
          FROM digests WHERE image = ?
          """), arguments: [id]
    ).map {
      KeptDigest(file: FileRow($0), algorithm: $0[6], digest: $0[7], computedOn: $0[8])
    }
  }

  /// The files of a package that are kept, each with its digests: those computed now, and of those
  /// computed earlier what still holds. Of files with one name the last one stays.
  static func digests(
    of files: [FileRow], keeping kept: [KeptDigest], now: Int64
  ) -> [(file: FileRow, digests: [KeptDigest])] {
    let kept = Dictionary(grouping: kept) { $0.file.key }
    let last = Dictionary(files.enumerated().map { ($1.key, $0) }) { $1 }
    return files.enumerated().filter { last[$1.key] == $0 }.map { _, file in
      let new = file.digests.map { algorithm, digest in
        KeptDigest(file: file, algorithm: algorithm, digest: digest, computedOn: now)
      }
      let old = (kept[file.key] ?? []).filter {
        $0.file.hasSameContentFacts(as: file) && file.digests[$0.algorithm] == nil
      }
      return (file, new + old)
    }
  }

  func insert(
    _ files: [FileRow], of id: Int64, keeping kept: [KeptDigest], now: Int64
  ) throws {
    for (file, digests) in Self.digests(of: files, keeping: kept, now: now) {
      try db.cachedStatement(sql: Self.fileInsertion).execute(
        arguments: Arguments(file.row(of: id)))
      for digest in digests { try insert(digest, of: id) }
    }
  }

  private static let fileInsertion = """
    INSERT INTO files (\(CopiedTable.files.columns.joined(separator: ", ")))
    VALUES (\(StatementText.marks(CopiedTable.files.columns.count)))
    """

  /// Stores digests of a package's files, computed at the facts given. Of a file that the catalog
  /// does not know, or knows with other facts, nothing is stored.
  /// - Returns: how many files it knows so.
  @discardableResult
  public func saveDigests(of id: Int64, files: [FileRow], now: Int64) throws -> Int {
    let known = try reader.files(of: id).byKey
    let same = files.filter { known[$0.key]?.hasSameContentFacts(as: $0) == true }
    for file in same {
      for (algorithm, digest) in file.digests {
        try insert(
          KeptDigest(file: file, algorithm: algorithm, digest: digest, computedOn: now), of: id)
      }
    }
    return same.count
  }

  private static let digestUpsert = StatementText.upsert(
    "digests", key: ["image", "member", "name", "algorithm"],
    ["digest", "size_bytes", "modified_ns", "inode", "computed_on"])

  private func insert(_ digest: KeptDigest, of id: Int64) throws {
    try db.cachedStatement(
      sql: Self.digestUpsert
    ).execute(arguments: Arguments(digest.row(of: id)))
  }
}

extension KeptDigest {
  /// The values of the columns of `digests`.
  func row(of id: Int64) -> [(any ColumnValue)?] {
    [
      id, file.isMember, file.name, algorithm, digest, file.size, file.modified, file.inode,
      computedOn,
    ]
  }
}

extension FileRow {
  /// The values of the columns of `files`.
  func row(of id: Int64) -> [(any ColumnValue)?] {
    [
      id, isMember, name, size, modified, changed, inode, device, links, allocated, isLinked,
    ]
  }
}
