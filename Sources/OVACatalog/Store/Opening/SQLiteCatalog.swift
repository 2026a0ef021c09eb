internal import GRDB
import GRDBSQLite
import OVABasics
import OVAByteSource
import OVAConcurrency

#if canImport(Glibc)
  import Glibc
#endif

/// A catalog in one SQLite file.
final class SQLiteCatalog: Sendable {
  /// The file, as text; see `FileNameText`.
  let path: String
  let database: any DatabaseWriter
  private let deadlines = QueryDeadlines()
  /// The threads of those who read without waiting on one of their own.
  private let readers = WorkPool(name: "catalog", threads: mostReaders)
  /// Nil on network file systems.
  let dataVersions: DataVersionReader?
  /// The file that was opened; another one may take its name later.
  private let file: FileIdentity?

  /// Opens a database and brings its tables up to date.
  init(path: String, options: CatalogStore.Options) throws(CatalogError) {
    self.path = path
    let doing = "open the catalog"
    let exists = unsafe path.withFileSystemPath { unsafe access($0, F_OK) } == 0
    guard exists || options.creates else {
      throw StoreFailure.error(
        .missing, doing, path, "no such file", fix: "run a scan or an import first")
    }
    let network =
      options.assumedNetworkFileSystem
      ?? NetworkFileSystem.name(at: exists ? path : Self.folder(of: path))
    if let network, !options.acceptsNetworkFileSystem {
      throw StoreFailure.error(
        .networkFileSystem, doing, path,
        "it lies on a network file system (\(network)), where SQLite's locks cannot be relied on",
        fix: "keep the database on a local disk")
    }
    do {
      if options.readsOnly,
        options.leavesFileAlone
          || ReadOnlyOpening.isNeeded(path, folder: Self.folder(of: path))
      {
        database = try ReadOnlyOpening.open(
          path, Self.configuration(options, deadlines, isLocal: network == nil))
        dataVersions = nil
        file = FileIdentity(path)
        try Self.checkVersion(database, path)
        return
      }
      database = try Self.connect(path, options, deadlines, isLocal: network == nil)
      try Self.checkVersion(database, path)
      try Self.migrate(database)
      dataVersions = network == nil ? DataVersionReader(path: path) : nil
      file = FileIdentity(path)
    } catch {
      throw StoreFailure.explained(error, doing: doing, path: path)
    }
  }

  private static func checkVersion(_ database: any DatabaseWriter, _ path: String) throws {
    let isNewer = try database.read { db in try Schema.migrator.hasBeenSuperseded(db) }
    guard isNewer else { return }
    throw StoreFailure.error(
      .newerSchema, "open the catalog", path, "a newer version of this program wrote it",
      fix: "use that version")
  }

  /// Makes or renews the tables. Another process that does the same may be ahead by a step, which
  /// then fails here and is done all the same.
  private static func migrate(_ database: any DatabaseWriter) throws {
    var steps = Schema.migrator.migrations.count
    while true {
      do {
        return try Schema.migrator.migrate(database)
      } catch let error as DatabaseError where error.resultCode == .SQLITE_ERROR && steps > 0 {
        steps -= 1
      }
    }
  }

  private static func folder(of path: String) -> String {
    PathText.split(path).folder.map { $0.isEmpty ? "/" : String($0) } ?? "."
  }

  private static func connect(
    _ path: String, _ options: CatalogStore.Options, _ deadlines: QueryDeadlines, isLocal: Bool
  ) throws -> any DatabaseWriter {
    let configuration = configuration(options, deadlines, isLocal: isLocal)
    let name = try DatabaseName.of(path)
    if isLocal { return try DatabasePool(path: name, configuration: configuration) }
    return try DatabaseQueue(path: name, configuration: configuration)
  }

  /// Those who read at a time: a few may be slow without the others' waiting.
  private static let mostReaders = 8

