import Logging
import NIOPosix
import OVABasics
import OVACatalog
import OVAConfiguration
import OVAIndexer
import ServiceLifecycle
import Synchronization

/// Scans the repositories that everybody sees again and again, as long as the server runs. A scan
/// in which nothing changed costs a look at each file.
struct RepositoryWatch: Service {
  let catalogue: Catalogue
  let repositories: [Repository]
  let pause: Duration
  let logger: Logger

  /// Bytes read for digests in one scan, so that users' syncs soon have their turn.
  private static let hashBudget: UInt64 = 1 << 30

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        for repository in repositories { await scan(repository) }
        do { try await Task.sleep(for: pause) } catch { break }
      }
    }
  }

  private func scan(_ repository: Repository) async {
    let stop = StopFlag()
    do {
      let store = try catalogue.store()
      let summary = try await withTaskCancellationHandler {
        try await NIOThreadPool.singleton.runIfActive {
          var options = ScanOptions()
          options.excludes = repository.excludes
          options.hashBudget = Self.hashBudget
          options.isCancelled = { stop.isRaised }
          return try RepositoryScan(
            store: store, mappings: [repository.mapping], options: options
          ).run()
        }
      } onCancel: {
        stop.raise()
      }
      let counts = summary.counts
      guard
        counts.added + counts.changed + counts.returned + counts.gone + counts.renamed
          + counts.problems > 0
      else { return }
      logger.info(
        "scan",
        metadata: [
          "repository": "\(repository.mapping.dataStore)", "added": "\(counts.added)",
          "changed": "\(counts.changed)", "gone": "\(counts.gone)",
          "problems": "\(counts.problems)",
        ])
    } catch let error as IndexError where error.code == .busy {
      // Somebody else scans; the next time will do.
    } catch {
      guard !Task.isCancelled else { return }
      logger.error("a scan failed", metadata: ["error": "\("\(error)".inert)"])
    }
  }
}

/// A word to a scan that runs on another thread.
final class StopFlag: Sendable {
  private let raised = Atomic(false)

  var isRaised: Bool { raised.load(ordering: .relaxed) }
  func raise() { raised.store(true, ordering: .relaxed) }
}
