import Glibc

/// The end of a worker that was not asked to end.
public struct WorkerEnd: Error, Hashable, Sendable {
  /// The cause of the end.
  public enum Cause: Hashable, Sendable {
    /// It called the system for what it may not do.
    case forbiddenCall
    /// It took more processor time than it may.
    case processorTime
    /// It ran into a fault of its own, such as memory that it was not given.
    case crash(signal: Int32)
    /// Somebody ended it: a person, or the system for want of memory.
    case killed(signal: Int32)
    /// It left by itself, or sent what is no message.
    case left(status: Int32)
    /// It was ended because the work was cancelled.
    case cancelled
  }

  /// The cause of the end.
  public let cause: Cause

  /// True if what the worker read is to blame, so that reading it again would end the same.
  public var isOfContent: Bool {
    switch cause {
    case .forbiddenCall, .processorTime, .crash, .left: true
    case .killed, .cancelled: false
    }
  }

  /// The reason, for people.
  public var reason: String {
    switch cause {
    case .forbiddenCall:
      "parsing it was stopped: the parser tried what the sandbox forbids"
    case .processorTime:
      "parsing it was stopped: it took more processor time than the sandbox grants"
    case .crash(let signal):
      "parsing it was stopped: the parser crashed (\(Self.name(of: signal)))"
    case .killed(let signal):
      "parsing it was stopped: the parser was killed (\(Self.name(of: signal)))"
    case .left: "parsing it was stopped: the parser ended without an answer"
    case .cancelled: "parsing it was cancelled"
    }
  }

  init(_ cause: Cause) { self.cause = cause }

  /// The end of a worker that sends what is no answer.
  public static let unclear = WorkerEnd(.left(status: 0))

  /// Reads the status that `waitpid` tells.
  init(status: Int32) {
    let signal = status & 0x7F
    switch signal {
    case 0: cause = .left(status: (status >> 8) & 0xFF)
    case SIGSYS: cause = .forbiddenCall
    case SIGXCPU: cause = .processorTime
    case SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGXFSZ: cause = .crash(signal: signal)
    default: cause = .killed(signal: signal)
    }
  }

  private static func name(of signal: Int32) -> String {
    switch signal {
    case SIGSEGV: "SIGSEGV"
    case SIGBUS: "SIGBUS"
    case SIGILL: "SIGILL"
    case SIGTRAP: "SIGTRAP"
    case SIGABRT: "SIGABRT"
    case SIGFPE: "SIGFPE"
    case SIGXFSZ: "SIGXFSZ"
    case SIGKILL: "SIGKILL"
    case SIGTERM: "SIGTERM"
    default: "signal \(signal)"
    }
  }
}
