internal import GRDB

/// What is worth knowing of an image beside its record, at a glance.
public struct Glance: Hashable, Sendable {
  public var state: PackageRow.State
  public var product: String?
  public var version: String?
  public var vendor: String?
  public var guestSystem: String?
  /// Bytes of all the package's files; nil when it was never scanned.
  public var size: Int64?
  /// Findings that are errors.
  public var errors: Int
  /// Findings that are warnings.
  public var warnings: Int

  /// Makes a glance from its parts.
  public init(
    state: PackageRow.State, product: String? = nil, version: String? = nil,
    vendor: String? = nil, guestSystem: String? = nil, size: Int64? = nil, errors: Int,
    warnings: Int
  ) {
    self.state = state
    self.product = product
    self.version = version
    self.vendor = vendor
    self.guestSystem = guestSystem
    self.size = size
    self.errors = errors
    self.warnings = warnings
  }
}

extension CatalogReader {
  /// Glances at images, by id; ids of none are left out.
  public func glances(of ids: [Int64]) throws -> [Int64: Glance] {
    let marks = repeatElement("?", count: ids.count).joined(separator: ",")
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT i.id, i.state, p.product, p.version, p.vendor, p.guest_system, p.size_bytes,
            (SELECT count(*) FROM findings f WHERE f.image = i.id AND f.severity = 'error'),
            (SELECT count(*) FROM findings f WHERE f.image = i.id AND f.severity = 'warning')
          FROM images i LEFT JOIN packages p ON p.image = i.id WHERE i.id IN (\(marks))
          """), arguments: StatementArguments(ids))
    var glances: [Int64: Glance] = [:]
    while let row = try rows.next() {
      glances[row[0]] = Glance(
        state: PackageRow.State(rawValue: row[1]) ?? .unreadable, product: row[2],
        version: row[3], vendor: row[4], guestSystem: row[5], size: row[6], errors: row[7],
        warnings: row[8])
    }
    return glances
  }
}
