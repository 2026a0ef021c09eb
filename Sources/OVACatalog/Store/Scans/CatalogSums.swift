/// A catalog in numbers: how many packages of which state and health, and their bytes.
public struct CatalogSums: Hashable, Sendable {
  /// The number of packages.
  public var packages = 0
  /// Bytes of all packages.
  public var bytes: Int64 = 0
  /// Findings that are errors.
  public var errors = 0
  /// Findings that are warnings.
  public var warnings = 0
  /// Packages that were read, if only in part, and have an error; those that are broken, too.
  public var withErrors = 0
  /// Packages that were read and have warnings and no error.
  public var withWarnings = 0
  /// Packages that were read and have neither.
  public var sound = 0
  /// Packages that the machine could not read.
  public var unreadable = 0
  /// Packages in the making, or waiting for a file, without an error so far.
  public var unsettled = 0

  /// Nothing.
  public init() {}
}

/// A folder's packages in numbers.
public struct FolderSums: Hashable, Sendable {
  /// The datastore path, without the slash at its end.
  public var path: String
  /// The number of packages.
  public var packages = 0
  /// The number of packages with errors.
  public var withErrors = 0
  /// The number of packages with warnings and no errors.
  public var withWarnings = 0
  /// The number of packages that could not be read.
  public var unreadable = 0
  /// Bytes of its packages.
  public var bytes: Int64 = 0

  /// A folder without packages.
  public init(path: String) { self.path = path }
}

/// A value and the number of its occurrences.
public struct ValueCount: Hashable, Sendable {
  /// Nil where nothing was said.
  public var value: String?
  /// The number of packages.
  public var count: Int
}

extension CatalogReader {
  /// One row a package that is there, with its size and how much was found in it. What files and
  /// findings add up to is joined, so that each is read once however often a query names it. A
  /// package's own row has its document, so that it lies on a page of its own: it is asked only for
  /// what has no file.
  private static let sums = """
    WITH sums AS (
      SELECT i.id, i.path, i.data_store, i.parent, i.state, i.updated_on,
        coalesce(
          f.size_bytes, (SELECT p.size_bytes FROM packages p WHERE p.image = i.id), 0) AS size,
        coalesce(g.errors, 0) AS errors, coalesce(g.warnings, 0) AS warnings
      FROM images i
      LEFT JOIN (
        SELECT image, sum(size_bytes) AS size_bytes FROM files WHERE member = 0 GROUP BY image
        ) f ON f.image = i.id
      LEFT JOIN (
        SELECT image, count(*) FILTER (WHERE severity = 'error') AS errors,
          count(*) FILTER (WHERE severity = 'warning') AS warnings
        FROM findings GROUP BY image) g ON g.image = i.id
      WHERE i.gone_at IS NULL)
    """

  /// The catalog in numbers.
  public func catalogSums() throws -> CatalogSums {
    let row = try Row.fetchOne(
      db,
      sql: """
        \(Self.sums)
        SELECT count(*), \(db.engine.total("size")), coalesce(sum(errors), 0), coalesce(sum(warnings), 0),
          count(*) FILTER (WHERE state <> 'unreadable' AND errors > 0),
          count(*) FILTER (WHERE state = 'whole' AND errors = 0 AND warnings > 0),
          count(*) FILTER (WHERE state = 'whole' AND errors = 0 AND warnings = 0),
          count(*) FILTER (WHERE state = 'unreadable'),
          count(*) FILTER (
            WHERE state IN ('changing', 'waiting', 'truncated') AND errors = 0)
        FROM sums
        """)
    var sums = CatalogSums()
    guard let row else { return sums }
    sums.packages = row[0]
    sums.bytes = Int64(exactly: (row[1] as Double).rounded()) ?? .max
    sums.errors = row[2]
    sums.warnings = row[3]
    sums.withErrors = row[4]
    sums.withWarnings = row[5]
    sums.sound = row[6]
    sums.unreadable = row[7]
    sums.unsettled = row[8]
    return sums
  }

