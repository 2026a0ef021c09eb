/// The whole catalog in numbers at the end of a scan.
public struct ScanTotals: Hashable, Sendable {
  /// The scan.
  public var scan: Int64
  /// The time at which it ended, in seconds since 1970.
  public var finishedOn: Int64
  /// The number of packages.
  public var packages: Int
  /// Bytes of all packages.
  public var bytes: Int64
  /// Findings that are errors.
  public var errors: Int
  /// Findings that are warnings.
  public var warnings: Int
  /// Packages that were read, if only in part, and have an error.
  public var withErrors: Int
  /// The number of packages that could not be read.
  public var unreadable: Int

  /// Makes totals from their parts.
  public init(
    scan: Int64, finishedOn: Int64, packages: Int, bytes: Int64, errors: Int, warnings: Int,
    withErrors: Int = 0, unreadable: Int = 0
  ) {
    self.scan = scan
    self.finishedOn = finishedOn
    self.packages = packages
    self.bytes = bytes
    self.errors = errors
    self.warnings = warnings
    self.withErrors = withErrors
    self.unreadable = unreadable
  }
}

extension CatalogWriter {
  private static let totalsUpsert = StatementText.upsert(
    "scan_totals", key: ["scan"],
    ["packages", "bytes", "errors", "warnings", "with_errors", "unreadable"])

  /// Keeps what the whole catalog is at the end of a scan.
  func noteTotals(of scan: Int64) throws {
    let sums = try reader.catalogSums()
    try db.execute(
      sql: Self.totalsUpsert,
      arguments: [
        scan, sums.packages, sums.bytes, sums.errors, sums.warnings, sums.withErrors,
        sums.unreadable,
      ])
  }
}

extension CatalogReader {
  /// The totals of the last scans that changed any of them, and of the last scan that ended; the
  /// oldest first.
  /// - Parameter limit: the most that are returned.
  public func scanTotals(limit: Int) throws -> [ScanTotals] {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT t.scan, s.finished_on, t.packages, t.bytes, t.errors, t.warnings, t.with_errors,
          t.unreadable
        FROM scan_totals t JOIN scans s ON s.id = t.scan
        WHERE s.finished_on IS NOT NULL ORDER BY t.scan DESC
        """)
    var newest: [ScanTotals] = []
    // Of scans with the same totals the first is kept: it made them so.
    while let row = try rows.next() {
      let totals = ScanTotals(
        scan: row[0], finishedOn: row[1], packages: row[2], bytes: row[3], errors: row[4],
        warnings: row[5], withErrors: row[6], unreadable: row[7])
      if newest.count > 1, let last = newest.last, last.hasSameNumbers(as: totals) {
        newest[newest.count - 1] = totals
      } else if newest.count < limit {
        newest.append(totals)
      } else {
        break
      }
    }
    return newest.reversed()
  }
}

extension ScanTotals {
  fileprivate func hasSameNumbers(as other: ScanTotals) -> Bool {
    packages == other.packages && bytes == other.bytes && errors == other.errors
      && warnings == other.warnings && withErrors == other.withErrors
      && unreadable == other.unreadable
  }
}
