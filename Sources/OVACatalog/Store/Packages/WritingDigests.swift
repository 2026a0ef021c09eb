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

  func insert(
    _ files: [FileRow], of id: Int64, keeping kept: [KeptDigest], now: Int64
  ) throws {
    let kept = Dictionary(grouping: kept) { $0.file.key }
    let last = Dictionary(files.enumerated().map { ($1.key, $0) }) { $1 }
    // Of files with one name the last one stays.
    for (number, file) in files.enumerated() where last[file.key] == number {
      try db.cachedStatement(
        sql: """
          INSERT INTO files (image, name, member, size_bytes, modified_ns, changed_ns,
            inode, device, links, allocated_bytes, linked)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """
      ).execute(arguments: [
        id, file.name, file.isMember, file.size, file.modified, file.changed, file.inode,
        file.device, file.links, file.allocated, file.isLinked,
      ])
      for (algorithm, digest) in file.digests {
        try insert(
          KeptDigest(file: file, algorithm: algorithm, digest: digest, computedOn: now), of: id)
      }
      for old in kept[file.key] ?? []
      where old.file.hasSameContentFacts(as: file) && file.digests[old.algorithm] == nil {
        try insert(old, of: id)
      }
    }
  }

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
    ).execute(arguments: [
      id, digest.file.isMember, digest.file.name, digest.algorithm, digest.digest,
      digest.file.size, digest.file.modified, digest.file.inode, digest.computedOn,
    ])
  }
}
