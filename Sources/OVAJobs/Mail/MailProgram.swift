import Foundation
import Glibc
import OVABasics
import OVAByteSource
import OVAConcurrency

/// The program that takes mail, run with `-t -i` and a letter as its input.
struct MailProgram: Sendable {
  /// The results of a run.
  enum Outcome: Sendable, Hashable {
    /// The program took the letter.
    case accepted
    /// It did not; the reason is for the log.
    case failed(String)
    /// It was cancelled first; the program was ended.
    case interrupted
  }

  let path: String
  /// The time limit.
  let limit: Duration

  /// The time that a program has to end when asked to, before it is killed.
  private static let grace = Duration.seconds(1)
  /// Bytes of what the program says that go into the log.
  private static let mostWords = 500

  /// Hands a letter over, and waits for the program: no longer than `limit` and a little; its whole
  /// process group is ended then.
  /// - Parameter flag: calls it off.
  func send(_ letter: String, unless flag: CancelFlag) -> Outcome {
    guard let input = UnnamedFile(holding: Array(letter.utf8)), let output = UnnamedFile() else {
      return .failed("the letter cannot be kept in a temporary file: \(Self.systemWords(errno))")
    }
    let child: pid_t
    switch start(input: input.descriptor, output: output.descriptor) {
    case .success(let started): child = started
    case .failure(let failure):
      return .failed("\(path) cannot be run: \(Self.systemWords(failure.number))")
    }
    let end = ContinuousClock.now + limit
    var pause = Duration.milliseconds(2)
    while ContinuousClock.now < end {
      if let status = Self.ended(child) { return outcome(status, output) }
      if flag.wait(for: pause) {
        Self.stop(child)
        return .interrupted
      }
      pause = min(pause * 2, .milliseconds(200))
    }
    Self.stop(child)
    return .failed("\(path) was not done after \(limit.components.seconds) s")
  }

  private func outcome(_ status: Int32, _ output: UnnamedFile) -> Outcome {
    // What the shell calls WIFEXITED, WEXITSTATUS and WTERMSIG.
    let signal = status & 0x7F
    let code = (status >> 8) & 0xFF
    if signal == 0, code == 0 { return .accepted }
    let end = signal == 0 ? "ended with status \(code)" : "was ended by signal \(signal)"
    let words = output.start(Self.mostWords)
    return .failed("\(path) \(end)\(words.isEmpty ? "" : ": \(words)")")
  }

  private static func systemWords(_ number: Int32) -> String {
    unsafe String(cString: strerror(number))
  }

  // MARK: The process

  private struct Failure: Error { let number: Int32 }

  /// Starts the program in a process group of its own, with the signals that a program expects: the
  /// server's own are ignored or handled elsewhere, which a child would take over.
  private func start(input: Int32, output: Int32) -> Result<pid_t, Failure> {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, input, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, output, 1)
    unsafe posix_spawn_file_actions_adddup2(&actions, output, 2)

    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var usual = sigset_t()
    unsafe sigfillset(&usual)
    unsafe sigdelset(&usual, SIGKILL)
    unsafe sigdelset(&usual, SIGSTOP)
    unsafe posix_spawnattr_setsigdefault(&attributes, &usual)
    var none = sigset_t()
    unsafe sigemptyset(&none)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
    unsafe posix_spawnattr_setflags(&attributes, Int16(flags))

    let environment = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }
    var child: pid_t = 0
    let result = unsafe Self.withStrings([path, "-t", "-i"]) { arguments in
      unsafe Self.withStrings(environment) { environment in
        unsafe path.withFileSystemPath {
          unsafe posix_spawn(&child, $0, &actions, &attributes, arguments, environment)
        }
      }
    }
    return result == 0 ? .success(child) : .failure(Failure(number: result))
  }

  /// Texts as C has them, with a null at the end.
  private static func withStrings<Result>(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    var pointers = unsafe texts.map { unsafe strdup($0) }
    defer { unsafe pointers.forEach { unsafe free($0) } }
    unsafe pointers.append(nil)
    return unsafe body(pointers)
  }

  /// The status of a child that has ended; nil while it runs.
  private static func ended(_ child: pid_t) -> Int32? {
    var status: Int32 = 0
    let result = unsafe waitpid(child, &status, WNOHANG)
    if result == child { return status }
    // Another part of the process has taken its status; nothing is known of it.
    return result < 0 && errno == ECHILD ? 0xFF00 : nil
  }

  /// Ends a child and all that it started: by SIGTERM first, by SIGKILL a little later.
  private static func stop(_ child: pid_t) {
    kill(-child, SIGTERM)
    for signal in [nil, SIGKILL] as [Int32?] {
      if let signal { kill(-child, signal) }
      let end = ContinuousClock.now + grace
      while ContinuousClock.now < end, ended(child) == nil { usleep(5000) }
    }
    kill(-child, SIGKILL)
  }
}

/// A file without a name, which is gone with its descriptor.
private final class UnnamedFile: Sendable {
  let descriptor: Int32

  /// Nil when it cannot be made or written; `errno` says why.
  init?(holding bytes: [UInt8] = []) {
    let path = FileManager.default.temporaryDirectory.path + "/ova-\(UUID().uuidString)"
    let file = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { return nil }
    unsafe unlink(path)
    descriptor = file
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return nil }
      rest = rest.dropFirst(count)
    }
    guard lseek(file, 0, SEEK_SET) == 0 else { return nil }
  }

  deinit { close(descriptor) }

  /// Returns the beginning of the text, in one line.
  func start(_ count: Int) -> String {
    var buffer = [UInt8](repeating: 0, count: count)
    let read = unsafe buffer.withUnsafeMutableBytes {
      unsafe pread(descriptor, $0.baseAddress, $0.count, 0)
    }
    guard read > 0 else { return "" }
    return String(decoding: buffer.prefix(read), as: UTF8.self)
      .split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
