import OVABasics

extension CatalogWriter {
  /// Stores all that a scan found out of a package, in place of what was known of it.
  ///
  /// The id belongs to the path permanently: a package that comes back gets its own again. `created_on`
  /// stays; `updated_on` moves only when the content did. Digests computed earlier are kept for
  /// files whose size, time and inode are the same. `renamedFrom` is the path that the package had
  /// before, for the scan's report.
  @discardableResult
  public func save(
    _ package: PackageRow, scan: Int64? = nil, renamedFrom: String? = nil, now: Int64
  ) throws -> SaveResult {
    let record = package.record
    let known = try reader.image(dataStore: record.dataStore, path: record.path)
    let result: SaveResult
    var kept: [KeptDigest] = []
    if let known {
      try noteFindings(of: known.id, becoming: package, in: scan)
      let old = try reader.files(of: known.id)
      kept = try digests(of: known.id)
      let moved = Self.hasMoved(from: old, to: package.files)
      try update(known.id, to: package, moved: moved)
      result = SaveResult(
        id: known.id, change: known.isGone ? .returned : moved ? .changed : .unchanged)
    } else {
      result = SaveResult(
        id: try insert(package), change: renamedFrom == nil ? .added : .renamed)
    }
    if known != nil {
      for table in ["files", "disks", "findings", "needs"] {
        try db.cachedStatement(sql: "DELETE FROM \(table) WHERE image = ?")
          .execute(arguments: [result.id])
      }
    }
    try replaceFacts(of: result.id, by: package)
    // Digests went with their files and are put back where they still hold.
    try insert(package.files, of: result.id, keeping: kept, now: now)
    try insert(package.disks, of: result.id)
    try insert(package.findings, of: result.id)
    try insert(package.needs, of: result.id)
    try replaceVerdicts(of: result.id, by: package.verdicts)
    if result.change != .unchanged {
      try note(result.change, of: result.id, in: scan, detail: renamedFrom)
    }
    try advance()
    return result
  }

  /// Puts new findings and verdicts in place of a package's old ones: new rules judged what was read
  /// before.
  public func rejudge(
    _ id: Int64, findings: [FindingRow], verdicts: [VerdictRow] = [], rulesVersion: Int,
    scan: Int64? = nil
  ) throws {
    try noteFindings(of: id, becoming: findings, in: scan)
    try db.cachedStatement(sql: "DELETE FROM findings WHERE image = ?").execute(arguments: [id])
    try insert(findings, of: id)
    try replaceVerdicts(of: id, by: verdicts)
    try db.cachedStatement(sql: "UPDATE packages SET rules_version = ? WHERE image = ?")
      .execute(arguments: [rulesVersion, id])
  }

  /// Returns whether the content of files has changed. A new time alone is no new content when the
  /// digests of before and after are the same; and of a package that was only imported nothing was
  /// known.
  static func hasMoved(from old: [FileRow], to new: [FileRow]) -> Bool {
    guard !old.isEmpty else { return false }
    if holdsSameMembers(old, new) { return false }
    if holdsOtherMembers(old, new) { return true }
    let before = old.filter { !$0.isMember }
    let after = new.filter { !$0.isMember }
    guard before.count == after.count else { return true }
    let names = after.sorted { $0.name.precedesInBytes($1.name) }
    return zip(before.sorted { $0.name.precedesInBytes($1.name) }, names).contains { a, b in
      guard a.name.isExactly(b.name), a.size == b.size else { return true }
      let shared = a.digests.keys.filter { b.digests[$0] != nil }
      if shared.contains(where: { a.digests[$0] != b.digests[$0] }) { return true }
      return a.modified != b.modified && shared.isEmpty
    }
  }

  /// Returns whether both are archives of members with the same digests: the archive itself has
  /// none.
  private static func holdsSameMembers(_ old: [FileRow], _ new: [FileRow]) -> Bool {
    let before = old.filter(\.isMember).sorted { $0.name.precedesInBytes($1.name) }
    let after = new.filter(\.isMember).sorted { $0.name.precedesInBytes($1.name) }
    guard !before.isEmpty, before.count == after.count else { return false }
    return zip(before, after).allSatisfy { a, b in
      a.name.isExactly(b.name) && a.size == b.size
        && a.digests.contains { b.digests[$0.key] == $0.value }
        && a.digests.allSatisfy { b.digests[$0.key] == nil || b.digests[$0.key] == $0.value }
    }
  }

