import Glibc

/// Brings the tables of a database up to date, by one process at a time.
struct PostgreSQLMigration {
  let connection: PostgreSQLConnection
  let place: String

  /// The version of the tables, compared with this program's.
  private enum State {
    case missing, outdated, current, newer
  }

  /// Makes or renews the tables.
  /// - Parameters:
  ///   - creates: whether a catalog is made where there is none.
  ///   - writes: whether anything is changed.
  func run(creates: Bool, writes: Bool) throws {
    switch try state() {
    case .newer:
      throw StoreFailure.error(
        .newerSchema, "open the catalog", place, "a newer version of this program wrote it",
        fix: "use that version")
    case .missing where !creates:
      throw StoreFailure.error(
        .missing, "open the catalog", place, "there is no catalog in the database",
        fix: "run a scan or an import first")
    case .outdated where !writes:
      throw StoreFailure.error(
        .notWritable, "open the catalog", place, "an older version of this program wrote it",
        fix: "open it once by a command that writes, such as a scan")
    case .current where !writes: return
    case .missing, .outdated, .current: break
    }
    // An index that is made concurrently waits for whoever waits for a lock inside of a statement:
    // the lock is tried for, and not waited for.
    var attempts = 600
    while try !isLocked() {
      attempts -= 1
      guard attempts > 0 else {
        throw StoreFailure.error(
          .locked, "open the catalog", place, "another process renews its tables",
          fix: "wait until it is done")
      }
      usleep(100_000)
    }
    defer { _ = try? connection.run("SELECT pg_advisory_unlock(\(PostgreSQLLock.migration.key))") }
    try takeSteps()
    try makeTrigrams()
  }

  private func isLocked() throws -> Bool {
    try connection.run("SELECT pg_try_advisory_lock(\(PostgreSQLLock.migration.key))")
      .value(0, 0) ?? false
  }

  private func state() throws -> State {
    guard try connection.run("SELECT to_regclass('schema_steps') IS NOT NULL").value(0, 0) == true
    else { return .missing }
    let known = Set(PostgreSQLSchema.steps.map(\.name))
    let taken = Set(try takenSteps())
    if !taken.isSubset(of: known) { return .newer }
    return taken == known ? .current : .outdated
  }

  private func takenSteps() throws -> [String] {
    try connection.run("SELECT name FROM schema_steps").rows.map { $0[0] }
  }

  private func takeSteps() throws {
    try connection.run(
      """
      CREATE TABLE IF NOT EXISTS schema_steps (
        name TEXT COLLATE "C" PRIMARY KEY, taken_on TIMESTAMPTZ NOT NULL DEFAULT now())
      """)
    let taken = try takenSteps()
    for step in PostgreSQLSchema.steps where !taken.contains(step.name) {
      do {
        try connection.run(
          "BEGIN; \(step.sql) INSERT INTO schema_steps VALUES ('\(step.name)'); COMMIT")
      } catch {
        _ = try? connection.run("ROLLBACK")
        throw error
      }
    }
  }

  /// Makes the indexes of trigrams where the extension can be had, outside of transactions, so that
  /// nobody waits for them. One that was given up half-way is made anew.
  private func makeTrigrams() throws {
    let missing = try PostgreSQLSchema.trigrams.filter { index, _ in
      let sql = "SELECT 1 FROM pg_index WHERE indexrelid = to_regclass('\(index)') AND indisvalid"
      return try connection.run(sql).count == 0
    }
    guard !missing.isEmpty else { return }
    // Not installed on the server, or not allowed to this user.
    guard (try? connection.run("CREATE EXTENSION IF NOT EXISTS pg_trgm")) != nil else { return }
    do {
      for (index, sql) in missing {
        try connection.run("DROP INDEX CONCURRENTLY IF EXISTS \(index)")
        try connection.run(sql)
      }
    } catch let failure as PostgreSQLFailure where failure.state == "55P03" {
      // Others write or read for long: whoever opens the catalog next makes the rest.
    }
  }
}

/// The locks of a catalog that a server keeps for as long as a connection or a transaction has them.
enum PostgreSQLLock: Int32 {
  /// Held by the one who writes: what is written agrees with what was read before.
  case writing = 0x4F56_4131
  /// Held by the one who scans.
  case scan
  /// Held by the one who renews the tables.
  case migration
  /// Held by the server that takes up requests to sync.
  case syncs
  /// Held by the server that sends letters.
  case letters

  /// The two numbers of the lock: catalogs in other schemas of the database have others.
  var key: String { "\(rawValue), hashtext(current_schema())" }
}
