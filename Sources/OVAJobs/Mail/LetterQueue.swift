package import Logging
import OVABasics
import OVACatalog
import OVAConcurrency
package import OVAConfiguration
import ServiceLifecycle

/// Sends letters about syncs through the system's `sendmail`, out of a queue that is kept in the
/// catalog: what is not sent when the server stops is sent after its next start.
///
/// A letter that the program took twice, because the server was stopped between, has one Message-ID.
package struct LetterQueue: Service {
  /// The seconds that a letter waits after the first, second, … attempt to send it failed; the last
  /// of them is repeated.
  private static let pauses: [Int64] = [60, 300, 900, 3600, 3 * 3600]
  /// A letter that could not be sent for so many seconds is dropped.
  private static let patience: Int64 = 3 * 86_400

  private let catalog: CatalogConnection
  private let settings: MailSettings
  private let counting: any JobCounting
  private let logger: Logger
  private let now: @Sendable () -> Int64
  private let calls: AsyncStream<Void>
  private let caller: AsyncStream<Void>.Continuation
  private let threads = WorkPool.mail()

  /// Makes a queue; `now` tells the seconds since 1970.
  package init(
    catalog: CatalogConnection, settings: MailSettings, counting: any JobCounting, logger: Logger,
    now: @escaping @Sendable () -> Int64
  ) {
    self.catalog = catalog
    self.settings = settings
    self.counting = counting
    self.logger = logger
    self.now = now
    (calls, caller) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
  }

  /// Returns whether a user has an address to write to.
  func tells(_ user: String) -> Bool { settings.address(of: user) != nil }

  /// Wakes the queue: there is a letter to send.
  package func wake() { caller.yield() }

  package func run() async throws {
    wake()
    await cancelWhenGracefulShutdown {
      var iterator = calls.makeAsyncIterator()
      while !Task.isCancelled {
        await sendAll()
        let alarm = Task { [caller, pause = await pause()] in
          try await Task.sleep(for: pause)
          caller.yield()
        }
        defer { alarm.cancel() }
        guard await iterator.next() != nil else { return }
      }
    }
  }

  /// Returns the time until a letter is due, or until the queue is looked at all the same.
  private func pause() async -> Duration {
    let due = try? await catalog.read { try $0.nextLetterDue() }
    guard let due = due ?? nil else { return .seconds(60) }
    return .seconds(min(max(due - now(), 1), 60))
  }

  /// Sends what is due, one letter after the other; returns when nothing more is due.
  package func sendAll() async {
    // Held to the end: no letter is sent by two servers.
    var lock: JobLock?
    defer { withExtendedLifetime(lock) {} }
    do {
      while !Task.isCancelled {
        let due = now()
        let rows = try await catalog.read { try $0.letters(dueBy: due, limit: 100) }
        if rows.isEmpty { return }
        if lock == nil {
          lock = try await catalog.lock(for: .letters)
          if lock == nil { return }
          continue
        }
        for row in rows {
          if Task.isCancelled { return }
          try await send(row)
        }
      }
    } catch {
      if error.code != .cancelled { catalog.report(error, logger) }
    }
  }

  private func send(_ row: LetterRow) async throws(CatalogError) {
    let request = try await catalog.read { try $0.request(id: row.request) }
    guard let request, let address = settings.address(of: request.username) else {
      try await drop(row, "the user has no address any more")
      return
    }
    let letter = Letter(request: request, address: address, settings: settings)
    let program = MailProgram(path: settings.sendmail, limit: .seconds(settings.timeoutSeconds))
    switch await outcome(of: letter.text, by: program) {
    case .accepted:
      try await catalog.write { try $0.removeLetter(about: row.request) }
      counting.lettered(.sent)
    case .interrupted:
      // The server ends; the letter stays where it is.
      return
    case .failed(let reason):
      try await retry(row, reason)
    }
  }

  private func outcome(of letter: String, by program: MailProgram) async -> MailProgram.Outcome {
    do {
      return try await threads.run { flag in program.send(letter, unless: flag) }
    } catch is CancellationError {
      return .interrupted
    } catch {
      return .failed("there is no thread for it")
    }
  }

  private func retry(_ row: LetterRow, _ reason: String) async throws(CatalogError) {
    let now = now()
    let pause = Self.pauses[min(max(row.attempts, 0), Self.pauses.count - 1)]
    guard now + pause - row.createdOn < Self.patience else {
      try await drop(row, reason)
      return
    }
    try await catalog.write {
      try $0.postponeLetter(about: row.request, until: now + pause, failure: reason)
    }
    counting.lettered(.retried)
    logger.warning(
      "a letter could not be sent and is tried again",
      metadata: [
        "id": .number(row.request), "error": "\(reason.forDisplay)",
        "attempts": .number(row.attempts + 1),
        "seconds": .number(pause),
      ])
  }

  private func drop(_ row: LetterRow, _ reason: String) async throws(CatalogError) {
    try await catalog.write { try $0.removeLetter(about: row.request) }
    counting.lettered(.dropped)
    logger.error(
      "a letter could not be sent and is not tried any more",
      metadata: ["id": .number(row.request), "error": "\(reason.forDisplay)"])
  }
}
