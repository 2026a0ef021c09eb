import OVABasics
import OVAConcurrency
import Synchronization

/// A catalog on a PostgreSQL server.
///
/// Any number of processes on any number of machines read while one writes: those who write take
/// turns, by a lock on the server, so that ids and places follow one another as in a file.
final class PostgreSQLCatalog: Sendable {
  /// The URL without its password.
  let place: String
  private let address: PostgreSQLAddress
  private let library: PostgreSQLLibrary
  private let patience: Double
  private let connections = Mutex(Connections())
  /// Those who read at a time.
  private let readers = ConcurrencyLimit(mostReaders)
  /// The threads of those who wait without one.
  private let pool = WorkPool(name: "postgresql", threads: mostReaders)
  /// Asks for versions alone, so that it waits for nobody's query.
  private let versionPool = WorkPool(name: "pg-version", threads: 1)
  private let versionConnection = Mutex<PostgreSQLConnection?>(nil)
  private let versionAskers = Mutex(VersionAskers())
  /// Differs between all openings there ever are.
  private let opening = UInt64.random(in: .min ... .max)

  private static let mostReaders = 8
  /// Nanoseconds for which nobody tries again to connect to a server that could not be reached.
  private static let pause: UInt64 = 500_000_000

  private struct Connections {
    var idle: [PostgreSQLConnection] = []
    var failure: (any Error)?
    var failedAt: UInt64 = 0
    var isClosed = false
  }

  /// Those who wait for the next reading of the version, which is one for all of them.
  private struct VersionAskers {
    var waiting: [CheckedContinuation<DataVersion?, Never>] = []
    var isRead = false
  }

  /// Opens a catalog and brings its tables up to date.
  init(_ address: PostgreSQLAddress, _ options: CatalogStore.Options) throws {
    self.address = address
    place = address.shown
    patience = options.patience
    if let fault = address.fault {
      throw StoreFailure.error(
        .missing, "open the catalog", place, fault,
        fix: "write '@' and '/' in a password as '%40' and '%2F'")
    }
    library = try PostgreSQLLibrary.shared(for: place)
    try withConnection { connection in
      try PostgreSQLMigration(connection: connection, place: place)
        .run(creates: options.creates && !options.readsOnly, writes: !options.readsOnly)
    }
  }

  // MARK: Connections

  private func connect() throws -> PostgreSQLConnection {
    let failure = connections.withLock { connections in
      MonotonicClock.now &- connections.failedAt < Self.pause ? connections.failure : nil
    }
    if let failure { throw failure }
    do {
      let connection = try PostgreSQLConnection(address, library, patience: patience)
      connections.withLock { $0.failure = nil }
      return connection
    } catch {
      connections.withLock { connections in
        connections.failure = error
        connections.failedAt = MonotonicClock.now
      }
      throw error
    }
  }

  /// Does work on a connection that nobody else has meanwhile. One that stood idle may have been
  /// lost: the work is begun again on a new one then, unless it says that it must not be.
  private func withConnection<Value>(
    isOver: () -> Bool = { false }, _ work: (PostgreSQLConnection) throws -> Value
  ) throws -> Value {
    try readers.run {
      while true {
        let kept = connections.withLock { $0.idle.popLast() }
        let connection = try kept ?? connect()
        do {
          let value = try work(connection)
          give(connection)
          return value
        } catch {
          let isLost = (error as? PostgreSQLFailure)?.isLost ?? false
          guard isLost else {
            // Fails outside of a transaction with a warning, which nobody hears.
            if (try? connection.run("ROLLBACK")) != nil { give(connection) }
            throw error
          }
          // The others were lost with it.
          connections.withLock { $0.idle.removeAll() }
          guard kept != nil, !isOver() else { throw error }
        }
      }
    }
  }

  private func give(_ connection: PostgreSQLConnection) {
    guard connection.isUsable else { return }
    connections.withLock { connections in
      if !connections.isClosed { connections.idle.append(connection) }
    }
  }

  // MARK: Reading and writing

