internal import GRDB
public import OVABasics
import OVAByteSource
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// The catalog in one SQLite file.
///
/// Any number of threads and processes read while one writes. Each piece of work sees one state of
/// the whole, and what a piece of writing did is there as a whole or not at all.
public final class CatalogStore: Sendable {
  /// Options of opening a database.
  public struct Options: Hashable, Sendable {
    /// Whether a database that does not exist is made.
    public var creates = true
    /// Whether a network file system is accepted. There is no write-ahead log then, readers
    /// wait for writers, and only one machine may use the file.
    public var acceptsNetworkFileSystem = false
    /// Whether the catalog is read alone. Then no permission to write is needed, neither for the
    /// file nor for its folder, and nothing is written where there is none.
    public var readsOnly = false
    /// Whether, when it is read alone, nothing is written although there is permission: not even
    /// tables of an older version are renewed in the file.
    public var leavesFileAlone = false
    /// Seconds that another process's writing is waited for.
    public var patience: Double = 5
    /// Seconds after which reading is given up with `.tooLong`; nil for never.
    public var longestReading: Double?
    /// The kind of network file system to take the database's for; tests have none at hand.
    package var assumedNetworkFileSystem: String?

    /// The defaults.
    public init() {}
  }

  /// The database's file, as text; see `FileNameText`.
  public let path: String
  let database: any DatabaseWriter
  private let deadlines = QueryDeadlines()
  private let longestReading: Double?
  let cache = Mutex(CatalogCache())
  /// Nil on network file systems.
  let dataVersions: DataVersionReader?
  /// The file that was opened; another one may take its name later.
  private let file: FileIdentity?

  /// Opens a database and brings its tables up to date.
  public init(path: String, options: Options = Options()) throws(CatalogError) {
    self.path = path
    longestReading = options.longestReading
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
    _ path: String, _ options: Options, _ deadlines: QueryDeadlines, isLocal: Bool
  ) throws -> any DatabaseWriter {
    let configuration = configuration(options, deadlines, isLocal: isLocal)
    let name = try DatabaseName.of(path)
    if isLocal { return try DatabasePool(path: name, configuration: configuration) }
    return try DatabaseQueue(path: name, configuration: configuration)
  }

