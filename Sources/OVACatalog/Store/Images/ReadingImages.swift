public import OVATime
import Synchronization

extension CatalogReader {
  static let recordColumns =
    "id, name, data_store, folder, label, path, public, created_on, updated_on"

  /// A number that grows whenever the list of images changes.
  public func generation() throws -> Int64 { try Self.generation(db) }

  static func generation(_ db: Database) throws -> Int64 {
    let statement = try db.cachedStatement(sql: "SELECT generation FROM catalogue")
    return try Int64.fetchOne(statement) ?? 0
  }

  /// Returns the number of images that a query selects.
  public func total(of query: ImageQuery) throws -> Int {
    try total(of: query, generation: try generation())
  }

  private func total(of query: ImageQuery, generation: Int64) throws -> Int {
    // The order changes no total, so that one total serves all orders.
    let unsorted = query.unsorted
    let known = store.cache.withLock { $0.total(of: unsorted, generation: generation) }
    if let known { return known }
    if query.isSearch, let candidates = try candidates(for: query) {
      return try order(of: unsorted, among: candidates, generation: generation).count
    }
    if query.isWidened(on: db.engine) {
      return try order(of: unsorted, among: nil, generation: generation).count
    }
    let condition = query.condition(.find, on: db.engine)
    let statement = try db.cachedStatement(sql: "SELECT count(*) FROM images \(condition.sql)")
    let total = try Int.fetchOne(statement, arguments: condition.statementArguments) ?? 0
    store.cache.withLock { $0.keep(total: total, of: unsorted, generation: generation) }
    return total
  }

  /// A page of records; all of them when `paging` is nil.
  public func page(_ query: ImageQuery, paging: Paging? = nil) throws -> Page<Record> {
    guard let paging else {
      var rows: [Record] = []
      rows.reserveCapacity(try total(of: query))
      try forEachRecord(query) { rows.append($0) }
      return Page(rows: rows, total: rows.count)
    }
    let place = try place(of: paging, in: query, generation: try generation())
    switch place.way {
    case .none: return Page(rows: [], total: place.total)
    case .walk(let walk): return Page(rows: try records(query, walk), total: place.total)
    case .ids(let ids): return Page(rows: try records(ids: ids), total: place.total)
    }
  }

  /// The way to the rows of a page, and the length of the whole list.
  private struct PagePlace {
    var way: Way
    /// Rows of the whole list.
    var total: Int

    enum Way {
      case none
      case walk(ImageQuery.Walk)
      case ids(ArraySlice<Int64>)
    }
  }

  private func place(
    of paging: Paging, in query: ImageQuery, generation: Int64
  ) throws -> PagePlace {
    var known = store.cache.withLock { $0.order(of: query, generation: generation) }
    if known == nil, query.isSearch, let candidates = try candidates(for: query) {
      known = try order(of: query, among: candidates, generation: generation)
    }
    if known == nil, query.isWidened(on: db.engine) {
      known = try order(of: query, among: nil, generation: generation)
    }
    if let known {
      let ids = known.dropFirst(paging.offset).prefix(paging.perPage)
      return PagePlace(way: ids.isEmpty ? .none : .ids(ids), total: known.count)
    }
    let total = try total(of: query, generation: generation)
    guard paging.offset < total else { return PagePlace(way: .none, total: total) }
    let all = try self.total(of: ImageQuery(scope: query.scope), generation: generation)
    if let walk = query.walk(
      to: paging, total: total, of: all, on: db.engine, store.serverWalk)
    {
      return PagePlace(way: .walk(walk), total: total)
    }
    let ids = try order(of: query, among: nil, generation: generation)
    return PagePlace(
      way: .ids(ids.dropFirst(paging.offset).prefix(paging.perPage)), total: total)
  }

  /// A page of records as finished JSON, kept as long as the catalog stays as it is.
  public func renderedPage(
    _ query: ImageQuery, paging: Paging? = nil, times: APITime
  ) throws -> RenderedPage {
    let generation = try generation()
    let key = CatalogCache.PageKey(query: query, paging: paging, times: times)
    if let known = store.cache.withLock({ $0.page(key, generation: generation) }) {
      return known
    }
    var rows = RecordRows(times: times)
    let total: Int
    if let paging {
      let place = try place(of: paging, in: query, generation: generation)
      total = place.total
      switch place.way {
      case .none: break
      case .walk(let walk):
        let (statement, arguments) = try statement(for: query, walk)
        try rows.append(allOf: statement, arguments)
        if walk.backwards { rows.reverse() }
      case .ids(let ids): try append(ids, to: &rows)
      }
    } else if query.isWidened(on: db.engine) {
      let ids = try order(of: query, among: nil, generation: generation)
      for start in stride(from: 0, to: ids.count, by: Self.mostIDs) {
        try append(ids[start...].prefix(Self.mostIDs), to: &rows)
      }
      total = rows.count
    } else {
      let condition = query.condition(.choose, on: db.engine)
      let statement = try db.cachedStatement(
        sql:
          "SELECT \(Self.recordColumns) FROM images \(condition.sql) \(query.order(.choose, on: db.engine))"
      )
      try rows.append(allOf: statement, condition.statementArguments)
      total = rows.count
    }
    let rendered = RenderedPage(
      json: rows.json, count: rows.count, total: total, generation: generation)
    store.cache.withLock { $0.keep(page: rendered, key, generation: generation) }
    return rendered
  }

