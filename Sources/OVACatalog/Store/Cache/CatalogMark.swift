internal import GRDB
import Synchronization

/// A state of a catalogue: the same mark again means that nothing was written since.
public struct CatalogMark: Hashable, Sendable {
  fileprivate let version: Int64
  fileprivate let store: ObjectIdentifier
}

/// Tells whether anything was written, by a connection of its own that does nothing else: it never
/// waits, and takes microseconds where a reader's turn would take a change of threads.
final class CatalogPulse: Sendable {
  private let queue: DatabaseQueue

  /// Nil where that cannot be told without waiting.
  init?(path: String) {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .immediateError
    guard let queue = try? DatabaseQueue(path: path, configuration: configuration) else {
      return nil
    }
    self.queue = queue
  }

  /// A number that is another one after each writing of others.
  var version: Int64? {
    try? queue.inDatabase { db in
      try Int64.fetchOne(db.cachedStatement(sql: "PRAGMA data_version"))
    }
  }

  func close() { try? queue.close() }
}

extension CatalogStore {
  /// The state that the catalogue is in; nil when that cannot be told at once.
  public func mark() -> CatalogMark? {
    guard isSameFile, let version = pulse?.version else { return nil }
    return CatalogMark(version: version, store: ObjectIdentifier(self))
  }

  /// A page that was rendered in this very state; nil when it is not kept.
  public func keptPage(
    _ query: ImageQuery, paging: Paging?, times: APITime, at mark: CatalogMark
  ) -> RenderedPage? {
    let key = AnswerCache.PageKey(query: query, paging: paging, times: times)
    return answers.withLock { answers in
      answers.generation(at: mark).flatMap { answers.page(key, generation: $0) }
    }
  }
}

extension CatalogReader {
  /// Keeps in mind which list belongs to a mark that was taken before this reading began.
  public func keep(_ mark: CatalogMark) throws {
    let generation = try generation()
    store.answers.withLock { $0.keep(mark, generation: generation) }
  }
}
