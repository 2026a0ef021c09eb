import FoundationEssentials

extension CatalogWriter {
  /// Stores a token by its hash; the token itself is never seen here.
  public func addToken(
    hash: [UInt8], owner: String, name: String, expiresOn: Int64?, now: Int64
  ) throws -> Int64 {
    try db.insert(
      sql: """
        INSERT INTO tokens (hash, owner, name, created_on, expires_on)
        VALUES (?, ?, ?, ?, ?)
        """, arguments: [Data(hash), owner, name, now, expiresOn])
  }

  /// Takes a token's power away for good; false when there is none of that id in force.
  public func revokeToken(_ id: Int64, now: Int64) throws -> Bool {
    try db.execute(
      sql: "UPDATE tokens SET revoked_on = ? WHERE id = ? AND revoked_on IS NULL",
      arguments: [now, id]) > 0
  }

  /// Notes that a token was used.
  public func noteUse(ofToken id: Int64, now: Int64) throws {
    try db.execute(sql: "UPDATE tokens SET last_used_on = ? WHERE id = ?", arguments: [now, id])
  }
}

extension CatalogReader {
  private static let columns =
    "id, owner, name, created_on, expires_on, last_used_on, revoked_on"

  /// The token of a hash, in force or not.
  public func token(hash: [UInt8]) throws -> TokenRow? {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT \(Self.columns) FROM tokens WHERE hash = ?"),
      arguments: [Data(hash)]
    ).map(TokenRow.init)
  }

  /// The tokens of a user, or of all, oldest first.
  public func tokens(owner: String? = nil) throws -> [TokenRow] {
    try Row.fetchAll(
      db,
      sql:
        "SELECT \(Self.columns) FROM tokens WHERE CAST(?1 AS TEXT) IS NULL OR owner = ?1 ORDER BY id",
      arguments: [owner]
    ).map(TokenRow.init)
  }
}

extension TokenRow {
  fileprivate init(_ row: Row) {
    self.init(
      id: row[0], owner: row[1], name: row[2], createdOn: row[3], expiresOn: row[4],
      lastUsedOn: row[5], revokedOn: row[6])
  }
}
