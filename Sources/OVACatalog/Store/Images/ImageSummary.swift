/// The facts about an image that lists show beside its record.
public struct ImageSummary: Hashable, Sendable {
  /// The state of the package.
  public var state: PackageRow.State
  /// The product, as the descriptor names it.
  public var product: String?
  /// The version of the product.
  public var version: String?
  /// The vendor of the product.
  public var vendor: String?
  /// The guest system.
  public var guestSystem: String?
  /// Bytes of all the package's files; nil when it was never scanned.
  public var size: Int64?
  /// Findings that are errors.
  public var errors: Int
  /// Findings that are warnings.
  public var warnings: Int

  /// The verdicts of targets that it was judged for.
  public var verdicts: [String] = []

  /// Makes a summary from its parts.
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
  /// Reads the summaries of images, by id; ids of no image are left out.
  public func summaries(of ids: [Int64]) throws -> [Int64: ImageSummary] {
    guard !ids.isEmpty else { return [:] }
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT i.id, i.state, p.product, p.version, p.vendor, p.guest_system, p.size_bytes,
            (SELECT count(*) FROM findings f WHERE f.image = i.id AND f.severity = 'error'),
            (SELECT count(*) FROM findings f WHERE f.image = i.id AND f.severity = 'warning')
          FROM images i LEFT JOIN packages p ON p.image = i.id
          WHERE i.id IN (\(StatementText.marks(ids.count)))
          """), arguments: Arguments(ids))
    var summaries: [Int64: ImageSummary] = [:]
    while let row = try rows.next() {
      summaries[row[0]] = ImageSummary(
        state: PackageRow.State(rawValue: row[1]) ?? .unreadable, product: row[2],
        version: row[3], vendor: row[4], guestSystem: row[5], size: row[6], errors: row[7],
        warnings: row[8])
    }
    for (id, verdicts) in try verdictWords(of: ids) {
      summaries[id]?.verdicts = verdicts
    }
    return summaries
  }
}
