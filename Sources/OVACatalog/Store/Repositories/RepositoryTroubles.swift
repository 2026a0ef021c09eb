/// A package of a repository that is not as it should be: what its state or one finding says.
public struct PackageTrouble: Hashable, Sendable {
  /// The datastore path.
  public let path: String
  /// The state of the package.
  public let state: PackageRow.State
  /// The reason for the state.
  public let stateDetail: String?
  /// An error or a warning that the rules found; nil when only the state tells of trouble.
  public let finding: Finding?

  /// A finding.
  public struct Finding: Hashable, Sendable {
    /// The id of the rule.
    public let rule: String
    /// `error` or `warning`.
    public let severity: String
    /// The file, as seen from the package's folder.
    public let file: String
    /// The line in the file, from 1.
    public let line: Int?
    /// The message.
    public let message: String
  }
}

extension CatalogReader {
  /// Hands over the errors and warnings of the packages of a repository that are not whole or have
  /// an error, by path, each of these packages at least once; `body` says whether to go on.
  public func forEachTrouble(
    repository: Int64, _ body: (PackageTrouble) throws -> Bool
  ) throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT i.path, i.state, i.state_detail, f.rule, f.severity, f.file, f.line, f.message
        FROM images i LEFT JOIN findings f
          ON f.image = i.id AND f.severity IN ('error', 'warning')
        WHERE i.repository = ? AND i.gone_at IS NULL
          AND (i.state <> 'whole' OR EXISTS (SELECT 1 FROM findings e
            WHERE e.image = i.id AND e.severity = 'error'))
        ORDER BY i.path, i.id, f.severity, f.number
        """, arguments: [repository])
    while let row = try rows.next() {
      let rule: String? = row[3]
      let trouble = PackageTrouble(
        path: row[0], state: PackageRow.State(rawValue: row[1]) ?? .unreadable,
        stateDetail: row[2],
        finding: rule.map {
          PackageTrouble.Finding(
            rule: $0, severity: row[4], file: row[5], line: row[6], message: row[7])
        })
      guard try body(trouble) else { return }
    }
  }
}