  private static func configuration(
    _ options: Options, _ deadlines: QueryDeadlines, isLocal: Bool
  ) -> Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(options.patience)
    configuration.foreignKeysEnabled = true
    // A few may be slow without the others' waiting.
    configuration.maximumReaderCount = 8
    configuration.prepareDatabase { db in
      db.add(function: likeFunction)
      db.add(function: containsFunction)
      deadlines.attach(to: db)
      try db.execute(sql: "PRAGMA temp_store = MEMORY")
      // KiB; readers are several.
      try db.execute(
        sql: db.configuration.readonly ? "PRAGMA cache_size = -8192" : writerSettings)
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

  /// Reads; everything read in one call is of one state of the catalog. The work must not call
  /// `read` or `write` of the same store again.
  public func read<T>(_ work: (CatalogReader) throws -> T) throws(CatalogError) -> T {
    try checkFile("read the catalog")
    do {
      return try database.read { db in try read(db, work) }
    } catch {
      throw StoreFailure.explained(error, doing: "read the catalog", path: path)
    }
  }

  /// Reads without holding up the thread that waits.
  public func read<T: Sendable>(
    _ work: @escaping @Sendable (CatalogReader) throws -> T
  ) async throws(CatalogError) -> T {
    try checkFile("read the catalog")
    do {
      return try await database.read { db in try self.read(db, work) }
    } catch {
      throw StoreFailure.explained(error, doing: "read the catalog", path: path)
    }
  }

  private func read<T>(
    _ db: GRDB.Database, _ work: (CatalogReader) throws -> T
  ) throws -> T {
    try deadlines.limit(db, to: longestReading) {
      try work(CatalogReader(db: Database(db), store: self))
    }
  }

  /// Writes; all of it, or nothing when the work throws or the process dies.
  @discardableResult
  public func write<T>(_ work: (CatalogWriter) throws -> T) throws(CatalogError) -> T {
    try checkFile("write the catalog")
    do {
      return try database.write { db in try work(CatalogWriter(db: Database(db), store: self)) }
    } catch {
      throw StoreFailure.explained(error, doing: "write the catalog", path: path)
    }
  }

  /// Writes without holding up the thread that waits.
  @discardableResult
  public func write<T: Sendable>(
    _ work: @escaping @Sendable (CatalogWriter) throws -> T
  ) async throws(CatalogError) -> T {
    try checkFile("write the catalog")
    do {
      return try await database.write { db in try work(CatalogWriter(db: Database(db), store: self))
      }
    } catch {
      throw StoreFailure.explained(error, doing: "write the catalog", path: path)
    }
  }

  /// Whether the file that was opened still bears its name.
  var isSameFile: Bool { FileIdentity(path) == file }

  /// Refuses a file that was removed or replaced: the open one would go on to return its old content.
  private func checkFile(_ doing: String) throws(CatalogError) {
    guard isSameFile else {
      throw StoreFailure.error(
        .missing, doing, path, "the file was removed or replaced since it was opened",
        fix: "open it again")
    }
  }

  /// Keeps other processes from scanning into the database; nil when one does already.
  public func lockForScan() throws(CatalogError) -> ScanLock? { try ScanLock(database: path) }

  /// Looks at the whole file; throws `.corrupt` with SQLite's words when it is damaged.
  public func verify() throws(CatalogError) {
    try checkFile("read the catalog")
    let complaints: [String]
    do {
      complaints = try database.read { db in
        try String.fetchAll(db, sql: "PRAGMA integrity_check")
          + GRDB.Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map(\.description)
      }
    } catch {
      throw StoreFailure.explained(error, doing: "verify the catalog", path: path)
    }
    guard complaints == ["ok"] else {
      throw StoreFailure.error(
        .corrupt, "verify the catalog", path, complaints.joined(separator: "; "))
    }
  }

  /// Lets SQLite look at its own tables after much was written, so that it chooses indexes well.
  public func tune() throws(CatalogError) {
    do {
      try database.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA analysis_limit = 1000; PRAGMA optimize")
      }
    } catch {
      throw StoreFailure.explained(error, doing: "tune the catalog", path: path)
    }
  }

  /// Does writing of any amount in little memory, with what SQLite sorts in temporary files.
  public func writingMuch<T>(_ work: () throws -> T) throws -> T {
    func set(_ settings: String) throws(CatalogError) {
      do {
        try database.writeWithoutTransaction { db in try db.execute(sql: settings) }
      } catch {
        throw StoreFailure.explained(error, doing: "write the catalog", path: path)
      }
    }
    // KiB of pages, which is the memory of a sort as well.
    let files = TemporaryFiles.isPossible ? "PRAGMA temp_store = FILE; " : ""
    try set(files + "PRAGMA cache_size = -16384; PRAGMA threads = 2")
    let result: T
    do {
      result = try work()
    } catch {
      try? set(Self.writerSettings)
      throw error
    }
    try set(Self.writerSettings)
    return result
  }

  /// KiB of pages; the one writer fills many indexes at a time.
  private static let writerSettings =
    "PRAGMA threads = 0; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768"

  /// Ends all work and closes the file. Whoever closes it last leaves no log beside it, which others
  /// may not be allowed to write.
  public func close() throws(CatalogError) {
    do {
      dataVersions?.close()
      // The writer has to be the last, for only it can empty the log into the file.
      (database as? DatabasePool)?.invalidateReadOnlyConnections()
      try database.close()
    } catch {
      throw StoreFailure.explained(error, doing: "close the catalog", path: path)
    }
  }
}

/// One state of the catalog, to be asked. Lives only inside `CatalogStore.read`.
public struct CatalogReader {
  let db: Database
  let store: CatalogStore
}

/// The catalog, to be asked and changed. Lives only inside `CatalogStore.write`.
public struct CatalogWriter {
  let db: Database
  let store: CatalogStore
  let progress = Progress()

  /// Steps of one write that are done at most once.
  final class Progress {
    var hasAdvanced = false
  }

  /// Asks of what was written so far.
  public var reader: CatalogReader { CatalogReader(db: db, store: store) }
}
