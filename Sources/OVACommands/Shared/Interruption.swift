import Glibc
import Synchronization

/// Handles the signals that ask the process to stop.
enum Interruption {
  /// True once the process was asked to stop while `isDeferred`.
  private static let requested = Atomic(false)
  private static let isDeferred = Atomic(false)

  /// Ends the process with `ExitStatus.interrupted` at the first Ctrl-C, at once and silently.
  ///
  /// Files under a final name are whole by then or not there: they are named when they are done.
  static func endsProcess() {
    // The handler must find both made.
    requested.store(false, ordering: .relaxed)
    isDeferred.store(false, ordering: .relaxed)
    signal(SIGINT) { _ in Interruption.stop() }
    unblockSignals()
    // A file that reaches the size its user may have is an error of writing and reported as one.
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Whoever started this process may have done so from a thread that lets no signals in, and that
  /// is handed down.
  private static func unblockSignals() {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGHUP] { unsafe sigaddset(&signals, signal) }
    unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// Lets work that has something to clear away ask `isRequested` instead; a second Ctrl-C ends the
  /// process all the same. A terminal that is closed (SIGHUP) and SIGTERM count as Ctrl-C.
  static func isHandledByWork() {
    isDeferred.store(true, ordering: .relaxed)
    signal(SIGTERM) { _ in Interruption.stop() }
    signal(SIGHUP) { _ in Interruption.stop() }
  }

  /// True if the work should stop.
  static var isRequested: Bool { requested.load(ordering: .relaxed) }

  private static func stop() {
    let isFirst = !requested.exchange(true, ordering: .relaxed)
    guard isFirst, isDeferred.load(ordering: .relaxed) else {
      _exit(ExitStatus.interrupted.rawValue)
    }
  }
}
