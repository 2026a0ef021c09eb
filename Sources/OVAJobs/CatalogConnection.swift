import Glibc
package import Logging
import OVABasics
import OVAByteSource
package import OVACatalog
import OVAConcurrency
package import OVATime
import Synchronization

/// The catalog's database as a server needs it: opened when it is there, and opened anew when it
/// was gone, replaced or damaged and can be used again.
package final class CatalogConnection: Sendable {
  /// The name of the database in messages: the file, or the URL without its password.
  package let path: String
  /// The location by which it is opened.
  private let location: String
  private let opened = Mutex<CatalogStore?>(nil)
  private let told = Mutex(Told())
  /// One opens it, and the others wait for that.
  private let openings = KeyedTurns<String>()
  /// One works out a list, and the others wait for that.
  private let lists = KeyedTurns<ImageQuery>()

  /// The state of the messages in the log.
  private struct Told {
    /// True if the database was there once.
    var wasThere = false
    /// The last logged reason why it cannot be used.
    var trouble: String?
  }

  private let longestReading: Double?

  /// Names a database; it is opened when first asked.
  /// - Parameter longestReading: seconds after which a query is given up; nil for never.
  package init(path: String, longestReading: Double? = nil) {
    location = path
    self.path = PostgreSQLAddress(path)?.shown ?? path
    self.longestReading = longestReading
  }

  /// A database that is open already.
  package init(_ store: CatalogStore) {
    path = store.path
    location = store.location
    longestReading = nil
    opened.withLock { $0 = store }
  }

  /// The file beside the database whose name has this ending besides; nil where it is on a server.
  package func fileBeside(_ ending: String) -> String? {
    PostgreSQLAddress(location) == nil ? path + ending : nil
  }

  /// The open database; opening it takes no thread of the caller's.
  package func store() async throws(CatalogError) -> CatalogStore {
    if let store = opened.withLock({ $0 }) { return store }
    return try await openings.take(path) { (_) async throws(CatalogError) in
      if let store = opened.withLock({ $0 }) { return store }
      let new = try await open()
      opened.withLock { $0 = new }
      return new
    }
  }

  private func open() async throws(CatalogError) -> CatalogStore {
    var options = CatalogStore.Options()
    // None is made here: a mistyped path would be served as an empty catalog.
    options.creates = false
    options.patience = 2
    options.longestReading = longestReading
    do {
      return try await WorkPool.files.run { [location, options] _ in
        try CatalogStore(path: location, options: options)
      }
    } catch {
      throw error as? CatalogError ?? unrun(error, "open the catalog")
    }
  }

  /// The state that the catalog is in; nil when that cannot be determined at once.
  package func dataVersion() async -> DataVersion? {
    await opened.withLock({ $0 })?.dataVersion()
  }

  /// A page that was rendered in this very state; nil when it is not kept.
  package func keptPage(
    _ query: ImageQuery, paging: Paging?, times: APITime, at version: DataVersion
  ) -> RenderedPage? {
    opened.withLock({ $0 })?.keptPage(query, paging: paging, times: times, at: version)
  }

  /// The token of a hash, looked up once in each state of the catalog: a token that is revoked opens
  /// nothing from then on.
  package func token(hash: [UInt8]) async throws(CatalogError) -> TokenRow? {
    let version = await dataVersion()
    if let version, let kept = opened.withLock({ $0 })?.keptToken(hash: hash, at: version) {
      return kept
    }
    let row = try await read { try $0.token(hash: hash) }
    if let version, let row {
      opened.withLock({ $0 })?.keep(row, hash: hash, at: version)
    }
    return row
  }

  /// Keeps the catalog's other servers from a job; nil when one of them does it already.
  package func lock(for job: CatalogJob) async throws(CatalogError) -> JobLock? {
    let store = try await store()
    do {
      return try await WorkPool.files.run { _ in try store.lock(for: job) }
    } catch {
      throw error as? CatalogError ?? unrun(error, "lock the catalog")
    }
  }

  /// The failure of work that was given to threads and never begun.
  private func unrun(_ error: any Error, _ doing: String) -> CatalogError {
    let isCancelled = error is CancellationError
    return CatalogError(
      code: isCancelled ? .cancelled : .database, doing: doing,
      reason: isCancelled ? "cancelled" : "there is no thread for it", place: Place(path))
  }

  /// Reads; everything read in one call is of one state.
  package func read<T: Sendable>(
    _ work: @escaping @Sendable (CatalogReader) throws -> T
  ) async throws(CatalogError) -> T {
    try await again { (store: CatalogStore) async throws(CatalogError) in
      try await store.read(work)
    }
  }

  /// Reads of a list: who wants the same list at the same time waits for its total and its order to
  /// be worked out once, and takes no connection of the database meanwhile.
  /// - Parameter version: the present one. Where the list was worked out at it, nobody waits.
  package func readList<T: Sendable>(
    _ query: ImageQuery, at version: DataVersion?,
    _ work: @escaping @Sendable (CatalogReader) throws -> T
  ) async throws(CatalogError) -> T {
    if let version, opened.withLock({ $0 })?.keepsOrder(of: query, at: version) == true {
      return try await read(work)
    }
    return try await lists.take(query) { (_) async throws(CatalogError) in try await read(work) }
  }

  /// Writes; all of it or nothing.
  @discardableResult
  package func write<T: Sendable>(
    _ work: @escaping @Sendable (CatalogWriter) throws -> T
  ) async throws(CatalogError) -> T {
    try await again { (store: CatalogStore) async throws(CatalogError) in
      try await store.write(work)
    }
  }

  /// Does work, and once more with a database opened anew when the file is another one now.
  private func again<T: Sendable>(
    _ work: (CatalogStore) async throws(CatalogError) -> T
  ) async throws(CatalogError) -> T {
    let first = try await store()
    do {
      let result = try await work(first)
      noteHealth()
      return result
    } catch {
      switch error.code {
      case .missing:
        forget(first)
        let result = try await work(try await store())
        noteHealth()
        return result
      case .corrupt, .inputOutput, .notWritable, .database:
        forget(first)
        throw error
      default: throw error
      }
    }
  }

  private func noteHealth() {
    told.withLock { $0 = Told(wasThere: true, trouble: nil) }
  }

  /// Says in the log why the database cannot be used: once, until it can be used again or the
  /// reason is another.
  package func report(_ error: CatalogError, _ logger: Logger) {
    let text = error.description.forDisplay
    let (isNew, wasThere) = told.withLock { told in
      defer { told.trouble = text }
      return (told.trouble != text, told.wasThere)
    }
    guard isNew else { return }
    if error.code == .missing, !wasThere, PostgreSQLAddress(location) == nil,
      unsafe path.withFileSystemPath({ unsafe access($0, F_OK) }) != 0
    {
      logger.warning(
        """
        there is no database yet; requests are answered with 503 until 'ova scan', \
        'ova catalog import' or 'ova token add' makes one
        """, metadata: ["path": "\(path.forDisplay)"])
    } else {
      logger.error("the catalog cannot be used", metadata: ["error": "\(text)"])
    }
  }

  private func forget(_ store: CatalogStore) {
    // Let go of outside the lock, which may close the file.
    let old = opened.withLock { opened -> CatalogStore? in
      guard opened === store else { return nil }
      defer { opened = nil }
      return opened
    }
    withExtendedLifetime(old) {}
  }

  /// Ends all work and closes the file.
  package func close() {
    let store = opened.withLock { store in
      defer { store = nil }
      return store
    }
    try? store?.close()
  }
}
