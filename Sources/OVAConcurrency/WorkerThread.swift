import CPlatform
import Glibc

/// A thread of a pool.
enum WorkerThread {
  private final class Start: Sendable {
    let name: String
    let priority: ThreadPriority
    let body: @Sendable () -> Void

    init(_ name: String, _ priority: ThreadPriority, _ body: @escaping @Sendable () -> Void) {
      self.name = name
      self.priority = priority
      self.body = body
    }

    func run() {
      WorkerThread.blockSignals()
      // The kernel keeps 15 bytes.
      unsafe ova_name_thread(name)
      priority.apply()
      body()
    }
  }

  /// Starts a thread that ends with `body`.
  /// - Returns: false when the system gives no thread.
  static func start(
    name: String, priority: ThreadPriority, _ body: @escaping @Sendable () -> Void
  ) -> Bool {
    let start = unsafe Unmanaged.passRetained(Start(name, priority, body))
    var thread = pthread_t()
    let status = unsafe pthread_create(
      &thread, nil,
      { pointer in
        if let pointer = unsafe pointer {
          unsafe Unmanaged<Start>.fromOpaque(pointer).takeRetainedValue().run()
        }
        return nil
      }, start.toOpaque())
    guard status == 0 else {
      unsafe start.release()
      return false
    }
    pthread_detach(thread)
    return true
  }

  /// Leaves signals that people and other processes send to the process's own threads, so that no
  /// reading or writing of a worker is interrupted.
  private static func blockSignals() {
    var signals = sigset_t()
    unsafe sigfillset(&signals)
    for own in [SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS] {
      unsafe sigdelset(&signals, own)
    }
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
  }
}
