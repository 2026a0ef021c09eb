/// A table as it is copied: its name and its columns, those of its key first.
struct CopiedTable {
  let name: String
  /// The columns that its rows are ordered by.
  let key: [String]
  let columns: [String]

  init(_ name: String, key: [String], _ others: [String] = []) {
    self.name = name
    self.key = key
    columns = key + others
  }

  /// Everything a catalog holds, each table after those that its rows refer to.
  static let all = [
    CopiedTable(
      "repositories", key: ["id"],
      [
        "data_store", "root", "folder", "label_base", "public", "owner", "device", "inode",
        "root_device", "root_inode", "last_scan", "complete_scan",
      ]),
    CopiedTable(
      "images", key: ["id"],
      [
        "data_store", "path", "name", "folder", "label", "public", "owner", "created_on",
        "updated_on", "position", "gone_at", "repository", "state", "state_detail", "broken_for",
      ]),
    CopiedTable(
      "packages", key: ["image"],
      [
        "format", "product", "vendor", "version", "guest_system", "hardware_family", "firmware",
        "systems", "virtual_cpus", "memory_bytes", "network_adapters", "size_bytes", "document",
        "rules_version", "further",
      ]),
    CopiedTable(
      "files", key: ["image", "member", "name"],
      [
        "size_bytes", "modified_ns", "changed_ns", "inode", "device", "links", "allocated_bytes",
        "linked",
      ]),
    CopiedTable(
      "digests", key: ["image", "member", "name", "algorithm"],
      ["digest", "size_bytes", "modified_ns", "inode", "computed_on"]),
    CopiedTable(
      "disks", key: ["image", "number"],
      ["name", "file", "format", "capacity_bytes", "size_bytes", "slot"]),
    CopiedTable(
      "findings", key: ["image", "number"],
      ["rule", "rule_version", "severity", "file", "line", "message", "fix"]),
    CopiedTable("needs", key: ["image", "need"]),
    CopiedTable("unhashed", key: ["image"]),
    CopiedTable(
      "folders", key: ["repository", "path"], ["fingerprint", "rules_version", "scan"]),
    CopiedTable("mounts", key: ["repository", "path"]),
    CopiedTable(
      "strays", key: ["repository", "folder", "name"],
      ["kind", "size_bytes", "modified_ns", "detail"]),
    CopiedTable(
      "stray_places", key: ["repository", "folder", "name"],
      ["device", "inode", "links", "allocated_bytes", "linked", "doubt", "needs"]),
    CopiedTable("targets", key: ["number"], ["name"]),
    CopiedTable("verdicts", key: ["image", "target"], ["number", "verdict", "reasons"]),
    CopiedTable(
      "scans", key: ["id"],
      [
        "started_on", "finished_on", "packages", "added", "changed", "gone", "errors", "partial",
      ]),
    CopiedTable("scan_changes", key: ["scan", "image"], ["change", "detail"]),
    CopiedTable("scan_errors", key: ["scan", "number"], ["path", "reason"]),
    CopiedTable(
      "scan_findings", key: ["scan", "image", "rule", "file", "message"], ["severity", "change"]),
    CopiedTable(
      "scan_totals", key: ["scan"],
      ["packages", "bytes", "errors", "warnings", "with_errors", "unreadable"]),
    CopiedTable(
      "tokens", key: ["id"],
      ["hash", "owner", "name", "created_on", "expires_on", "last_used_on", "revoked_on"]),
    CopiedTable(
      "sync_requests", key: ["id"],
      [
        "username", "status", "type", "task_id", "added", "deleted", "errors", "warnings",
        "created_on", "updated_on",
      ]),
    CopiedTable("letters", key: ["request"], ["created_on", "attempts", "due_on", "failure"]),
  ]
}

extension CatalogStore {
  /// Copies everything that the catalog holds at one instant into one that holds nothing yet,
  /// whichever engines keep them: ids, times, tokens, requests and the history of scans. All of it
  /// is there then, or nothing.
  /// - Returns: how many images the copy lists.
  @discardableResult
  public func copy(to other: CatalogStore) throws(CatalogError) -> Int {
    let doing = "copy the catalog"
    guard let lock = try other.lockForScan() else {
      throw StoreFailure.error(
        .locked, doing, other.path, "a scan works on it", fix: "wait until it is done")
    }
    do {
      return try withExtendedLifetime(lock) {
        try other.writingMuch {
          try read { reader in
            try other.write { writer in
              try writer.refuseContent(doing)
              for table in CopiedTable.all { try writer.db.fill(table, from: reader.db) }
              try writer.db.execute(
                sql: "UPDATE catalogue SET generation = generation + CAST(? AS BIGINT)",
                arguments: [try reader.generation()])
              return try writer.reader.total(of: ImageQuery(scope: .all))
            }
          }
        }
      }
    } catch {
      throw StoreFailure.explained(error, doing: doing, path: path)
    }
  }
}

extension CatalogWriter {
  /// Refuses a catalog in which anything is.
  fileprivate func refuseContent(_ doing: String) throws {
    for table in CopiedTable.all {
      guard try Row.fetchOne(db, sql: "SELECT 1 FROM \(table.name) LIMIT 1") != nil else {
        continue
      }
      throw StoreFailure.error(
        .conflict, doing, store.path, "it holds something already ('\(table.name)')",
        fix: "name a new one")
    }
  }
}

extension Database {
  /// Puts in all rows of a table of another database.
  fileprivate func fill(_ table: CopiedTable, from source: Database) throws {
    let columns = table.columns.joined(separator: ", ")
    let rows = try Row.fetchCursor(
      source,
      sql: "SELECT \(columns) FROM \(table.name) ORDER BY \(table.key.joined(separator: ", "))")
    func next() throws -> [(any ColumnValue)?]? {
      try rows.next().map { row in table.columns.indices.map { row.value($0) } }
    }
    switch connection {
    case .sqlite:
      let statement = try statement(
        sql: """
          INSERT INTO \(table.name) (\(columns)) VALUES (\(StatementText.marks(table.columns.count)))
          """)
      while let values = try next() { try statement.execute(arguments: Arguments(values)) }
    case .postgresql(let connection):
      try connection.copyIn("COPY \(table.name) (\(columns)) FROM STDIN") {
        var bytes: [UInt8] = []
        while bytes.count < 1 << 18, let values = try next() {
          try PostgreSQLText.appendRow(values, to: &bytes)
        }
        return bytes.isEmpty ? nil : bytes
      }
    }
  }
}
