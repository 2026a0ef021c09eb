internal import GRDB
public import OVATime
import Synchronization

/// Identifies a state of a catalog: two equal versions mean that nothing was written in between.
///
/// Everything that is cached of a catalog is kept at a version. What is read of the list of images
/// alone lasts as long as ``images`` stays, which most writes do not touch.
public struct DataVersion: Hashable, Sendable {
  /// Changes with each write.
  let writes: Int64
  /// Grows whenever the list of images changes.
  let images: Int64
  /// The opening of the catalog whose writes are counted.
  let opening: UInt64
}

/// Tells the version of a catalog on a connection and a queue of its own, which do nothing else: it
/// never waits for a lock or for a reader.
final class DataVersionReader: Sendable {
  private let queue: DatabaseQueue
  /// Differs between all readers there ever are in the process.
  private let opening = UInt64.random(in: .min ... .max)
  private let last = Mutex<DataVersion?>(nil)
  /// Those who use the connection or wait for it.
  private let users = Atomic(0)

  /// Opens the connection; nil where that would have to wait.
  init?(path: String) {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .immediateError
    guard let name = try? DatabaseName.of(path),
      let queue = try? DatabaseQueue(path: name, configuration: configuration)
    else { return nil }
    self.queue = queue
  }

  /// The version; nil when it cannot be read.
  ///
  /// As long as nothing is written, whoever asks reads the number of writes themselves, which SQLite
  /// keeps in memory: to hand that over to another thread and back would cost many times as much.
  /// When another one asks at that moment, or something was written, the queue's thread reads it.
  /// - Parameter isUsable: asked before, on the same thread.
  func version(if isUsable: @Sendable () -> Bool) async -> DataVersion? {
    if let version = unchanged(if: isUsable) { return version }
    users.wrappingAdd(1, ordering: .acquiring)
    defer { users.wrappingSubtract(1, ordering: .releasing) }
    // In no transaction, which would have to wait for locks.
    return try? await queue.writeWithoutTransaction { db -> DataVersion? in
      guard isUsable() else { return nil }
      guard let writes = try writes(db) else { return nil }
      if let known = known(at: writes) { return known }
      // Read after the number of writes: a write in between makes the images newer than the version
      // says, and never older.
      let version = DataVersion(
        writes: writes, images: try CatalogReader.generation(Database(db)), opening: opening)
      last.withLock { $0 = version }
      return version
    }
  }

  /// The version, if it is the last one and nobody else is at the connection.
  private func unchanged(if isUsable: () -> Bool) -> DataVersion? {
    guard
      users.compareExchange(expected: 0, desired: 1, ordering: .acquiringAndReleasing).exchanged
    else { return nil }
    defer { users.wrappingSubtract(1, ordering: .releasing) }
    let version = try? queue.writeWithoutTransaction { db -> DataVersion? in
      guard isUsable() else { return nil }
      return try known(at: writes(db))
    }
    return version ?? nil
  }

  private func writes(_ db: GRDB.Database) throws -> Int64? {
    try Int64.fetchOne(db.cachedStatement(sql: "PRAGMA data_version"))
  }

  private func known(at writes: Int64?) -> DataVersion? {
    last.withLock { known in known?.writes == writes ? known : nil }
  }

  func close() { try? queue.close() }
}

extension CatalogStore {
  /// The current version; nil when it cannot be determined without waiting.
  public func dataVersion() async -> DataVersion? {
    switch keeper {
    case .file(let file): await file.dataVersions?.version { file.isSameFile }
    case .server(let server): await server.version()
    }
  }

  /// A page that was rendered at this version; nil when it is not in the cache.
  public func keptPage(
    _ query: ImageQuery, paging: Paging?, times: APITime, at version: DataVersion
  ) -> RenderedPage? {
    let key = CatalogCache.PageKey(query: query, paging: paging, times: times)
    return cache.withLock { $0.page(key, generation: version.images) }
  }

  /// Returns whether the order of a list was worked out at this version, so that any page of it is
  /// read at once.
  public func keepsOrder(of query: ImageQuery, at version: DataVersion) -> Bool {
    cache.withLock { $0.order(of: query, generation: version.images) != nil }
  }

  /// The token of a hash as it was at this version; nil when it is not in the cache.
  public func keptToken(hash: [UInt8], at version: DataVersion) -> TokenRow? {
    cache.withLock { $0.token(hash, at: version) }
  }

  /// Caches a token.
  /// - Parameter version: the version from before the token was read.
  public func keep(_ token: TokenRow, hash: [UInt8], at version: DataVersion) {
    cache.withLock { $0.keep(token, hash, at: version) }
  }
}
