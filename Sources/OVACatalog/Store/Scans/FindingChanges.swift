/// A finding that a scan met for the first time in a package known before, or no longer.
public struct FindingChange: Hashable, Sendable {
  /// The package.
  public var id: Int64
  /// Its datastore path.
  public var path: String
  /// The id of the rule.
  public var rule: String
  /// The severity.
  public var severity: String
  /// The file that it is about.
  public var file: String
  /// The message.
  public var message: String
  /// True if it is there now; else it was before.
  public var isNew: Bool
}

extension CatalogWriter {
  /// The identity of a finding, which stays when lines move.
  struct FindingKey: Hashable {
    let rule: String
    let file: String
    let message: String
  }

  /// The findings by which those of a package are replaced, and whether those that are no longer
  /// there count as repaired; nil where it tells nothing of them. In a package that cannot be read,
  /// or is broken, nothing has been repaired.
  static func findingsToNote(of package: PackageRow) -> (rows: [FindingRow], repaired: Bool)? {
    switch package.state {
    case .changing, .unreadable: nil
    case .broken: (package.findings, false)
    case .whole, .waiting, .truncated: package.facts == nil ? nil : (package.findings, true)
    }
  }

  /// Notes which findings of a package are new in a scan and which are no longer there, before they
  /// are replaced. Only of packages that were judged before and are now.
  func noteFindings(of id: Int64, becoming package: PackageRow, in scan: Int64?) throws {
    guard let findings = Self.findingsToNote(of: package) else { return }
    try noteFindings(
      of: id, becoming: findings.rows, in: scan, repaired: findings.repaired)
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
    var old: [FindingKey: String] = [:]
    for row in before { old[FindingKey(row)] = row[3] }
    try noteFindings(of: id, from: old, to: findings, in: scan, repaired: repaired)
  }

  /// - Parameter old: the severities of the findings of before.
  func noteFindings(
    of id: Int64, from old: [FindingKey: String], to findings: [FindingRow], in scan: Int64,
    repaired: Bool
  ) throws {
    var new: [FindingKey: String] = [:]
    for finding in findings { new[FindingKey(finding)] = finding.severity }
    for (key, severity) in new where old[key] == nil {
      try note(key, severity, "new", of: id, in: scan)
    }
    for (key, severity) in old where repaired && new[key] == nil {
      try note(key, severity, "fixed", of: id, in: scan)
    }
  }

  /// Returns the condition that a package (`i`) was judged before a scan, and not first by it.
  static func wasJudged(before scan: String) -> String {
    """
    i.gone_at IS NULL AND i.state IN ('whole', 'waiting', 'truncated')
      AND EXISTS (SELECT 1 FROM packages p WHERE p.image = i.id)
      AND NOT EXISTS (SELECT 1 FROM scan_changes c WHERE c.scan = \(scan) AND c.image = i.id
        AND c.change IN ('added', 'returned', 'renamed'))
    """
  }

  private func wasJudged(_ id: Int64, before scan: Int64) throws -> Bool {
    try Int.fetchOne(
      db.cachedStatement(
        sql: "SELECT 1 FROM images i WHERE i.id = ?1 AND \(Self.wasJudged(before: "?2"))"),
      arguments: [id, scan]) != nil
  }

  /// Notes the change of a finding. One look of a scan may bring back a finding that another took
  /// away: findings that need digests come after those of the descriptor.
  private func note(
    _ key: FindingKey, _ severity: String, _ change: String, of id: Int64, in scan: Int64
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

extension CatalogWriter.FindingKey {
  /// Takes rule, file and message, in this order.
  init(_ row: Row) { self.init(rule: row[0], file: row[1], message: row[2]) }

  init(_ finding: FindingRow) {
    self.init(rule: finding.rule, file: finding.file, message: finding.message)
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
