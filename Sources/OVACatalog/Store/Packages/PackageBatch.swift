import OVABasics

/// Packages of different paths that are stored on a server at once: what is known of all of them is
/// asked for in a few queries, and each table is written in a few statements.
struct PackageBatch {
  private let saves: [PackageSave]
  private let scan: Int64
  private let now: Int64
  /// Ids of those that the catalog knows.
  private var known: [Int64] = []
  private var rows = Rows()
  private var results: [SaveResult] = []

  /// The values of the tables' columns.
  private struct Rows {
    var images: [[(any ColumnValue)?]] = []
    var facts: [[(any ColumnValue)?]] = []
    var files: [[(any ColumnValue)?]] = []
    var digests: [[(any ColumnValue)?]] = []
    var disks: [[(any ColumnValue)?]] = []
    var findings: [[(any ColumnValue)?]] = []
    var needs: [[(any ColumnValue)?]] = []
    var verdicts: [[(any ColumnValue)?]] = []
  }

  /// The facts that the catalog has of an image.
  private struct Known {
    let id: Int64
    let isGone: Bool
    let createdOn: Int64
    let updatedOn: Int64
    let position: Int64
    /// True if it was judged before the scan.
    let wasJudged: Bool
  }

  private static let facts = CopiedTable("packages", key: ["image"], CatalogWriter.factColumns)

  init(_ saves: [PackageSave], scan: Int64, now: Int64) {
    self.saves = saves
    self.scan = scan
    self.now = now
  }

  /// Stores them.
  consuming func write(
    by writer: CatalogWriter, _ connection: PostgreSQLConnection
  ) throws -> [SaveResult] {
    var batch = self
    try batch.collect(writer)
    try batch.store(writer, connection)
    return batch.results
  }

  // MARK: What is known

