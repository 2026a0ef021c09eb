import Logging
import OVACatalog
import OVAJobs
import ServiceLifecycle
import Synchronization

/// Notes when tokens were last used, apart from the requests that use them: a catalog that cannot
/// be written at the moment delays no request.
package final class TokenUses: Service {
  private struct Notes {
    var noted: [Int64: Int64] = [:]
    var pending: [Int64: Int64] = [:]
  }

  /// Uses of one token that are closer than this are one, in seconds.
  private static let grain: Int64 = 60
  /// Tokens that are kept in mind.
  private static let most = 65_536

  private let catalog: CatalogConnection
  private let notes = Mutex(Notes())

  init(catalog: CatalogConnection) { self.catalog = catalog }

  /// Keeps a use in mind.
  func note(_ id: Int64, now: Int64) {
    notes.withLock { notes in
      if let last = notes.noted[id], now - last < Self.grain { return }
      if notes.noted.count >= Self.most { notes = Notes() }
      notes.noted[id] = now
      notes.pending[id] = now
    }
  }

  package func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        try? await Task.sleep(for: .seconds(5))
        await self.write()
      }
    }
    await write()
  }

  /// Writes what is not written yet.
  package func write() async {
    let pending = notes.withLock { notes in
      defer { notes.pending = [:] }
      return notes.pending
    }
    guard !pending.isEmpty else { return }
    do {
      try await catalog.write { writer in
        for (id, time) in pending { try writer.noteUse(ofToken: id, now: time) }
      }
    } catch {
      // What was noted since is newer.
      notes.withLock { $0.pending.merge(pending) { new, _ in new } }
    }
  }
}
