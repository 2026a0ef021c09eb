package import Logging
import OVABasics
package import OVAByteSource
import OVACatalog
import OVAConcurrency
package import OVAConfiguration
import OVAIndexer
package import OVAPolicy
package import OVASandbox
import ServiceLifecycle

/// Scans the repositories that everybody sees when their folders change, as long as the server
/// runs; and regularly all the same, since not every change is reported. A scan in which nothing
/// changed costs a look at each file.
package struct RepositoryWatch: Service {
  let catalog: CatalogConnection
  let repositories: [Repository]
  /// The time between two scans when no change is reported.
  let pause: Duration
  /// The program that parses packages in processes of its own; nil for parsing them in this one.
  let sandbox: WorkerProgram?
  /// Opens repositories elsewhere than on this machine; nil where none are scanned.
  let trees: FileTreeOpening?
  /// The requirements on packages besides being sound; nil for none.
  let policy: PackagePolicy?
  let counting: any JobCounting
  let logger: Logger
  /// The time between two scans where the system tells of no changes: on network file systems, and
  /// when there are more folders than it watches.
  var shortPause = Duration.seconds(30)
  /// The time without a change before a scan begins.
  let quiet: Duration
  /// Folders watched at most.
  var mostFolders = FolderWatch.mostFolders

  /// Bytes read for digests in one scan, so that users' syncs soon have their turn.
  private static let hashBudget: UInt64 = 1 << 30
  /// Changes that do not end are waited out no longer than this.
  private static let longestUnrest = Duration.seconds(30)

  /// The most problems of one scan in the log.
  private static let mostProblems = 10

  private enum Wake { case change, time }

  /// Watches repositories; `pause` is the time between two scans when no change is reported,
  /// `quiet` the time without a change before a scan begins, so that an upload is scanned once.
  package init(
    catalog: CatalogConnection, repositories: [Repository], pause: Duration,
    quiet: Duration = .seconds(1), sandbox: WorkerProgram? = nil, trees: FileTreeOpening? = nil,
    policy: PackagePolicy? = nil,
    counting: any JobCounting, logger: Logger
  ) {
    self.catalog = catalog
    self.repositories = repositories
    self.pause = pause
    self.quiet = quiet
    self.sandbox = sandbox
    self.trees = trees
    self.policy = policy
    self.counting = counting
    self.logger = logger
  }

  package func run() async throws {
    let (wakes, waker) = AsyncStream.makeStream(of: Wake.self, bufferingPolicy: .bufferingNewest(1))
    let own = catalog.path.split(separator: "/").last ?? ""
    let watch = FolderWatch(ignoring: String(own), mostFolders: mostFolders) {
      waker.yield(.change)
    }
    await cancelWhenGracefulShutdown {
      var iterator = wakes.makeAsyncIterator()
      var wasTold = true
      /// The times at which repositories are scanned whose changes no event reports: listing them
      /// costs more than visiting folders.
      var due: [RepositoryMapping: ContinuousClock.Instant] = [:]
      while !Task.isCancelled {
        let isTold = await listens(watch)
        if wasTold, !isTold {
          logger.warning(
            "not every change of the watched folders is told; they are scanned regularly",
            metadata: ["seconds": .number(min(pause, shortPause).components.seconds)])
        }
        wasTold = isTold
        var next = isTold ? pause : min(pause, shortPause)
        for repository in repositories {
          guard repository.mapping.isRemote else {
            next = min(next, await scan(repository) ?? next)
            continue
          }
          if due[repository.mapping].map({ $0 <= .now }) ?? true {
            due[repository.mapping] = .now + min(pause, await scan(repository) ?? pause)
          }
          next = min(next, max(.zero, (due[repository.mapping] ?? .now) - .now))
        }
        // A sleep that was cut short by the server's end must not begin another scan.
        guard !Task.isCancelled, var wake = await Self.wake(&iterator, waker, after: next) else {
          return
        }
        let start = ContinuousClock.now
        while wake == .change, ContinuousClock.now - start < Self.longestUnrest {
          guard let more = await Self.wake(&iterator, waker, after: quiet) else { return }
          wake = more
        }
      }
    }
  }

  /// Waits for a change, or for the time to be up; nil at the server's end.
  private static func wake(
    _ iterator: inout AsyncStream<Wake>.Iterator, _ waker: AsyncStream<Wake>.Continuation,
    after time: Duration
  ) async -> Wake? {
    let alarm = Task {
      try await Task.sleep(for: time)
      waker.yield(.time)
    }
    defer { alarm.cancel() }
    return await iterator.next()
  }

  /// Returns whether every change below the repositories' folders is reported from now on.
  private func listens(_ watch: FolderWatch?) async -> Bool {
    guard let watch else { return false }
    let folders = repositories.map(\.mapping).filter { !$0.isRemote }.map(\.walkedFolder)
    let isTold = try? await WorkPool.scans.run { _ in
      watch.watch(folders) && folders.allSatisfy { NetworkFileSystem.name(at: $0) == nil }
    }
    return isTold ?? false
  }

  /// Scans a repository; says how soon it has to be scanned again, nil for no reason to.
  private func scan(_ repository: Repository) async -> Duration? {
    var options = ScanOptions()
    options.excludes = repository.excludes
    options.hashBudget = Self.hashBudget
    options.isInBackground = true
    options.sandbox = sandbox
    options.trees = trees
    options.policy = policy
    let settle = options.settle
    do {
      let store = try await catalog.store()
      let summary = try await WorkPool.scans.run { [options] flag in
        var options = options
        options.isCancelled = { flag.isCancelled }
        return try RepositoryScan(store: store, mappings: [repository.mapping], options: options)
          .run()
      }
      counting.scanned(true)
      let counts = summary.counts
      if counts.added + counts.changed + counts.returned + counts.gone + counts.renamed
        + counts.problems > 0
      {
        logger.info(
          "scan",
          metadata: [
            "repository": "\(repository.mapping.dataStore)", "added": .number(counts.added),
            "changed": .number(counts.changed), "gone": .number(counts.gone),
            "problems": .number(counts.problems),
          ])
      }
      for problem in summary.problems.prefix(Self.mostProblems) {
        logger.warning(
          "not seen by a scan",
          metadata: [
            "path": "\(problem.path.forDisplay)", "reason": "\(problem.reason.forDisplay)",
          ])
      }
      // What was written moments ago is looked at once it may count as finished.
      return counts.unsettled > 0 ? .seconds(settle + 1) : nil
    } catch let error as IndexError where error.code == .busy {
      // Another process scans.
      return .seconds(2)
    } catch let error as CatalogError {
      guard !Task.isCancelled else { return nil }
      // A database that cannot be reached, or is not there yet, is reported once.
      counting.scanned(false)
      catalog.report(error, logger)
      return shortPause
    } catch {
      guard !Task.isCancelled else { return nil }
      counting.scanned(false)
      logger.error(
        "a scan failed",
        metadata: [
          "repository": "\(repository.mapping.dataStore)", "error": "\("\(error)".forDisplay)",
        ])
      return shortPause
    }
  }
}