  private func knownImages(_ db: Database) throws -> [Int: Known] {
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT wanted.number, i.id, i.gone_at IS NOT NULL, i.created_on, i.updated_on, i.position,
            \(CatalogWriter.wasJudged(before: "CAST(?3 AS BIGINT)"))
          FROM ROWS FROM (unnest(?1::text[]), unnest(?2::text[])) WITH ORDINALITY
            AS wanted(data_store, path, number)
          JOIN images i ON i.data_store = wanted.data_store AND i.path = wanted.path
          """),
      arguments: [
        PostgreSQLText.array(of: saves.map(\.package.record.dataStore)),
        PostgreSQLText.array(of: saves.map(\.package.record.path)), scan,
      ])
    return Dictionary(
      rows.map { row in
        let known = Known(
          id: row[1], isGone: row[2], createdOn: row[3], updatedOn: row[4], position: row[5],
          wasJudged: row[6])
        return ((row[0] as Int) - 1, known)
      }
    ) { first, _ in first }
  }

  // MARK: What is written

  /// Makes the rows of all packages, and notes which findings are new and which are repaired.
  private mutating func collect(_ writer: CatalogWriter) throws {
    let images = try knownImages(writer.db)
    known = images.values.map(\.id).sorted()
    let files = try writer.reader.filesOnServer(of: known)
    let findings = try writer.reader.findingsOnServer(
      of: images.values.filter(\.wasJudged).map(\.id).sorted())
    // As the columns' defaults have it.
    var lastID =
      try Int64.fetchOne(
        writer.db.cachedStatement(sql: "SELECT coalesce(max(id), 0) FROM images")) ?? 0
    var lastPosition = try writer.lastPosition()
    for (number, save) in saves.enumerated() {
      let package = save.package
      if let image = images[number] {
        let (before, kept) = files[image.id] ?? ([], [])
        let hasMoved = CatalogWriter.hasMoved(from: before, to: package.files)
        try add(
          package, id: image.id, position: image.position, createdOn: image.createdOn,
          updatedOn: hasMoved ? package.record.updatedOn : image.updatedOn, keeping: kept)
        results.append(
          SaveResult(
            id: image.id, change: image.isGone ? .returned : hasMoved ? .changed : .unchanged))
        if image.wasJudged, let (rows, repaired) = CatalogWriter.findingsToNote(of: package) {
          try writer.noteFindings(
            of: image.id, from: findings[image.id] ?? [:], to: rows, in: scan, repaired: repaired)
        }
      } else {
        lastID += 1
        lastPosition += 1
        try add(
          package, id: lastID, position: lastPosition, createdOn: package.record.createdOn,
          updatedOn: package.record.updatedOn, keeping: [])
        results.append(SaveResult(id: lastID, change: .added))
      }
    }
  }

  private mutating func add(
    _ package: PackageRow, id: Int64, position: Int64, createdOn: Int64, updatedOn: Int64,
    keeping kept: [KeptDigest]
  ) throws {
    let record = package.record
    rows.images.append([
      id, record.dataStore, record.path, record.name, record.folder, record.label,
      record.isPublic, package.owner, createdOn, updatedOn, position, nil, package.repository,
      package.state.rawValue, package.stateDetail, package.brokenFor,
    ])
    if let facts = package.facts {
      rows.facts.append(facts.row(of: id, rulesVersion: package.rulesVersion))
    }
    for (file, digests) in CatalogWriter.digests(of: package.files, keeping: kept, now: now) {
      rows.files.append(file.row(of: id))
      rows.digests += digests.map { $0.row(of: id) }
    }
    rows.disks += package.disks.enumerated().map { $1.row($0, of: id) }
    rows.findings += package.findings.enumerated().map { $1.row($0, of: id) }
    rows.needs += Set(package.needs.map { ExactName($0.text) }).map { [id, $0.name] }
    rows.verdicts += try CatalogWriter.lastRows(of: id, package.verdicts)
  }

  private func store(_ writer: CatalogWriter, _ connection: PostgreSQLConnection) throws {
    typealias Part = PostgreSQLConnection.Part
    let part = Part.packages("image", known)
    var changes = try connection.replace(
      rows.images, in: .images, part: .packages("id", known))
    for (table, rows) in [
      (Self.facts, rows.facts), (.files, rows.files), (.digests, rows.digests),
      (.disks, rows.disks), (.findings, rows.findings), (.needs, rows.needs),
      (.verdicts, rows.verdicts),
    ] {
      changes += try connection.replace(rows, in: table, part: part)
    }
    try storeFurther(connection)
    try storeUnhashed(connection)
    try storeChanges(connection)
    if changes > 0 { try writer.advance() }
  }

  /// The names of further machines, which the columns of a package do not hold.
  private func storeFurther(_ connection: PostgreSQLConnection) throws {
    let several = saves.contains { ($0.package.facts?.systems ?? 0) > 1 }
    guard several || !known.isEmpty else { return }
    let names = "CASE WHEN systems > 1 THEN \(SearchWords.further(on: .postgresql)) END"
    let ids = PostgreSQLText.array(of: results.map(\.id))
    _ = try connection.execute(
      """
      UPDATE packages SET further = \(names)
      WHERE image = ANY (?::bigint[]) AND (systems > 1 OR further IS NOT NULL)
        AND further IS DISTINCT FROM \(names)
      """, [ids], keeps: true)
  }

  private func storeUnhashed(_ connection: PostgreSQLConnection) throws {
    let pairs = zip(saves, results)
    let unhashed = pairs.filter { $0.0.isUnhashed }.map(\.1.id)
    let others = pairs.filter { !$0.0.isUnhashed && $0.1.change != .added }.map(\.1.id)
    if !unhashed.isEmpty {
      _ = try connection.execute(
        "INSERT INTO unhashed SELECT unnest(?::bigint[]) ON CONFLICT DO NOTHING",
        [PostgreSQLText.array(of: unhashed)], keeps: true)
    }
    if !others.isEmpty {
      _ = try connection.execute(
        "DELETE FROM unhashed WHERE image = ANY (?::bigint[])",
        [PostgreSQLText.array(of: others)], keeps: true)
    }
  }

  private func storeChanges(_ connection: PostgreSQLConnection) throws {
    let changed = results.filter { $0.change != .unchanged }
    guard !changed.isEmpty else { return }
    _ = try connection.execute(
      """
      INSERT INTO scan_changes (scan, image, change)
      SELECT CAST(? AS BIGINT), * FROM unnest(?::bigint[], ?::text[])
      ON CONFLICT (scan, image) DO UPDATE SET change = excluded.change, detail = NULL
      """,
      [
        scan, PostgreSQLText.array(of: changed.map(\.id)),
        PostgreSQLText.array(of: changed.map(\.change.rawValue)),
      ], keeps: true)
  }
}
