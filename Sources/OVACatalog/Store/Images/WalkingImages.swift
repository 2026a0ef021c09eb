import Synchronization

extension CatalogReader {
  /// The statement of a walk, and what is bound to it.
  func statement(
    for query: ImageQuery, _ walk: ImageQuery.Walk
  ) throws -> (Statement, Arguments) {
    let distance = store.serverWalk.distance
    var condition = query.condition(.walk, on: db.engine)
    var skipping = walk.skipping
    if walk.anchor > 0 {
      let anchors = try anchors(of: query, upTo: walk.anchor)
      if anchors.indices.contains(walk.anchor - 1) {
        condition.add(query.behind(anchors[walk.anchor - 1]))
      } else {
        skipping += walk.anchor * distance
      }
    }
    condition.arguments += [.integer(Int64(walk.rows)), .integer(Int64(skipping))]
    let statement = try db.cachedStatement(
      sql: """
        SELECT \(Self.recordColumns) FROM images \(condition.sql)
        \(query.order(.walk, backwards: walk.backwards, on: db.engine)) LIMIT ? OFFSET ?
        """)
    return (statement, condition.statementArguments)
  }

  /// The values that rows at even distances in a list are ordered by, from its beginning on: at least so many
  /// where there are so many. Those that are kept are gone on from.
  private func anchors(of query: ImageQuery, upTo count: Int) throws -> [[FieldValue]] {
    let generation = try generation()
    var anchors = store.cache.withLock { $0.anchors(of: query, generation: generation) }
    while anchors.count < count {
      // Each statement has the time of one, and what it found is kept whatever becomes of the next.
      let next = min(count - anchors.count, store.serverWalk.mostAtOnce)
      let keys = try keys(of: query, behind: anchors.last, count: next)
      anchors += keys
      store.cache.withLock { [anchors] in
        $0.keep(anchors: anchors, of: query, generation: generation)
      }
      if keys.count < next { break }
    }
    return anchors
  }

  /// The values that rows at even distances are ordered by: the next ones behind a row, or from the first on.
  private func keys(
    of query: ImageQuery, behind row: [FieldValue]?, count: Int
  ) throws -> [[FieldValue]] {
    let distance = store.serverWalk.distance
    var condition = query.condition(.walk, on: db.engine)
    if let row { condition.add(query.behind(row)) }
    condition.arguments += [
      .integer(Int64(count) * Int64(distance)), .integer(Int64(distance)),
    ]
    let columns = query.keyColumns.map(\.name)
    // A column may be in the order twice.
    let names = columns.indices.map { "key\($0)" }
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT \(names.joined(separator: ", ")) FROM (
          SELECT \(zip(columns, names).map { "\($0) AS \($1)" }.joined(separator: ", ")),
            row_number() OVER (\(query.order(.walk, on: db.engine))) AS number
          FROM images \(condition.sql)) AS walked
        WHERE number <= ? AND number % ? = 0 ORDER BY number
        """, arguments: condition.statementArguments)
    return rows.map { row in columns.indices.map { FieldValue(row.value($0)) } }
  }

  /// The records that a walk meets, in the order asked for.
  func records(_ query: ImageQuery, _ walk: ImageQuery.Walk) throws -> [Record] {
    let (statement, arguments) = try statement(for: query, walk)
    let records = try Row.fetchAll(statement, arguments: arguments).map { Record($0) }
    return walk.backwards ? records.reversed() : records
  }
}

extension FieldValue {
  /// The value of a column.
  fileprivate init(_ value: (any ColumnValue)?) {
    self = (value as? Int64).map(Self.integer) ?? (value as? String).map(Self.text) ?? .null
  }
}