  /// Few rows among which all that a query finds are; nil where they are many, or nothing is known.
  private func candidates(for query: ImageQuery) throws -> SQLPiece? {
    guard let trigrams = Trigrams(query), try db.tableExists("image_trigrams") else { return nil }
    let candidates = trigrams.sql
    let statement = try db.cachedStatement(
      sql: "SELECT count(*) FROM (\(candidates.sql) LIMIT \(Self.mostCandidates + 1))")
    let count = try Int.fetchOne(statement, arguments: candidates.statementArguments) ?? 0
    return count <= Self.mostCandidates ? candidates : nil
  }

  /// Candidates that are looked at one by one in less time than an index is walked in.
  private static let mostCandidates = 20_000

  private func order(
    of query: ImageQuery, among candidates: SQLPiece?, generation: Int64
  ) throws -> [Int64] {
    let plan: ImageQuery.Plan = query.isSearch ? .find : .walk
    var from = SQLPiece(sql: "images")
    if let candidates {
      from = candidates
      // A cross join goes from the candidates to their rows, and never the other way round.
      from.sql = "(\(candidates.sql)) CROSS JOIN images ON id = candidate"
    }
    let condition = query.condition(plan, on: db.engine)
    if query.isWidened(on: db.engine) {
      var ids: [Int64] = []
      try forEachMatch(query, plan) { ids.append($0.id) }
      keep(ids, as: query, generation: generation)
      return ids
    }
    let statement = try db.cachedStatement(
      sql: "SELECT id FROM \(from.sql) \(condition.sql) \(query.order(plan, on: db.engine))")
    let arguments = SQLPiece(sql: "", arguments: from.arguments + condition.arguments)
    let ids = try Int64.fetchAll(statement, arguments: arguments.statementArguments)
    keep(ids, as: query, generation: generation)
    return ids
  }

  private func keep(_ ids: [Int64], as query: ImageQuery, generation: Int64) {
    store.cache.withLock {
      $0.keep(order: ids, of: query, generation: generation)
      $0.keep(total: ids.count, of: query.unsorted, generation: generation)
    }
  }

  /// Hands over the records that match, of the rows that an engine finds who finds too many.
  private func forEachMatch(
    _ query: ImageQuery, _ plan: ImageQuery.Plan, _ body: (Record) throws -> Void
  ) throws {
    let condition = query.condition(plan, on: db.engine)
    let text = query.search.isEmpty ? "''" : SearchWords.text
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT \(Self.recordColumns), \(text) FROM images \(condition.sql)
        \(query.order(plan, on: db.engine))
        """, arguments: condition.statementArguments)
    while let row = try rows.next() {
      let record = Record(row)
      if query.filter.matches(record), query.search.occur(in: row[9]) { try body(record) }
    }
  }

  /// The records of ids, in the order of the ids.
  private func records(ids: ArraySlice<Int64>) throws -> [Record] {
    switch db.engine {
    case .sqlite:
      let statement = try db.cachedStatement(sql: Self.recordOfID)
      return try ids.compactMap { id in
        try Row.fetchOne(statement, arguments: [id]).map { Record($0) }
      }
    case .postgresql:
      return try Row.fetchAll(recordsOfIDs(ids.count), arguments: Arguments(Array(ids)))
        .map { Record($0) }
    }
  }

  /// Appends the records of ids, in the order of the ids.
  private func append(_ ids: ArraySlice<Int64>, to rows: inout RecordRows) throws {
    switch db.engine {
    case .sqlite: try rows.append(ids, of: db.cachedStatement(sql: Self.recordOfID))
    case .postgresql:
      try rows.append(allOf: recordsOfIDs(ids.count), Arguments(Array(ids)))
    }
  }

  private static let recordOfID = "SELECT \(recordColumns) FROM images WHERE id = ?"

  /// Ids that are asked for at once.
  private static let mostIDs = 1000

  /// One statement for all ids, since each is a way to the server and back.
  private func recordsOfIDs(_ count: Int) throws -> Statement {
    let ids = repeatElement("(?::BIGINT)", count: count).joined(separator: ",")
    return try db.cachedStatement(
      sql: """
        SELECT \(Self.recordColumns) FROM images
        JOIN ROWS FROM (unnest(ARRAY[\(ids)])) WITH ORDINALITY AS wanted(wanted, number)
          ON id = wanted ORDER BY number
        """)
  }

  /// Hands over every record of a query, one after the other; memory does not grow with them.
  public func forEachRecord(_ query: ImageQuery, _ body: (Record) throws -> Void) throws {
    if query.isWidened(on: db.engine) { return try forEachMatch(query, .choose, body) }
    let condition = query.condition(.choose, on: db.engine)
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT \(Self.recordColumns) FROM images \(condition.sql)
        \(query.order(.choose, on: db.engine))
        """, arguments: condition.statementArguments)
    while let row = try rows.next() { try body(Record(row)) }
  }

  /// The record of an id, when it is there and the scope shows it.
  public func record(id: Int64, scope: ImageQuery.Scope) throws -> Record? {
    var condition = scope.sql
    let statement = try db.cachedStatement(
      sql: "SELECT \(Self.recordColumns) FROM images WHERE \(condition.sql) AND id = ?")
    condition.arguments.append(.integer(id))
    return try Row.fetchOne(statement, arguments: condition.statementArguments).map { Record($0) }
  }
}

extension Record {
  /// Takes the columns of `recordColumns`, in their order.
  init(_ row: Row) {
    self.init(
      id: row[0], name: row[1], dataStore: row[2], folder: row[3], label: row[4], path: row[5],
      isPublic: row[6], createdOn: row[7], updatedOn: row[8])
  }
}
