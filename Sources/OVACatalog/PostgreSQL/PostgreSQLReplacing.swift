/// Rows that take the place of others at once: they come by COPY into a table that is empty again
/// after the transaction, and from there only what is not so already is written.
extension PostgreSQLConnection {
  /// A part of a table: a condition over its columns, and what is bound to it.
  struct Part {
    let condition: String
    let arguments: Arguments

    /// The rows of some packages.
    static func packages(_ column: String, _ ids: [Int64]) -> Part? {
      guard !ids.isEmpty else { return nil }
      return Part(
        condition: "\(column) = ANY (?::bigint[])", arguments: [PostgreSQLText.array(of: ids)])
    }
  }

  /// Puts rows in place of those that a part of a table has. A row that is there just so is not
  /// written.
  /// - Parameters:
  ///   - rows: the values of the table's columns; no two rows have one key.
  ///   - part: the part that may have rows already; nil where there is none, so that all are new.
  ///   - keepsOthers: whether rows of other keys are left in the part.
  /// - Returns: how many rows were put in, changed or taken out.
  @discardableResult
  func replace(
    _ rows: [[(any ColumnValue)?]], in table: CopiedTable, part: Part?, keepsOthers: Bool = false
  ) throws -> Int {
    let columns = table.columns.joined(separator: ", ")
    guard let part else {
      try copyIn(rows, "\(table.name) (\(columns))")
      return rows.count
    }
    guard !rows.isEmpty else {
      if keepsOthers { return 0 }
      return try execute(
        "DELETE FROM \(table.name) WHERE \(part.condition)", part.arguments, keeps: true
      ).changes
    }
    let new = "new_\(table.name)"
    // The transaction may have put rows in before.
    try run(
      """
      CREATE TEMPORARY TABLE IF NOT EXISTS \(new) ON COMMIT DELETE ROWS
        AS SELECT \(columns) FROM \(table.name) WITH NO DATA;
      DELETE FROM \(new)
      """)
    try copyIn(rows, "\(new) (\(columns))")
    let isSame = table.key.map { "\(new).\($0) = \(table.name).\($0)" }.joined(separator: " AND ")
    let deleted =
      keepsOthers
      ? 0
      : try execute(
        """
        DELETE FROM \(table.name) WHERE \(part.condition)
          AND NOT EXISTS (SELECT 1 FROM \(new) WHERE \(isSame))
        """, part.arguments, keeps: true
      ).changes
    let written = try execute(
      Self.upsert("SELECT \(columns) FROM \(new)", into: table), [], keeps: true
    ).changes
    return deleted + written
  }

  /// The statement that puts in what a query finds, in place of rows of the same key that differ, in
  /// the order of the keys.
  static func upsert(_ query: String, into table: CopiedTable) -> String {
    let others = table.columns.dropFirst(table.key.count)
    let key = table.key.joined(separator: ", ")
    let insertion = """
      INSERT INTO \(table.name) (\(table.columns.joined(separator: ", "))) \(query) ORDER BY \(key)
      ON CONFLICT (\(key)) DO
      """
    guard !others.isEmpty else { return insertion + " NOTHING" }
    func list(_ prefix: String) -> String {
      others.map { "\(prefix).\($0)" }.joined(separator: ", ")
    }
    return insertion + """
       UPDATE SET \(others.map { "\($0) = excluded.\($0)" }.joined(separator: ", "))
      WHERE (\(list(table.name))) IS DISTINCT FROM (\(list("excluded")))
      """
  }

  private func copyIn(_ rows: [[(any ColumnValue)?]], _ place: String) throws {
    guard !rows.isEmpty else { return }
    var next = rows.startIndex
    try copyIn("COPY \(place) FROM STDIN") {
      var bytes: [UInt8] = []
      while bytes.count < 1 << 18, next < rows.endIndex {
        try PostgreSQLText.appendRow(rows[next], to: &bytes)
        next += 1
      }
      return bytes.isEmpty ? nil : bytes
    }
  }
}