  /// Reads one state.
  /// - Parameter seconds: those after which a statement is given up; nil for never.
  func read<Value>(
    within seconds: Double?, _ work: (Database) throws -> Value
  ) throws -> Value {
    try withConnection { connection in
      let limit = seconds.map {
        "; SET LOCAL statement_timeout = \(Int(min(max($0, 0.001), 1e6) * 1000))"
      }
      try connection.run("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY\(limit ?? "")")
      let value = try work(Database(connection))
      try connection.run("COMMIT")
      return value
    }
  }

  /// Writes all or nothing. Whether a connection that is lost while the server takes it was too
  /// late cannot be told: that is an error, and nothing is written twice.
  func write<Value>(_ work: (Database) throws -> Value) throws -> Value {
    var isCommitting = false
    return try withConnection(isOver: { isCommitting }) { connection in
      try connection.run(
        "BEGIN; SELECT pg_advisory_xact_lock(\(PostgreSQLLock.writing.key))")
      let value = try work(Database(connection))
      isCommitting = true
      try connection.run("UPDATE catalogue SET writes = writes + 1; COMMIT")
      return value
    }
  }

  /// Writes all or nothing without waiting for the turn to write, which is only for rows that no
  /// other writer reads. The work is not begun again.
  func writeApart<Value>(_ work: (PostgreSQLConnection) throws -> Value) throws -> Value {
    var hasBegun = false
    return try withConnection(isOver: { hasBegun }) { connection in
      try connection.run("BEGIN")
      hasBegun = true
      let value = try work(connection)
      try connection.run("COMMIT")
      return value
    }
  }

  /// Does work that waits on a thread of its own.
  func wait<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await pool.run { _ in try work() }
  }

  // MARK: The rest

  /// The version; nil when it cannot be read.
  ///
  /// It is never older than the question: those who ask while it is read wait for the next reading.
  /// So a server that is far away is asked once a round trip, however many ask.
  func version() async -> DataVersion? {
    await withCheckedContinuation { asker in
      let isRead = versionAskers.withLock { askers in
        askers.waiting.append(asker)
        defer { askers.isRead = true }
        return askers.isRead
      }
      if !isRead { Task { await readVersions() } }
    }
  }

  /// Reads the version as long as anybody asks for it.
  private func readVersions() async {
    while true {
      let askers = versionAskers.withLock { askers in
        defer { askers.waiting = [] }
        askers.isRead = !askers.waiting.isEmpty
        return askers.waiting
      }
      if askers.isEmpty { return }
      let version = try? await versionPool.run { [self] _ in try readVersion() }
      for asker in askers { asker.resume(returning: version ?? nil) }
    }
  }

  private func readVersion() throws -> DataVersion? {
    let row = try versionConnection.withLock { kept in
      let sql = "SELECT writes, generation FROM catalogue"
      // One that was lost is noticed when it is used.
      if let row = try? kept?.execute(sql, [], keeps: true) { return row }
      let connection = try connect()
      kept = connection
      return try connection.execute(sql, [], keeps: true)
    }
    guard let writes: Int64 = row.value(0, 0), let images: Int64 = row.value(0, 1) else {
      return nil
    }
    return DataVersion(writes: writes, images: images, opening: opening)
  }

  /// A connection that holds a lock until it is let go of; nil when another one holds it.
  func holder(of lock: PostgreSQLLock) throws -> PostgreSQLConnection? {
    let connection = try connect()
    let isLocked: Bool? = try connection.run("SELECT pg_try_advisory_lock(\(lock.key))").value(0, 0)
    return isLocked == true ? connection : nil
  }

  /// Lets the server look at its tables after much was written.
  func tune() throws { try withConnection { _ = try $0.run("ANALYZE") } }

  /// Ends all work.
  func close() {
    let idle = connections.withLock { connections in
      connections.isClosed = true
      defer { connections.idle = [] }
      return connections.idle
    }
    withExtendedLifetime(idle) {}
    versionConnection.withLock { $0 = nil }
  }
}
