package import Logging
import OVABasics
import OVACatalog
import OVAConcurrency
package import OVAConfiguration
import ServiceLifecycle

/// Takes up users' requests to sync, one after the other; those too that were under way when the
/// server stopped. Of several servers of one catalog one does, for all.
package struct SyncWorker: Service {
  private let catalog: CatalogConnection
  private let personal: PersonalRepositories?
  private let scanning: any RepositoryScanning
  private let letters: LetterQueue?
  private let counting: any JobCounting
  private let logger: Logger
  private let now: @Sendable () -> Int64
  private let calls: AsyncStream<Void>
  private let caller: AsyncStream<Void>.Continuation

  /// Makes a worker.
  /// - Parameters:
  ///   - letters: where letters about syncs are queued; nil when no mail is sent.
  ///   - now: seconds since 1970.
  package init(
    catalog: CatalogConnection, personal: PersonalRepositories?, scanning: any RepositoryScanning,
    letters: LetterQueue?, counting: any JobCounting, logger: Logger,
    now: @escaping @Sendable () -> Int64
  ) {
    self.catalog = catalog
    self.personal = personal
    self.scanning = scanning
    self.letters = letters
    self.counting = counting
    self.logger = logger
    self.now = now
    (calls, caller) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
  }

  /// Wakes the worker: there is work.
  package func wake() { caller.yield() }

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
    // Held to the end: what another server of the catalog has under way is not to be begun again.
    var lock: JobLock?
    defer { withExtendedLifetime(lock) {} }
    while !Task.isCancelled {
      let request: SyncRequestRow
      do throws(CatalogError) {
        guard let first = try await catalog.read({ try $0.unfinishedRequests() }).first else {
          return
        }
        if lock == nil {
          lock = try await catalog.lock(for: .syncs)
          // Whoever has it takes up everything; and what was first may be done by now.
          if lock == nil { return }
          continue
        }
        request = first
      } catch {
        if error.code != .cancelled { catalog.report(error, logger) }
        return
      }
      do {
        try await process(request)
        waits = 0
      } catch is ScanBusy {
        // `ova scan` works on the catalog: this request keeps its place.
        waits += 1
        try? await Task.sleep(for: .milliseconds(min(200 * waits, 5000)))
      } catch is CancellationError {
        return
      } catch {
        logger.error(
          "a sync cannot be stored",
          metadata: ["id": .number(request.id), "error": "\("\(error)".forDisplay)"])
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
    try await catalog.write { _ = try $0.update(started) }
    // One that was under way already was stopped half-way.
    let resuming = request.status == .inProgress ? request.updatedOn : nil
    var done = try await scanned(running, resuming: resuming)
    done.updatedOn = max(now(), running.updatedOn)
    let finished = done
    let isTold = letters?.tells(finished.username) ?? false
    let isStored = try await catalog.write { writer in
      guard try writer.update(finished) else { return false }
      // In one step with the outcome, so that neither is there without the other.
      if isTold { try writer.addLetter(about: finished.id, now: finished.updatedOn) }
      return true
    }
    guard isStored else { return }
    counting.synced(finished.status, time: ContinuousClock.now - start)
    logger.info(
      "sync",
      metadata: [
        "id": .number(finished.id), "user": "\(finished.username)",
        "status": "\(finished.status.rawValue)", "added": .number(finished.added.count),
        "deleted": .number(finished.deleted.count), "errors": .number(finished.errors.count),
        "warnings": .number(finished.warnings.count),
        "seconds": .seconds(ContinuousClock.now - start),
      ])
    if isTold { letters?.wake() }
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
      let store = try await catalog.store()
      let outcome = try await WorkPool.scans.run { [scanning] flag in
        try scanning.scan(repository, into: store, resuming: resuming) { flag.isCancelled }
      }
      if outcome.isCancelled { throw CancellationError() }
      request.added = outcome.added
      request.deleted = outcome.deleted
      request.errors = (outcome.failure.map { [$0] } ?? []) + outcome.errors
      request.warnings = outcome.warnings
      request.status = outcome.failure == nil ? .processed : .error
      if let failure = outcome.failure { report(failure, request) }
    } catch let error as ScanBusy {
      throw error
    } catch let error as CancellationError {
      throw error
    } catch {
      request.status = .error
      request.errors = ["the folder cannot be scanned: \(CatalogScan.reason(of: error))"]
      report("\(error)", request)
    }
    return request
  }

  private func report(_ failure: String, _ request: SyncRequestRow) {
    logger.error(
      "a sync failed", metadata: ["id": .number(request.id), "error": "\(failure.forDisplay)"])
  }
}
