/// Numbers of packages by state, and of findings by severity.
public struct CatalogHealth: Hashable, Sendable {
  /// Packages by state; states that none is in are left out.
  public var states: [PackageRow.State: Int] = [:]
  /// Findings that are errors.
  public var errors = 0
  /// Findings that are warnings.
  public var warnings = 0

  /// No packages.
  public init() {}
}

extension CatalogReader {
  /// Counts the packages of repositories by state, and their findings by severity.
  public func health(of repositories: [Int64]) throws -> CatalogHealth {
    var health = CatalogHealth()
    for repository in repositories {
      let states = try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT state, count(*) FROM images WHERE repository = ? AND gone_at IS NULL
            GROUP BY state
            """), arguments: [repository])
      for row in states {
        guard let state = PackageRow.State(rawValue: row[0]) else { continue }
        health.states[state, default: 0] += row[1] as Int
      }
      let findings = try Row.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT count(*) FILTER (WHERE f.severity = 'error'),
              count(*) FILTER (WHERE f.severity = 'warning')
            FROM images i JOIN findings f ON f.image = i.id
            WHERE i.repository = ? AND i.gone_at IS NULL
            """), arguments: [repository])
      health.errors += findings?[0] ?? 0
      health.warnings += findings?[1] ?? 0
    }
    return health
  }
}
