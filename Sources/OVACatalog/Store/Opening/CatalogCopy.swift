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
      try connection.withoutIndexes(of: table.name) {
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
}
