/// A finding that a scan met for the first time in a package known before, or no longer.
public struct FindingChange: Hashable, Sendable {
  /// The package.
  public var id: Int64
  /// Its datastore path.
  public var path: String
  public var rule: String
  public var severity: String
  public var file: String
  public var message: String
  /// True if it is there now; else it was before.
  public var isNew: Bool
}

extension CatalogWriter {
  /// The identity of a finding, which stays when lines move.
  private struct Key: Hashable {
    let rule: String
    let file: String
    let message: String
  }

  /// Notes which findings of a package are new in a scan and which are no longer there, before they
  /// are replaced. Only of packages that were judged before and are now: in one that cannot be read,
  /// or is broken, nothing has been repaired.
  func noteFindings(of id: Int64, becoming package: PackageRow, in scan: Int64?) throws {
    switch package.state {
    case .changing, .unreadable: return
    case .broken:
      try noteFindings(of: id, becoming: package.findings, in: scan, repaired: false)
    case .whole, .waiting, .truncated:
      guard package.facts != nil else { return }
      try noteFindings(of: id, becoming: package.findings, in: scan)
    }
  }

  /// - Parameter repaired: whether findings that are no longer there count as repaired.
  func noteFindings(
    of id: Int64, becoming findings: [FindingRow], in scan: Int64?, repaired: Bool = true
  ) throws {
    guard let scan, try wasJudged(id, before: scan) else { return }
    let before = try Row.fetchAll(
      db.cachedStatement(
        sql: "SELECT rule, file, message, severity FROM findings WHERE image = ?"),
      arguments: [id])
    var old: [Key: String] = [:]
    for row in before { old[Key(rule: row[0], file: row[1], message: row[2])] = row[3] }
    var new: [Key: String] = [:]
    for finding in findings {
      let key = Key(rule: finding.rule, file: finding.file, message: finding.message)
      new[key] = finding.severity
    }
    for (key, severity) in new where old[key] == nil {
      try note(key, severity, "new", of: id, in: scan)
    }
    for (key, severity) in old where repaired && new[key] == nil {
      try note(key, severity, "fixed", of: id, in: scan)
    }
  }

  private func wasJudged(_ id: Int64, before scan: Int64) throws -> Bool {
    try Int.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT 1 FROM images i JOIN packages p ON p.image = i.id
          WHERE i.id = ?1 AND i.gone_at IS NULL AND i.state IN ('whole', 'waiting', 'truncated')
            AND NOT EXISTS (SELECT 1 FROM scan_changes c WHERE c.scan = ?2 AND c.image = ?1
              AND c.change IN ('added', 'returned', 'renamed'))
          """), arguments: [id, scan]) != nil
  }

  /// Notes the change of a finding. One look of a scan may bring back a finding that another took
  /// away: findings that need digests come after those of the descriptor.
  private func note(
    _ key: Key, _ severity: String, _ change: String, of id: Int64, in scan: Int64
  ) throws {
    let taken = try db.cachedStatement(
      sql: """
        DELETE FROM scan_findings
        WHERE scan = ? AND image = ? AND rule = ? AND file = ? AND message = ? AND change <> ?
        """
    ).execute(arguments: [scan, id, key.rule, key.file, key.message, change])
    guard taken == 0 else { return }
    try db.cachedStatement(
      sql: "INSERT INTO scan_findings VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
    ).execute(arguments: [scan, id, key.rule, key.file, key.message, severity, change])
  }
}

extension CatalogReader {
  /// Errors and warnings that are not as they were after one scan (`?1`), up to and with another
  /// (`?2`): the first thing that became of them is the change asked for, and it still stands.
  private func standing(_ new: Bool) -> String {
    """
    FROM scan_findings c JOIN images i ON i.id = c.image
    WHERE c.scan > ?1 AND c.scan <= ?2 AND c.change = '\(new ? "new" : "fixed")'
      AND c.severity <> 'info' AND i.gone_at IS NULL
      AND \(new ? "" : "NOT ")EXISTS (SELECT 1 FROM findings f WHERE f.image = c.image
        AND f.rule = c.rule AND f.file = c.file AND f.message = c.message)
      AND NOT EXISTS (SELECT 1 FROM scan_findings e WHERE e.scan > ?1 AND e.scan < c.scan
        AND e.image = c.image AND e.rule = c.rule AND e.file = c.file AND e.message = c.message)
    """
  }

  /// Counts the errors and warnings that came or went after one scan, up to and with another, and are
  /// still there or still gone.
  public func findingChangeCount(after first: Int64, upTo last: Int64, new: Bool) throws -> Int {
    try Int.fetchOne(
      db, sql: "SELECT count(DISTINCT c.image || c.rule || c.file || c.message) \(standing(new))",
      arguments: [first, last]) ?? 0
  }

  /// These errors and warnings, errors first, then by path.
  public func findingChanges(
    after first: Int64, upTo last: Int64, new: Bool, limit: Int
  ) throws -> [FindingChange] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT DISTINCT i.id, i.path, c.rule, c.severity, c.file, c.message,
          c.severity = 'warning' AS is_warning
        \(standing(new))
        ORDER BY is_warning, i.path, c.rule, c.file, c.message LIMIT ?3
        """, arguments: [first, last, limit]
    ).map {
      FindingChange(
        id: $0[0], path: $0[1], rule: $0[2], severity: $0[3], file: $0[4], message: $0[5],
        isNew: new)
    }
  }
}