  /// Hands over each folder that packages lie in directly, by data store and path.
  public func forEachFolder(_ body: (_ dataStore: String, FolderSums) throws -> Void) throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        \(Self.sums)
        SELECT data_store, parent, count(*),
          count(*) FILTER (WHERE state <> 'unreadable' AND errors > 0),
          count(*) FILTER (WHERE state = 'whole' AND errors = 0 AND warnings > 0),
          count(*) FILTER (WHERE state = 'unreadable'), \(db.engine.total("size"))
        FROM sums GROUP BY data_store, parent ORDER BY data_store, parent
        """)
    while let row = try rows.next() {
      var folder = FolderSums(path: row[1])
      folder.packages = row[2]
      folder.withErrors = row[3]
      folder.withWarnings = row[4]
      folder.unreadable = row[5]
      folder.bytes = Int64(exactly: (row[6] as Double).rounded()) ?? .max
      try body(row[0], folder)
    }
  }

  /// The ids of packages, those first that need attention: what cannot be read or is broken,
  /// errors, what is in the making, warnings; then what a scan after `scan` changed, then the rest.
  public func packagesByNeed(changedAfter scan: Int64, limit: Int) throws -> [Int64] {
    try Int64.fetchAll(
      db,
      sql: """
        \(Self.sums)
        SELECT id FROM sums
        ORDER BY CASE WHEN state IN ('unreadable', 'broken') THEN 0 WHEN errors > 0 THEN 1
            WHEN state <> 'whole' THEN 2 WHEN warnings > 0 THEN 3
            WHEN EXISTS (SELECT 1 FROM scan_changes c WHERE c.image = sums.id AND c.scan > ?)
              THEN 4 ELSE 5 END,
          errors DESC, warnings DESC, path, id
        LIMIT ?
        """, arguments: [scan, limit])
  }

  /// The columns whose values can be counted.
  public enum Countable: String, Sendable {
    case guestSystem = "p.guest_system"
    case hardwareFamily = "p.hardware_family"
    case diskFormat = "d.format"
  }

  /// Counts the occurrences of each value, the most frequent first.
  public func counts(of countable: Countable) throws -> [ValueCount] {
    let table = countable == .diskFormat ? "disks d ON d.image" : "packages p ON p.image"
    return try Row.fetchAll(
      db,
      sql: """
        SELECT nullif(\(countable.rawValue), '') AS value, count(*)
        FROM images i JOIN \(table) = i.id WHERE i.gone_at IS NULL
        GROUP BY value ORDER BY count(*) DESC, value NULLS FIRST
        """
    ).map { ValueCount(value: $0[0], count: $0[1]) }
  }

  /// Counts the packages that have a size below each of the bounds and not below the one before,
  /// and how many have a size above them all.
  public func sizeClasses(_ bounds: [Int64]) throws -> [Int] {
    try classes(of: "size", bounds, "\(Self.sums) SELECT size FROM sums")
  }

  /// Counts the packages that last changed before each of the instants and not before the one before
  /// it, and how many after them all.
  public func updateClasses(_ bounds: [Int64]) throws -> [Int] {
    try classes(of: "updated_on", bounds, "SELECT updated_on FROM images WHERE gone_at IS NULL")
  }

  /// Returns the time of the last change of a package, in seconds since 1970; nil when there is
  /// none.
  public func newestUpdate() throws -> Int64? {
    try Int64.fetchOne(db, sql: "SELECT max(updated_on) FROM images WHERE gone_at IS NULL")
  }

  private func classes(
    of column: String, _ bounds: [Int64], _ values: String
  ) throws -> [Int] {
    let cases = bounds.enumerated().map { "WHEN \(column) < \($1) THEN \($0)" }
      .joined(separator: " ")
    var counts = Array(repeating: 0, count: bounds.count + 1)
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT CASE \(cases) ELSE \(bounds.count) END AS class, count(*)
        FROM (\(values)) AS packages GROUP BY class
        """)
    for row in rows { counts[row[0]] = row[1] }
    return counts
  }
}
