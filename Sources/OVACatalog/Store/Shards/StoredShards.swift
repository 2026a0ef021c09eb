import FoundationEssentials
public import OVABasics

/// A part of a run of scans that a catalog keeps until all parts of the run are there.
public struct StoredShard: Hashable, Sendable {
  /// The name that all parts of the run share.
  public var run: String
  /// The part, from 0.
  public var number: Int
  /// The number of parts that the run has.
  public var count: Int
  /// The start of the scan of the part, in seconds since 1970.
  public var startedOn: Int64
  /// Stands for the descriptions of what was scanned: equal ones are of the same repositories.
  public var repositories: String
  /// Bytes.
  public var size: Int64
  /// True if the run is in the catalog; then the bytes of its parts are no longer kept.
  public var isMerged: Bool
  /// Differs between all attempts of the part.
  let attempt: Int64

  /// Makes a part that is to be stored.
  public init(
    run: String, number: Int, count: Int, startedOn: Int64, repositories: String, size: Int64
  ) {
    self.run = run
    self.number = number
    self.count = count
    self.startedOn = startedOn
    self.repositories = repositories
    self.size = size
    isMerged = false
    attempt = Int64.random(in: 0 ... .max)
  }

  fileprivate init(_ row: Row) {
    run = row[0]
    number = row[1]
    count = row[2]
    startedOn = row[3]
    repositories = row[4]
    size = row[5]
    isMerged = row[6]
    attempt = row[7]
  }

  /// Bytes that are stored and read at once; only the last piece is shorter.
  public static let pieceSize = 1 << 20
}

/// Parts of runs are kept by catalogs on a server, which all who scan them reach.
extension CatalogStore {
  /// The parts of a run that are there, by their numbers.
  public func shards(of run: String) throws(CatalogError) -> [StoredShard] {
    try read { reader in
      guard reader.db.engine == .postgresql else { return [] }
      return try Row.fetchAll(
        reader.db.statement(
          sql: """
            SELECT run, number, parts, started_on, repositories, size_bytes, merged, attempt
            FROM shards WHERE run = ? ORDER BY number
            """), arguments: [run]
      ).map(StoredShard.init)
    }
  }

  /// Stores a part of a run: all of it, or nothing.
  /// - Parameters:
  ///   - replaces: whether the part of an earlier attempt is replaced, unless the run is merged.
  ///   - next: the next bytes, of any number; nil at the end.
  /// - Returns: false where the part is there already.
  public func store(
    _ shard: StoredShard, replaces: Bool, _ next: () throws -> [UInt8]?
  ) throws(CatalogError) -> Bool {
    do {
      guard case .server(let server) = keeper else { return false }
      // Parts are written at the same time: none has to do with another one.
      return try server.writeApart { connection in
        try Self.store(shard, replaces: replaces, connection, next)
      }
    } catch {
      throw StoreFailure.explained(error, doing: "store the shard", path: path)
    }
  }

  private static func store(
    _ shard: StoredShard, replaces: Bool, _ connection: PostgreSQLConnection,
    _ next: () throws -> [UInt8]?
  ) throws -> Bool {
    if replaces {
      _ = try connection.execute(
        "DELETE FROM shards WHERE run = ? AND number = ? AND merged = 0",
        [shard.run, shard.number], keeps: false)
    }
    let isNew = try connection.execute(
      """
      INSERT INTO shards (run, number, parts, started_on, repositories, size_bytes, attempt)
      VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
      """,
      [
        shard.run, shard.number, shard.count, shard.startedOn, shard.repositories, shard.size,
        shard.attempt,
      ], keeps: false)
    guard isNew.changes == 1 else { return false }
    var held: [UInt8] = []
    var number = 0
    var isAtEnd = false
    try connection.copyIn("COPY shard_pieces (attempt, number, bytes) FROM STDIN") {
      while !isAtEnd, held.count < StoredShard.pieceSize {
        if let more = try next() { held += more } else { isAtEnd = true }
      }
      guard !held.isEmpty else { return nil }
      let piece = Data(held.prefix(StoredShard.pieceSize))
      held.removeFirst(piece.count)
      var line: [UInt8] = []
      try PostgreSQLText.appendRow([shard.attempt, number, piece], to: &line)
      number += 1
      return line
    }
    return true
  }

  /// A piece of a part, counted from 0; nil where it is not there, or was replaced.
  public func piece(_ number: Int, of shard: StoredShard) throws(CatalogError) -> [UInt8]? {
    try read { reader in
      try Data.fetchOne(
        reader.db.cachedStatement(
          sql: "SELECT bytes FROM shard_pieces WHERE attempt = ? AND number = ?"),
        arguments: [shard.attempt, number]
      ).map(Array.init)
    }
  }

  /// Days for which the parts are kept of a run that was never completed.
  private static let daysKept: Int64 = 7

  /// Notes that a run is in the catalog: the bytes of its parts are no longer needed. Of earlier runs
  /// over the same repositories nothing is kept that is in the catalog, or has waited for days.
  public func finishRun(of shards: [StoredShard]) throws(CatalogError) {
    guard let first = shards.first else { return }
    let started = shards.map(\.startedOn).min() ?? first.startedOn
    try write { writer in
      try writer.db.execute(
        sql: """
          DELETE FROM shards WHERE run <> ? AND repositories = ?
            AND started_on <= CASE merged WHEN 1 THEN CAST(? AS BIGINT) ELSE CAST(? AS BIGINT) END
          """,
        arguments: [
          first.run, first.repositories, started, started - Self.daysKept * 86_400,
        ])
      try writer.db.execute(
        sql: "DELETE FROM shard_pieces WHERE attempt IN (SELECT attempt FROM shards WHERE run = ?)",
        arguments: [first.run])
      try writer.db.execute(
        sql: "UPDATE shards SET merged = 1 WHERE run = ?", arguments: [first.run])
    }
  }
}
