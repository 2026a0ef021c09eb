import Glibc

/// The share of the processors that a thread gets when there is more work than processors.
public enum ThreadPriority: Hashable, Sendable {
  /// That of the process.
  case normal
  /// About a tenth of what a normal thread gets (nice 10), and all that is idle: for work in the
  /// background.
  case background

  /// Gives the calling thread this priority. Under Linux a nice value is a thread's own.
  ///
  /// A system that refuses it leaves the thread as it is, which is slower for others and not wrong.
  func apply() {
    guard self == .background else { return }
    setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
  }
}

/// The processors of this machine.
public enum Processors {
  /// The number of processors to work with, 1 to 64.
  public static let count = max(1, min(64, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
}
