import Glibc
import Hummingbird
import Logging
import ServiceLifecycle

/// The application as a service whose end has a limit: what cannot be called back, such as the check
/// of a password, does not keep the process longer than its operator wants to wait.
struct ServingApplication: Service {
  let application: any ApplicationProtocol
  let limit: Duration
  let logger: Logger

  func run() async throws {
    let limit = limit
    let logger = logger
    try await withGracefulShutdownHandler {
      try await application.run()
    } onGracefulShutdown: {
      // Not a child of anything: the others may be what keeps the process.
      Task.detached {
        try? await Task.sleep(for: limit)
        logger.error("stopped before everything was answered")
        _exit(1)
      }
    }
  }
}
