import FoundationEssentials

extension CatalogReader {
  /// The names of the targets that scans judge packages for, in the order given.
  public func targetNames() throws -> [String] {
    try String.fetchAll(
      db.cachedStatement(sql: "SELECT name FROM targets ORDER BY number"))
  }

  /// The verdicts of targets on a package, in the targets' order; empty where it was judged for
  /// none.
  public func verdicts(of id: Int64) throws -> [VerdictRow] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: "SELECT target, verdict, reasons FROM verdicts WHERE image = ? ORDER BY number"),
      arguments: [id]
    ).map { VerdictRow(target: $0[0], verdict: $0[1], reasons: Self.reasons($0[2])) }
  }

  /// The number of the packages that are there with each verdict, for each target in its order.
  /// - Parameter scope: the packages that are counted.
  public func verdictCounts(scope: ImageQuery.Scope = .all) throws -> [VerdictCount] {
    let condition = scope.sql
    let arguments = condition.statementArguments
    let all =
      try Int.fetchOne(
        db, sql: "SELECT count(*) FROM images WHERE \(condition.sql)", arguments: arguments) ?? 0
    var counts: [String: VerdictCount] = [:]
    var places: [String: Int] = [:]
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT v.target, v.verdict, count(*), min(v.number)
        FROM verdicts v JOIN images i ON i.id = v.image
        WHERE \(condition.sql) GROUP BY v.target, v.verdict
        """, arguments: arguments)
    while let row = try rows.next() {
      let (target, count): (String, Int) = (row[0], row[2])
      var known = counts[target] ?? VerdictCount(target: target, counts: [:], unjudged: all)
      known.counts[row[1]] = count
      known.unjudged -= count
      counts[target] = known
      places[target] = min(places[target] ?? .max, row[3])
    }
    return counts.values.sorted { a, b in
      (places[a.target] ?? 0, a.target) < (places[b.target] ?? 0, b.target)
    }
  }

  /// The verdicts of packages without targets and reasons, in the targets' order.
  func verdictWords(of ids: [Int64]) throws -> [Int64: [String]] {
    guard !ids.isEmpty else { return [:] }
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT image, verdict FROM verdicts WHERE image IN (\(StatementText.marks(ids.count)))
          ORDER BY image, number
          """), arguments: Arguments(ids))
    var result: [Int64: [String]] = [:]
    while let row = try rows.next() { result[row[0], default: []].append(row[1]) }
    return result
  }

  /// The numbers of packages that are there and that each condition of a target holds for, by
  /// target.
  public func verdictReasonCounts() throws -> [String: [VerdictReasonCount]] {
    var result: [String: [VerdictReasonCount]] = [:]
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT v.target, r.value ->> 'condition', r.value ->> 'effect', count(*)
        FROM verdicts v JOIN images i ON i.id = v.image, \(db.engine.items(of: "v.reasons", as: "r"))
        WHERE i.gone_at IS NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        """)
    while let row = try rows.next() {
      result[row[0], default: []].append(
        VerdictReasonCount(condition: row[1], effect: row[2], packages: row[3]))
    }
    return result
  }

  private static func reasons(_ json: String) -> [VerdictRow.Reason] {
    (try? JSONDecoder().decode([VerdictRow.Reason].self, from: Data(json.utf8))) ?? []
  }
}

extension CatalogWriter {
  /// Sets the targets that scans judge packages for from now on. What is known of others is dropped.
  /// - Parameter targets: the names as given, and the id that each means now.
  public func setTargets(_ targets: [(name: String, id: String)]) throws {
    try db.execute(sql: "DELETE FROM targets")
    for (number, target) in targets.enumerated() {
      try db.cachedStatement(sql: "INSERT INTO targets VALUES (?, ?) ON CONFLICT DO NOTHING")
        .execute(arguments: [number, target.name])
    }
    guard !targets.isEmpty else {
      try db.execute(sql: "DELETE FROM verdicts")
      return
    }
    try db.execute(
      sql: "DELETE FROM verdicts WHERE target NOT IN (\(StatementText.marks(targets.count)))",
      arguments: Arguments(targets.map(\.id)))
  }

  private static let verdictUpsert = StatementText.upsert(
    "verdicts", key: ["image", "target"], ["number", "verdict", "reasons"])

  /// Puts verdicts in place of a package's old ones.
  func replaceVerdicts(of id: Int64, by verdicts: [VerdictRow]) throws {
    try db.cachedStatement(sql: "DELETE FROM verdicts WHERE image = ?").execute(arguments: [id])
    for row in try Self.rows(of: id, verdicts) {
      try db.cachedStatement(sql: Self.verdictUpsert).execute(arguments: Arguments(row))
    }
  }

  /// The values of the columns of `verdicts`.
  static func rows(of id: Int64, _ verdicts: [VerdictRow]) throws -> [[(any ColumnValue)?]] {
    guard !verdicts.isEmpty else { return [] }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try verdicts.enumerated().map { number, verdict in
      let reasons = String(decoding: try encoder.encode(verdict.reasons), as: UTF8.self)
      return [id, verdict.target, number, verdict.verdict, reasons]
    }
  }
}
