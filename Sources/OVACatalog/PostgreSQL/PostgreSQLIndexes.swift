/// Indexes that are made once many rows are there: each is sorted at once then, and not row by row.
extension PostgreSQLConnection {
  /// Does work that puts rows into an empty table, without its indexes but for those of its
  /// constraints; then makes them again. Others who read the table wait until the transaction ends.
  ///
  /// Where the table belongs to another role, which alone may do so, the indexes stay.
  func withoutIndexes<Value>(of table: String, _ work: () throws -> Value) throws -> Value {
    let indexes = try run(
      """
      SELECT quote_ident(c.relname), pg_get_indexdef(i.indexrelid)
      FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
      WHERE i.indrelid = '\(table)'::regclass AND pg_has_role(c.relowner, 'USAGE')
        AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)
      ORDER BY c.relname
      """)
    let definitions: [(name: String, sql: String)] = (0..<indexes.count).compactMap { row in
      guard let name: String = indexes.value(row, 0), let sql: String = indexes.value(row, 1)
      else { return nil }
      return (name, sql)
    }
    for index in definitions { try run("DROP INDEX \(index.name)") }
    let value = try work()
    if !definitions.isEmpty {
      try run("SET LOCAL maintenance_work_mem = '256MB'")
      for index in definitions { try run(index.sql) }
    }
    return value
  }
}
