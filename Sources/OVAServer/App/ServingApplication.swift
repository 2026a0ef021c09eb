import Glibc
import Hummingbird
import Logging
import OVAConcurrency
import ServiceLifecycle
import Synchronization

/// The application as a service whose end has a limit: what cannot be called back, such as the check
/// of a password, does not keep the process longer than its operator wants to wait.
final class ServingApplication: Service {
  private let application: any ApplicationProtocol
  private let limit: Duration
  private let logger: Logger
  private let alarm = Mutex<Alarm?>(nil)

  init(_ application: any ApplicationProtocol, limit: Duration, logger: Logger) {
    self.application = application
    self.limit = limit
    self.logger = logger
  }

  func run() async throws {
    try await withGracefulShutdownHandler {
      try await application.run()
    } onGracefulShutdown: { [self] in
      // On a thread of its own: the others may be what keeps the process.
      let new = Alarm(after: limit) { [logger] in
        logger.error("stopped before everything was answered")
        _exit(1)
      }
      alarm.withLock { $0 = new }
    }
  }

  /// Everything has ended in time.
  func ended() { alarm.withLock { $0?.cancel() } }
}
