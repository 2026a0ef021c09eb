import CPlatform
import Foundation
import Glibc
import OVAByteSource
import Synchronization

/// A confined process that answers questions, used by one thread at a time.
///
/// Its environment is empty, it has no files but its connection, and its input is empty unless given.
public final class Worker: Sendable {
  /// The means of the kernel that are in force.
  public let confined: KernelConfinement
  private let process: pid_t
  private let channel: MessageChannel
  /// The status that it ended with, once that was waited for.
  private let ended = Mutex<Int32?>(nil)
  /// The processor time at which it is ended, in seconds since its start; nil while there is none.
  private let lastSecond = Mutex<UInt64?>(nil)

  /// Starts a worker, and waits until it is confined.
  ///
  /// - Parameters:
  ///   - program: what is started.
  ///   - role: the worker's purpose, which is passed to it.
  ///   - confinement: what it may do.
  ///   - input: a file descriptor that becomes its standard input; nil for an empty one.
  /// - Throws: `SandboxError` when it cannot be started or confined.
  public init(
    _ program: WorkerProgram, role: String, confinement: Confinement, input: Int32? = nil
  ) throws(SandboxError) {
    var pair: [Int32] = [-1, -1]
    let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    guard unsafe socketpair(AF_UNIX, type, 0, &pair) == 0 else {
      throw SandboxError(.notStarted, systemWords(errno))
    }
    let started = Self.start(program, connection: pair[1], input: input)
    // Only with the last copy of its end does the connection end.
    close(pair[1])
    switch started {
    case .success(let process): self.process = process
    case .failure(let failure):
      close(pair[0])
      throw SandboxError(.notStarted, systemWords(failure.number))
    }
    channel = MessageChannel(descriptor: pair[0], usesSend: true)
    let setup = WorkerSetup(role: role, confinement: confinement)
    guard let message = try? JSONEncoder().encode(setup), channel.send(Array(message)),
      case .done(let answer) = channel.receive(),
      let state = try? JSONDecoder().decode(WorkerState.self, from: Data(answer))
    else {
      Self.end(process)
      close(pair[0])
      throw SandboxError(.notStarted, "it ended before it was confined")
    }
    guard let confined = state.confined else {
      Self.end(process)
      close(pair[0])
      throw SandboxError(.notConfined, state.failure ?? "it does not say why")
    }
    self.confined = confined
  }

  deinit {
    close(channel.descriptor)
    // The number of one that was waited for may be another's by now.
    guard ended.withLock({ $0 }) == nil else { return }
    Self.end(process)
  }

  private static func end(_ process: pid_t) {
    kill(process, SIGKILL)
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
  }

  /// Sets how much processor time the worker may take from now on, in seconds.
  public func allow(processorSeconds: UInt64) {
    guard let used = secondsUsed else { return }
    let (last, overflow) = (used + 1).addingReportingOverflow(processorSeconds)
    guard !overflow else { return }
    // The worker may not raise it: its filter forbids that.
    _ = ova_limit_processor_seconds(process, last)
    lastSecond.withLock { $0 = last }
  }

  /// Whole seconds of processor time that it has used; nil when it is gone.
  private var secondsUsed: UInt64? {
    var clock = clockid_t()
    var used = timespec()
    guard unsafe clock_getcpuclockid(process, &clock) == 0,
      unsafe clock_gettime(clock, &used) == 0
    else { return nil }
    return UInt64(max(0, used.tv_sec))
  }

  /// True if it goes on beyond its time: the signal that the kernel sends for that can be ignored.
  private var isOverdue: Bool {
    guard let last = lastSecond.withLock({ $0 }) else { return false }
    return secondsUsed.map { $0 > last } ?? false
  }

  /// Sends a question or part of one.
  public func send(_ message: [UInt8]) throws(WorkerEnd) {
    guard channel.send(message) else { throw end() }
  }

  /// Waits for the next message of the worker.
  /// - Parameter isCancelled: asked a few times a second; once true the worker is of no use.
  public func receive(isCancelled: () -> Bool = { false }) throws(WorkerEnd) -> [UInt8] {
    var isOverdue = false
    let outcome = channel.receive {
      isOverdue = self.isOverdue
      return isOverdue || isCancelled()
    }
    switch outcome {
    case .done(let message): return message
    case .cancelled: throw WorkerEnd(isOverdue ? .processorTime : .cancelled)
    case .ended: throw end()
    }
  }

  /// The end of a worker that answers no more.
  private func end() -> WorkerEnd {
    // One that closed its connection and goes on has nothing more to say; a moment is for the
    // kernel to tell the death of one that died.
    for _ in 0..<200 {
      let status = ended.withLock { ended in
        if ended == nil {
          var status: Int32 = 0
          if unsafe waitpid(process, &status, WNOHANG) == process { ended = status }
        }
        return ended
      }
      if let status { return WorkerEnd(status: status) }
      usleep(5000)
    }
    return .unclear
  }
}
