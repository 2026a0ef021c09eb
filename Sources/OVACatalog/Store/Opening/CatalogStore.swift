public import OVABasics
import Synchronization

/// A catalog, in one SQLite file or on a PostgreSQL server.
///
/// Any number of threads and processes read while one writes. Each piece of work sees one state of
/// the whole, and what a piece of writing did is there as a whole or not at all.
public final class CatalogStore: Sendable {
  /// Options of opening a database.
  public struct Options: Hashable, Sendable {
    /// True if a database that does not exist is to be created.
    public var creates = true
    /// True if a network file system is accepted. There is no write-ahead log then, readers wait
    /// for writers, and only one machine may use the file.
    public var acceptsNetworkFileSystem = false
    /// True if the catalog is only read. Then no permission to write is needed, neither for the
    /// file nor for its folder, and nothing is written where there is none.
    public var readsOnly = false
    /// True if a catalog that is only read is left as it is although there is permission to write:
    /// not even tables of an older version are migrated in the file.
    public var leavesFileAlone = false
    /// Seconds that another process's writing is waited for.
    public var patience: Double = 5
    /// Seconds after which reading is given up with `.tooLong`; nil for never.
    public var longestReading: Double?
    /// The kind of network file system to take the database's for; tests have none at hand.
    package var assumedNetworkFileSystem: String?
    /// The way to pages of a server's lists; tests have short lists.
    package var serverWalk = ServerWalk()

    /// The defaults.
    public init() {}
  }

  /// The database's file as text, see `FileNameText`, or its URL without the password.
  public let path: String
  /// The file, or the URL as it was given.
  package let location: String
  /// The engine that keeps the catalog.
  enum Keeper {
    case file(SQLiteCatalog)
    case server(PostgreSQLCatalog)
  }

  let keeper: Keeper
  private let longestReading: Double?
  let serverWalk: ServerWalk
  let cache = Mutex(CatalogCache())

  /// Opens a database and brings its tables up to date.
  /// - Parameter path: a file, or a URL of PostgreSQL: `postgresql://user@host/database`.
  public init(path: String, options: Options = Options()) throws(CatalogError) {
    location = path
    longestReading = options.longestReading
    serverWalk = options.serverWalk
    guard let address = PostgreSQLAddress(path) else {
      self.path = path
      keeper = .file(try SQLiteCatalog(path: path, options: options))
      return
    }
    self.path = address.shown
    do {
      keeper = .server(try PostgreSQLCatalog(address, options))
    } catch {
      throw StoreFailure.explained(error, doing: "open the catalog", path: address.shown)
    }
  }

  /// Reads; everything read in one call is of one state of the catalog. The work must not call
  /// `read` or `write` of the same store again.
  public func read<T>(_ work: (CatalogReader) throws -> T) throws(CatalogError) -> T {
    try explaining("read the catalog") {
      let body = { (db: Database) in try work(CatalogReader(db: db, store: self)) }
      return switch keeper {
      case .file(let file): try file.read(within: longestReading, body)
      case .server(let server): try server.read(within: longestReading, body)
      }
    }
  }

  /// Reads without holding up the thread that waits.
  public func read<T: Sendable>(
    _ work: @escaping @Sendable (CatalogReader) throws -> T
  ) async throws(CatalogError) -> T {
    let body = { @Sendable (db: Database) in try work(CatalogReader(db: db, store: self)) }
    do {
      return switch keeper {
      case .file(let file): try await file.read(within: longestReading, body)
      case .server(let server):
        try await server.wait { [longestReading] in
          try server.read(within: longestReading, body)
        }
      }
    } catch {
      throw StoreFailure.explained(error, doing: "read the catalog", path: path)
    }
  }

  /// Writes; all of it, or nothing when the work throws or the process dies.
  @discardableResult
  public func write<T>(_ work: (CatalogWriter) throws -> T) throws(CatalogError) -> T {
    try explaining("write the catalog") {
      let body = { (db: Database) in try work(CatalogWriter(db: db, store: self)) }
      return switch keeper {
      case .file(let file): try file.write(body)
      case .server(let server): try server.write(body)
      }
    }
  }

  /// Writes without holding up the thread that waits.
  @discardableResult
  public func write<T: Sendable>(
    _ work: @escaping @Sendable (CatalogWriter) throws -> T
  ) async throws(CatalogError) -> T {
    let body = { @Sendable (db: Database) in try work(CatalogWriter(db: db, store: self)) }
    do {
      return switch keeper {
      case .file(let file): try await file.write(body)
      case .server(let server): try await server.wait { try server.write(body) }
      }
    } catch {
      throw StoreFailure.explained(error, doing: "write the catalog", path: path)
    }
  }

  /// Keeps other processes from scanning into the database; nil when one does already.
  public func lockForScan() throws(CatalogError) -> ScanLock? {
    try explaining("lock the catalog for a scan") {
      switch keeper {
      case .file(let file): try ScanLock(database: file.path)
      case .server(let server): try server.holder(of: .scan).map { ScanLock($0) }
      }
    }
  }

  /// Keeps other servers of the catalog from a job that one does at a time; nil when one does it
  /// already. A file is served by one process, which is never kept from anything.
  public func lock(for job: CatalogJob) throws(CatalogError) -> JobLock? {
    try explaining("lock the catalog for \(job)") {
      switch keeper {
      case .file: JobLock(nil)
      case .server(let server):
        try server.holder(of: job == .syncs ? .syncs : .letters).map { JobLock($0) }
      }
    }
  }

  /// Looks at all of a file; throws `.corrupt` with SQLite's words when it is damaged. A server looks
  /// after its own files.
  public func verify() throws(CatalogError) {
    guard case .file(let file) = keeper else { return }
    let complaints = try explaining("verify the catalog") { try file.complaints() }
    guard complaints.isEmpty else {
      throw StoreFailure.error(
        .corrupt, "verify the catalog", path, complaints.joined(separator: "; "))
    }
  }

  /// Lets the engine look at its tables after much was written, so that it chooses indexes well.
  public func tune() throws(CatalogError) {
    try explaining("tune the catalog") {
      switch keeper {
      case .file(let file): try file.tune()
      case .server(let server): try server.tune()
      }
    }
  }

  /// Does writing of any amount in little memory.
  public func writingMuch<T>(_ work: () throws -> T) throws -> T {
    switch keeper {
    case .file(let file): try file.writingMuch(work)
    case .server: try work()
    }
  }

  /// Ends all work and closes the database.
  public func close() throws(CatalogError) {
    try explaining("close the catalog") {
      switch keeper {
      case .file(let file): try file.close()
      case .server(let server): server.close()
      }
    }
  }

  private func explaining<T>(
    _ doing: String, _ work: () throws -> T
  ) throws(CatalogError) -> T {
    do {
      return try work()
    } catch {
      throw StoreFailure.explained(error, doing: doing, path: path)
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
