import Glibc

/// What the process does when its user stops it.
enum Interruption {
  /// Ends the process with `ExitStatus.interrupted` at the first Ctrl-C, at once and silently.
  ///
  /// Files under a final name are whole by then or not there: they are renamed into place.
  static func endsProcess() {
    signal(SIGINT) { _ in _exit(130) }
  }
}
