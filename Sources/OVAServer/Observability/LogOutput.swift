import Glibc
import OVAConcurrency
import Synchronization

/// Writes log lines without making their authors wait: a reader that is slow, or stopped, delays no
/// request.
///
/// Lines go out at once while the reader takes them. Those that it does not take wait, in their
/// order and up to a number; later ones are counted and dropped, and the count is logged.
package final class LogOutput: Sendable {
  private struct State {
    /// Lines that wait.
    var waiting = 0
    /// Lines that were dropped since the last that was not.
    var dropped = 0
  }

  private let descriptor: Int32
  private let mostWaiting: Int
  private let thread = WorkPool(name: "log", threads: 1)
  private let state = Mutex(State())

  /// - Parameters:
  ///   - descriptor: is written to, and stays open.
  ///   - mostWaiting: lines that wait at most.
  package init(descriptor: Int32, mostWaiting: Int = 10_000) {
    self.descriptor = descriptor
    self.mostWaiting = mostWaiting
  }

  /// Standard error, of the whole process.
  package static let standardError = LogOutput(descriptor: STDERR_FILENO)

  /// The bytes that a pipe with room takes without waiting.
  private static let atOnce = 4096

  /// Writes a line, or has it written.
  package func write(_ line: [UInt8]) {
    let isWritable = line.count <= Self.atOnce && self.isWritable
    enum Step { case write, wait, drop }
    let (step, lost) = state.withLock { state -> (Step, Int) in
      let goesOut = state.waiting == 0 && isWritable
      guard goesOut || state.waiting < mostWaiting else {
        state.dropped += 1
        return (.drop, 0)
      }
      if !goesOut { state.waiting += 1 }
      defer { state.dropped = 0 }
      return (goesOut ? .write : .wait, state.dropped)
    }
    switch step {
    case .write: writeNow(line, after: lost)
    case .drop: break
    case .wait:
      let isAccepted = thread.post { [self] in
        writeNow(line, after: lost)
        state.withLock { $0.waiting -= 1 }
      }
      if !isAccepted { state.withLock { $0.waiting -= 1 } }
    }
  }

  /// Waits until every line is written, or for a time.
  /// - Returns: whether every line is.
  @discardableResult
  package func flush(within time: Duration) -> Bool {
    let end = ContinuousClock.now + time
    while state.withLock({ $0.waiting > 0 }) {
      guard ContinuousClock.now < end else { return false }
      usleep(1000)
    }
    return true
  }

  private var isWritable: Bool {
    var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    return unsafe Glibc.poll(&poll, 1, 0) > 0
  }

  /// Writes a line, and before it how many were dropped.
  private func writeNow(_ line: [UInt8], after lost: Int) {
    if lost > 0 { writeNow(Array("\(lost) lines of the log were dropped here\n".utf8)) }
    writeNow(line)
  }

  private func writeNow(_ line: [UInt8]) {
    var rest = line[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      // There is nowhere left to say it.
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