  /// Returns whether a member has another digest than before, whatever the archive's time is.
  private static func holdsOtherMembers(_ old: [FileRow], _ new: [FileRow]) -> Bool {
    let before = old.byKey
    return new.contains { file in
      guard file.isMember, let known = before[file.key] else { return false }
      return file.digests.contains { algorithm, digest in
        known.digests[algorithm].map { $0 != digest } ?? false
      }
    }
  }

  private func insert(_ package: PackageRow) throws -> Int64 {
    let record = package.record
    return try db.insert(
      sql: """
        INSERT INTO images (data_store, path, name, folder, label, public, owner, created_on,
          updated_on, position, repository, state, state_detail, broken_for)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(position), 0) + 1 FROM images),
          ?, ?, ?, ?)
        """,
      arguments: [
        record.dataStore, record.path, record.name, record.folder, record.label, record.isPublic,
        package.owner, record.createdOn, record.updatedOn, package.repository,
        package.state.rawValue,
        package.stateDetail, package.brokenFor,
      ])
  }

  private func update(_ id: Int64, to package: PackageRow, moved: Bool) throws {
    let record = package.record
    try db.cachedStatement(
      sql: """
        UPDATE images SET name = ?, folder = ?, label = ?, public = ?, owner = ?,
          updated_on = CASE WHEN CAST(? AS BIGINT) = 1 THEN ? ELSE updated_on END, gone_at = NULL, repository = ?, state = ?,
          state_detail = ?, broken_for = ?
        WHERE id = ?
        """
    ).execute(arguments: [
      record.name, record.folder, record.label, record.isPublic, package.owner, moved,
      record.updatedOn, package.repository, package.state.rawValue, package.stateDetail,
      package.brokenFor, id,
    ])
  }

  static let factColumns = [
    "format", "product", "vendor", "version", "guest_system", "hardware_family", "firmware",
    "systems", "virtual_cpus", "memory_bytes", "network_adapters", "size_bytes", "document",
    "rules_version",
  ]
  /// Rows are brought up to date rather than replaced: a replaced row fires no trigger that takes
  /// its words out of the index.
  private static let factUpsert = """
    INSERT INTO packages (image, \(factColumns.joined(separator: ", ")))
    VALUES (\(StatementText.marks(factColumns.count + 1)))
    ON CONFLICT (image) DO UPDATE SET further = NULL, \(factUpdates)
    """
  private static let factUpdates = factColumns.map { "\($0) = excluded.\($0)" }
    .joined(separator: ", ")

  private func replaceFacts(of id: Int64, by package: PackageRow) throws {
    guard let facts = package.facts else {
      try db.cachedStatement(sql: "DELETE FROM packages WHERE image = ?").execute(arguments: [id])
      return
    }
    try db.cachedStatement(sql: Self.factUpsert)
      .execute(arguments: Arguments(facts.row(of: id, rulesVersion: package.rulesVersion)))
    guard facts.systems > 1 else { return }
    try db.cachedStatement(
      sql: "UPDATE packages SET further = \(SearchWords.further(on: db.engine)) WHERE image = ?"
    ).execute(arguments: [id])
  }

  private func insert(_ disks: [DiskRow], of id: Int64) throws {
    for (number, disk) in disks.enumerated() {
      try db.cachedStatement(sql: "INSERT INTO disks VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        .execute(arguments: Arguments(disk.row(number, of: id)))
    }
  }

  private func insert(_ needs: [FileNeed], of id: Int64) throws {
    for need in needs {
      try db.cachedStatement(sql: "INSERT INTO needs VALUES (?, ?) ON CONFLICT DO NOTHING")
        .execute(arguments: [id, need.text])
    }
  }

  private func insert(_ findings: [FindingRow], of id: Int64) throws {
    for (number, finding) in findings.enumerated() {
      try db.cachedStatement(sql: "INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .execute(arguments: Arguments(finding.row(number, of: id)))
    }
  }
}

// The values of the columns of a table, in their order.

extension PackageFacts {
  func row(of id: Int64, rulesVersion: Int) -> [(any ColumnValue)?] {
    [
      id, format, product, vendor, version, guestSystem, hardwareFamily, firmware, systems,
      virtualCPUs, memory, networkAdapters, size, document, rulesVersion,
    ]
  }
}

extension DiskRow {
  func row(_ number: Int, of id: Int64) -> [(any ColumnValue)?] {
    [id, number, name, file, format, capacity, size, slot]
  }
}

extension FindingRow {
  func row(_ number: Int, of id: Int64) -> [(any ColumnValue)?] {
    [id, number, rule, ruleVersion, severity, file, line, message, fix]
  }
}
