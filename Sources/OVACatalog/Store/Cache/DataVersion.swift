internal import GRDB
public import OVATime
import Synchronization

/// Identifies a state of a catalog: two equal versions mean that nothing was written in between.
public struct DataVersion: Hashable, Sendable {
  fileprivate let version: Int64
  fileprivate let store: ObjectIdentifier
}

/// Reads SQLite's `data_version` on a connection and a queue of its own, which do nothing else: it
/// never waits for a lock or for a reader, and the thread that asks never waits for the file.
final class DataVersionReader: Sendable {
  private let queue: DatabaseQueue

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

  /// A number that changes with each write of another connection; nil when it cannot be read.
  /// - Parameter isUsable: asked before, on the same queue.
  func version(if isUsable: @Sendable () -> Bool) async -> Int64? {
    // In no transaction, which would have to wait for locks.
    try? await queue.writeWithoutTransaction { db -> Int64? in
      guard isUsable() else { return nil }
      return try Int64.fetchOne(db.cachedStatement(sql: "PRAGMA data_version"))
    }
  }

  func close() { try? queue.close() }
}

extension CatalogStore {
  /// The current version; nil when it cannot be told without waiting.
  public func dataVersion() async -> DataVersion? {
    guard let version = await dataVersions?.version(if: { self.isSameFile }) else { return nil }
    return DataVersion(version: version, store: ObjectIdentifier(self))
  }

  /// A page that was rendered at this version; nil when it is not in the cache.
  public func keptPage(
    _ query: ImageQuery, paging: Paging?, times: APITime, at version: DataVersion
  ) -> RenderedPage? {
    let key = ListCache.PageKey(query: query, paging: paging, times: times)
    return answers.withLock { answers in
      answers.generation(at: version).flatMap { answers.page(key, generation: $0) }
    }
  }
}

extension CatalogReader {
  /// Caches the generation of the list at a version that was taken before this read began.
  public func keep(_ version: DataVersion) throws {
    let generation = try generation()
    store.answers.withLock { $0.keep(version, generation: generation) }
  }
}
