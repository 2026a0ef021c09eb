import Logging
import NIOPosix
import OVABasics
import OVACatalog
import OVAConfiguration
import ServiceLifecycle

/// Takes up users' requests to sync, one after the other; those too that were under way when the
/// server stopped.
package struct SyncWorker: Service {
  private let catalogue: Catalogue
  private let personal: PersonalRepositories?
  private let scanning: any RepositoryScanning
  private let mail: Confirmation?
  private let metrics: ServerMetrics
  private let logger: Logger
  private let now: @Sendable () -> Int64
  private let calls: AsyncStream<Void>
  private let caller: AsyncStream<Void>.Continuation

  init(
    catalogue: Catalogue, personal: PersonalRepositories?, scanning: any RepositoryScanning,
    mail: Confirmation?, metrics: ServerMetrics, logger: Logger,
    now: @escaping @Sendable () -> Int64
  ) {
    self.catalogue = catalogue
    self.personal = personal
    self.scanning = scanning
    self.mail = mail
    self.metrics = metrics
    self.logger = logger
    self.now = now
    (calls, caller) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
  }

  /// Says that there is work.
  func wake() { caller.yield() }

  package func run() async throws {
    wake()
    // A database that was not there, or another process's request, is looked for now and then.
    let ticker = Task { [caller] in
      while !Task.isCancelled {
        try await Task.sleep(for: .seconds(10))
        caller.yield()
      }
    }
    await cancelWhenGracefulShutdown {
      for await _ in calls {
        if Task.isCancelled { break }
        await takeUpAll()
      }
    }
    ticker.cancel()
  }

  /// Does all there is to do; returns when nothing is left.
  package func takeUpAll() async {
    var waits = 0
    while !Task.isCancelled {
      let requests: [SyncRequestRow]
      do {
        requests = try await catalogue.read { try $0.unfinishedRequests() }
      } catch {
        if error.code != .cancelled {
          logger.error("requests cannot be read", metadata: ["error": "\(error.description.inert)"])
        }
        return
      }
      guard let request = requests.first else { return }
      do {
        try await process(request)
        waits = 0
      } catch is ScanBusy {
        // `ova scan` works on the catalogue: this request keeps its place.
        waits += 1
        try? await Task.sleep(for: .milliseconds(min(200 * waits, 5000)))
      } catch is CancellationError {
        return
      } catch {
        logger.error(
          "a sync cannot be stored", metadata: ["id": "\(request.id)", "error": "\(error)"])
        return
      }
    }
  }

  private func process(_ request: SyncRequestRow) async throws {
    var running = request
    running.status = .inProgress
    if request.status != .inProgress { running.updatedOn = now() }
    let started = running
    let start = ContinuousClock.now
    try await catalogue.write { _ = try $0.update(started) }
    // One that was under way already was stopped half-way.
    let resuming = request.status == .inProgress ? request.updatedOn : nil
    var done = try await scanned(running, resuming: resuming)
    done.updatedOn = max(now(), running.updatedOn)
    let finished = done
    let isStored = try await catalogue.write { try $0.update(finished) }
    guard isStored else { return }
    metrics.synced(finished.status == .processed, time: ContinuousClock.now - start)
    logger.info(
      "sync",
      metadata: [
        "id": "\(finished.id)", "user": "\(finished.username)",
        "status": "\(finished.status.rawValue)", "added": "\(finished.added.count)",
        "deleted": "\(finished.deleted.count)", "errors": "\(finished.errors.count)",
      ])
    await mail?.send(finished)
  }

  /// The request with what a scan of its user's repository did.
  ///
  /// Throws when the scan has to be taken up again later.
  private func scanned(
    _ request: SyncRequestRow, resuming: Int64?
  ) async throws -> SyncRequestRow {
    var request = request
    guard let personal else {
      request.status = .error
      request.errors = ["no personal repositories are configured"]
      return request
    }
    do {
      let repository = try personal.repository(of: request.username)
      let store = try catalogue.store()
      let stop = StopFlag()
      let outcome = try await withTaskCancellationHandler {
        try await NIOThreadPool.singleton.runIfActive { [scanning] in
          try scanning.scan(repository, into: store, resuming: resuming) { stop.isRaised }
        }
      } onCancel: {
        stop.raise()
      }
      if outcome.isCancelled { throw CancellationError() }
      request.added = outcome.added
      request.deleted = outcome.deleted
      request.errors = outcome.errors
      request.warnings = outcome.warnings
      request.status = .processed
    } catch let error as ScanBusy {
      throw error
    } catch let error as CancellationError {
      throw error
    } catch {
      request.status = .error
      request.errors = [Self.words(error)]
      logger.error(
        "a sync failed", metadata: ["id": "\(request.id)", "error": "\("\(error)".inert)"])
    }
    return request
  }

  /// What a user may know of a failure: no paths of the server.
  private static func words(_ error: any Error) -> String {
    guard let error = error as? any ExplainedError else { return "the folder cannot be scanned" }
    return "the folder cannot be scanned: \(error.reason)"
  }
}
