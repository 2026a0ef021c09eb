/// Indexes that are made once many rows are there: each is sorted at once then, and not row by row.
extension PostgreSQLConnection {
  /// Does work that puts rows into an empty table, without its indexes but for those of its
  /// constraints; then makes them again. Others who read the table wait until the transaction ends.
  ///
  /// Only the owner of a table may drop its indexes: for other roles they are kept.
  func withoutIndexes<Value>(of table: String, _ work: () throws -> Value) throws -> Value {
    let statements = try run(
      """
      SELECT string_agg('DROP INDEX ' || c.oid::regclass, '; ' ORDER BY c.relname),
        string_agg(pg_get_indexdef(c.oid), '; ' ORDER BY c.relname)
      FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
      WHERE i.indrelid = '\(table)'::regclass AND pg_has_role(c.relowner, 'USAGE')
        AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = c.oid)
      """)
    guard let drop: String = statements.value(0, 0), let create: String = statements.value(0, 1)
    else { return try work() }
    try run(drop)
    let value = try work()
    // Sorting takes memory; a server that is given more keeps it.
    try run(
      """
      SELECT set_config('maintenance_work_mem', '256MB', true)
      WHERE pg_size_bytes(current_setting('maintenance_work_mem')) < 256 * 1024 * 1024;
      \(create)
      """)
    return value
  }
}
