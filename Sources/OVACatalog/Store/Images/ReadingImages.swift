internal import GRDB
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
    let unsorted = ImageQuery(scope: query.scope, filter: query.filter, search: query.search)
    let known = store.cache.withLock { $0.total(of: unsorted, generation: generation) }
    if let known { return known }
    let condition = query.condition(.find)
    let statement = try db.cachedStatement(sql: "SELECT count(*) FROM images \(condition.sql)")
    let total = try Int.fetchOne(statement, arguments: condition.statementArguments) ?? 0
    store.cache.withLock { $0.keep(total: total, of: unsorted, generation: generation) }
    return total
  }

  /// A page of records; all of them when `paging` is nil.
  public func page(_ query: ImageQuery, paging: Paging? = nil) throws -> Page<Record> {
    let generation = try generation()
    let total = try total(of: query, generation: generation)
    guard let paging else {
      var rows: [Record] = []
      rows.reserveCapacity(total)
      try forEachRecord(query) { rows.append($0) }
      return Page(rows: rows, total: total)
    }
    guard paging.offset < total else { return Page(rows: [], total: total) }
    let all = try self.total(of: ImageQuery(scope: query.scope), generation: generation)
    let isKnown = store.cache.withLock { $0.order(of: query, generation: generation) } != nil
    if !isKnown, let walk = query.walk(to: paging, total: total, of: all) {
      return Page(rows: try records(query, walk), total: total)
    }
    let ids = try order(of: query, generation: generation)
    let rows = try records(ids: ids.dropFirst(paging.offset).prefix(paging.perPage))
    return Page(rows: rows, total: total)
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
    let page = try page(query, paging: paging)
    var json: [UInt8] = []
    json.reserveCapacity(page.rows.count * 400)
    for (index, record) in page.rows.enumerated() {
      if index > 0 { json.append(UInt8(ascii: ",")) }
      record.appendJSON(times: times, to: &json)
    }
    let rendered = RenderedPage(
      json: json, count: page.rows.count, total: page.total, generation: generation)
    store.cache.withLock { $0.keep(page: rendered, key, generation: generation) }
    return rendered
  }

  private func order(of query: ImageQuery, generation: Int64) throws -> [Int64] {
    let known = store.cache.withLock { $0.order(of: query, generation: generation) }
    if let known { return known }
    let plan: ImageQuery.Plan = query.isSearch ? .find : .walk
    let condition = query.condition(plan)
    let statement = try db.cachedStatement(
      sql: "SELECT id FROM images \(condition.sql) \(query.order(plan))")
    let ids = try Int64.fetchAll(statement, arguments: condition.statementArguments)
    store.cache.withLock { $0.keep(order: ids, of: query, generation: generation) }
    return ids
  }

  /// The records that a walk meets, in the order asked for.
  private func records(_ query: ImageQuery, _ walk: ImageQuery.Walk) throws -> [Record] {
    var condition = query.condition(.walk)
    condition.arguments += [.integer(Int64(walk.rows)), .integer(Int64(walk.skipping))]
    let statement = try db.cachedStatement(
      sql: """
        SELECT \(Self.recordColumns) FROM images \(condition.sql)
        \(query.order(.walk, backwards: walk.backwards)) LIMIT ? OFFSET ?
        """)
    var records: [Record] = []
    records.reserveCapacity(walk.rows)
    let rows = try Row.fetchCursor(statement, arguments: condition.statementArguments)
    while let row = try rows.next() { records.append(Record(row)) }
    return walk.backwards ? records.reversed() : records
  }

  /// The records of ids, in the order of the ids.
  private func records(ids: ArraySlice<Int64>) throws -> [Record] {
    let marks = repeatElement("?", count: ids.count).joined(separator: ",")
    let statement = try db.cachedStatement(
      sql: "SELECT \(Self.recordColumns) FROM images WHERE id IN (\(marks))")
    var records: [Int64: Record] = [:]
    let rows = try Row.fetchCursor(statement, arguments: StatementArguments(ids))
    while let row = try rows.next() { records[row[0]] = Record(row) }
    return ids.compactMap { records[$0] }
  }

  /// Hands over every record of a query, one after the other; memory does not grow with them.
  public func forEachRecord(_ query: ImageQuery, _ body: (Record) throws -> Void) throws {
    let condition = query.condition(.choose)
    let statement = try db.cachedStatement(
      sql: "SELECT \(Self.recordColumns) FROM images \(condition.sql) \(query.order(.choose))")
    let rows = try Row.fetchCursor(statement, arguments: condition.statementArguments)
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
  /// From the columns of `recordColumns`, in their order.
  init(_ row: Row) {
    self.init(
      id: row[0], name: row[1], dataStore: row[2], folder: row[3], label: row[4], path: row[5],
      isPublic: row[6], createdOn: row[7], updatedOn: row[8])
  }
}
