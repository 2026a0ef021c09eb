import Glibc
import OVABasics
import Synchronization

/// A stream that a command writes to: data to standard output, messages to standard error.
package struct Output: Sendable {
  private let descriptor: Int32

  /// The stream's file descriptor.
  var fileDescriptor: Int32 { descriptor }

  /// Data for the reader or the next program.
  package static let standardOutput = Output(descriptor: STDOUT_FILENO)
  /// Messages about the run: errors, progress, hints.
  package static let standardError = Output(descriptor: STDERR_FILENO)

  /// The output collected of a command that is run for its result; nil where the process's streams
  /// are written.
  @TaskLocal static var captured: CapturedOutput?

  /// True if some data could not be written; standard error reports it.
  private static let hasFailed = Atomic(false)

  /// Checks that no file that is opened later is taken for one of the standard streams, where the
  /// process was started without them: what stands in for a stream fails as a closed one does.
  package static func holdStandardStreams() {
    for (descriptor, mode) in [
      (STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY),
    ] where fcntl(descriptor, F_GETFD) == -1 && errno == EBADF {
      // The lowest free number is the one that is missing.
      _ = open("/dev/null", mode)
    }
  }

  /// Lets the command do its work to the end when who reads standard output goes away, for commands
  /// that do more than write to it: that is reported then, as any failure to write. Others are
  /// ended by the signal, as `ova rules | head` should be.
  package static func outlivesReader() {
    if captured == nil { signal(SIGPIPE, SIG_IGN) }
  }

  /// True if a person's terminal is at the other end.
  package var isTerminal: Bool { Self.captured == nil && isatty(descriptor) == 1 }

  /// Writes all of `text`; a reader that went away ends the process as usual.
  package func write(_ text: String) {
    write(Array(text.utf8))
  }

  /// Writes all of `bytes`. Where standard output does not take them it is said once, nothing more
  /// is written to it, and the process ends with `ExitStatus.unwritten`.
  package func write(_ bytes: [UInt8]) {
    let isData = descriptor == STDOUT_FILENO
    if let captured = Self.captured { return captured.add(bytes, isError: !isData) }
    if isData, Self.hasFailed.load(ordering: .relaxed) { return }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
        continue
      }
      switch count == 0 ? EIO : errno {
      case EINTR: continue
      case EAGAIN: waitUntilWritable()
      case let number:
        if isData { Self.fail(number) }
        return
      }
    }
  }

  /// Writes a line.
  package func line(_ text: String) { write(text + "\n") }

  /// Ends standard output: what the system had put off writing may fail only now.
  /// - Returns: whether all data was written.
  package static func closeData() -> Bool {
    if captured != nil { return true }
    // A stream that was closed from the start takes nothing, which is no failure of having nothing.
    if !hasFailed.load(ordering: .relaxed), close(STDOUT_FILENO) != 0, errno != EBADF {
      fail(errno)
    }
    return !hasFailed.load(ordering: .relaxed)
  }

  private static func fail(_ number: Int32) {
    guard !hasFailed.exchange(true, ordering: .relaxed) else { return }
    standardError.line(
      "ova: standard output: cannot write it: \(String(cString: strerror(number)))")
  }

  /// A pipe that another program has made so gives back what it cannot take at once.
  private func waitUntilWritable() {
    var place = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    _ = poll(&place, 1, -1)
  }
}

extension String {
  /// The text with everything but its line feeds made safe to show.
  package var linesForDisplay: String {
    split(separator: "\n", omittingEmptySubsequences: false).map { String($0).forDisplay }
      .joined(separator: "\n")
  }
}
