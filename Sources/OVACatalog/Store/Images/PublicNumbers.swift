/// Numbers that may be shown to everybody: of the packages that everybody sees, and of the
/// catalog's own work. One user's private packages are in none of these numbers.
public struct PublicNumbers: Hashable, Sendable {
  /// Public packages by state; every state is there.
  public var packages: [PackageRow.State: Int] = [:]
  /// Findings in public packages by severity.
  public var findings: [String: Int] = ["error": 0, "warning": 0, "info": 0]
  /// Public packages whose digests are still to be computed.
  public var waitingForDigests = 0
  /// Sync requests that are not done.
  public var waitingSyncs = 0
  /// Letters that are not sent.
  public var waitingLetters = 0
  /// The time at which the last scan that ended began, in seconds since 1970; nil when none has
  /// ended.
  public var lastScanStartedOn: Int64?
  /// The time at which it ended, in seconds since 1970.
  public var lastScanFinishedOn: Int64?
}

extension CatalogReader {
  /// The numbers as they are now.
  public func publicNumbers() throws -> PublicNumbers {
    var numbers = PublicNumbers()
    for state in PackageRow.State.allCases { numbers.packages[state] = 0 }
    let states = try Row.fetchCursor(
      db,
      sql: """
        SELECT state, count(*) FROM images WHERE public = 1 AND gone_at IS NULL GROUP BY state
        """)
    while let row = try states.next() {
      if let state = PackageRow.State(rawValue: row[0]) { numbers.packages[state] = row[1] }
    }
    let findings = try Row.fetchCursor(
      db,
      sql: """
        SELECT f.severity, count(*) FROM findings f JOIN images i ON i.id = f.image
        WHERE i.public = 1 AND i.gone_at IS NULL GROUP BY f.severity
        """)
    while let row = try findings.next() { numbers.findings[row[0]] = row[1] }
    func count(_ sql: String) throws -> Int { try Int.fetchOne(db, sql: sql) ?? 0 }
    numbers.waitingForDigests = try count(
      """
      SELECT count(*) FROM unhashed u JOIN images i ON i.id = u.image
      WHERE i.public = 1 AND i.gone_at IS NULL
      """)
    numbers.waitingSyncs = try count(
      """
      SELECT count(*) FROM sync_requests WHERE status NOT IN ('PROCESSED', 'ERROR', 'CANCELLED')
      """)
    numbers.waitingLetters = try letterCount()
    let scan = try Row.fetchOne(
      db,
      sql: """
        SELECT started_on, finished_on FROM scans WHERE finished_on IS NOT NULL
        ORDER BY id DESC LIMIT 1
        """)
    if let scan {
      numbers.lastScanStartedOn = scan[0]
      numbers.lastScanFinishedOn = scan[1]
    }
    return numbers
  }
}