  private static func configuration(
    _ options: CatalogStore.Options, _ deadlines: QueryDeadlines, isLocal: Bool
  ) -> Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(options.patience)
    configuration.foreignKeysEnabled = true
    configuration.maximumReaderCount = mostReaders
    configuration.prepareDatabase { db in
      db.add(function: likeFunction)
      db.add(function: containsFunction)
      deadlines.attach(to: db)
      try db.execute(sql: "PRAGMA temp_store = MEMORY")
      // KiB; readers are several, and what they miss the system's own cache has.
      try db.execute(
        sql: db.configuration.readonly ? "PRAGMA cache_size = -2048" : writerSettings)
      // Pages, 16 MB: many pages are written by every batch of a scan, and reach the database only
      // once a checkpoint, each of which waits for the disk.
      try db.execute(sql: "PRAGMA wal_autocheckpoint = 4000")
      if !isLocal, !db.configuration.readonly {
        _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE")
      }
    }
    return configuration
  }

  private static let likeFunction = DatabaseFunction(
    Filter.likeFunction, argumentCount: 2, pure: true
  ) { values in
    guard let text = String.fromDatabaseValue(values[0]),
      let pattern = String.fromDatabaseValue(values[1])
    else { return nil }
    return LikePattern(pattern).matches(text)
  }

  private static let containsFunction = DatabaseFunction(
    SearchWords.containsFunction, argumentCount: 2, pure: true
  ) { values in
    guard let text = String.fromDatabaseValue(values[0]),
      let word = String.fromDatabaseValue(values[1])
    else { return nil }
    return SearchWords.occurs(word, in: text)
  }

  /// Reads one state.
  /// - Parameter seconds: those after which it is given up; nil for never.
  /// - Parameter flag: interrupts it when it is raised.
  func read<T>(
    within seconds: Double?, flag: CancelFlag? = nil, _ work: (Database) throws -> T
  ) throws -> T {
    try checkFile("read the catalog")
    return try snapshot { db in
      try deadlines.limit(db, to: seconds, flag: flag) { try work(Database(db)) }
    }
  }

  /// Reads without holding up the thread that waits: on a thread of the catalog's own, to which and
  /// from which the work is handed over once. GRDB's own way hands it over four times.
  func read<T: Sendable>(
    within seconds: Double?, _ work: @escaping @Sendable (Database) throws -> T
  ) async throws -> T {
    try await readers.run { [self] flag in
      do {
        return try read(within: seconds, flag: flag, work)
      } catch let error as DatabaseError where error.resultCode == .SQLITE_INTERRUPT {
        throw flag.isCancelled ? CancellationError() : error
      }
    }
  }

  /// Does work on one state of the database.
  private func snapshot<T>(_ work: (GRDB.Database) throws -> T) throws -> T {
    guard let pool = database as? DatabasePool else { return try database.read(work) }
    // `pool.read` would prepare BEGIN and COMMIT for each read.
    return try pool.unsafeRead { db in
      // Of this connection, which no other thread uses meanwhile: whoever has it already does not
      // pay for it at each column of each row.
      let mutex = unsafe sqlite3_db_mutex(db.sqliteConnection)
      unsafe sqlite3_mutex_enter(mutex)
      defer { unsafe sqlite3_mutex_leave(mutex) }
      try db.cachedStatement(sql: "BEGIN DEFERRED TRANSACTION").execute()
      do {
        let value = try work(db)
        try db.cachedStatement(sql: "COMMIT TRANSACTION").execute()
        return value
      } catch {
        if db.isInsideTransaction { try? db.rollback() }
        throw error
      }
    }
  }

  /// Writes all or nothing.
  func write<T>(_ work: (Database) throws -> T) throws -> T {
    try checkFile("write the catalog")
    return try database.write { db in try work(Database(db)) }
  }

  /// Writes without holding up the thread that waits.
  func write<T: Sendable>(
    _ work: @escaping @Sendable (Database) throws -> T
  ) async throws -> T {
    try checkFile("write the catalog")
    return try await database.write { db in try work(Database(db)) }
  }

  /// True if the file that was opened still has its name.
  var isSameFile: Bool { FileIdentity(path) == file }

  /// Refuses a file that was removed or replaced: the open one would go on to return its old content.
  private func checkFile(_ doing: String) throws(CatalogError) {
    guard isSameFile else {
      throw StoreFailure.error(
        .missing, doing, path, "the file was removed or replaced since it was opened",
        fix: "open it again")
    }
  }

  /// Looks at the whole file; returns SQLite's words on what is damaged.
  func complaints() throws -> [String] {
    try checkFile("read the catalog")
    let complaints = try database.read { db in
      try String.fetchAll(db, sql: "PRAGMA integrity_check")
        + GRDB.Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map(\.description)
    }
    return complaints == ["ok"] ? [] : complaints
  }

  /// Lets SQLite look at its own tables after much was written, so that it chooses indexes well.
  func tune() throws { try set("PRAGMA analysis_limit = 1000; PRAGMA optimize") }

  /// Does writing of any amount in little memory, with what SQLite sorts in temporary files.
  func writingMuch<T>(_ work: () throws -> T) throws -> T {
    // KiB of pages, which is the memory of a sort as well.
    let files = TemporaryFiles.isPossible ? "PRAGMA temp_store = FILE; " : ""
    do {
      try set(files + "PRAGMA cache_size = -16384; PRAGMA threads = 2")
    } catch {
      throw StoreFailure.explained(error, doing: "write the catalog", path: path)
    }
    let result: T
    do {
      result = try work()
    } catch {
      try? set(Self.writerSettings)
      throw error
    }
    do {
      try set(Self.writerSettings)
    } catch {
      throw StoreFailure.explained(error, doing: "write the catalog", path: path)
    }
    return result
  }

  private func set(_ settings: String) throws {
    try database.writeWithoutTransaction { db in try db.execute(sql: settings) }
  }

  /// KiB of pages; the one writer fills many indexes at a time.
  private static let writerSettings =
    "PRAGMA threads = 0; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768"

  /// Ends all work and closes the file. Whoever closes it last leaves no log beside it, which others
  /// may not be allowed to write.
  func close() throws {
    dataVersions?.close()
    // The writer has to be the last, for only it can empty the log into the file.
    (database as? DatabasePool)?.invalidateReadOnlyConnections()
    try database.close()
  }
}
