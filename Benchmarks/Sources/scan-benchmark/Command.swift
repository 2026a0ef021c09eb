import Foundation
import Glibc

/// A command run as a process of its own, and what it cost.
struct Command {
  let words: [String]

  /// What one run cost.
  struct Cost {
    /// Seconds on the wall.
    var seconds: Double
    /// Seconds of all processors.
    var processorSeconds: Double
    /// The most bytes in memory at a time.
    var peakMemory: Int
  }

  /// Runs it with its output thrown away; a command that fails ends the benchmark.
  func run() throws -> Cost {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    arguments.append(nil)
    defer { for argument in arguments { free(argument) } }
    var process = pid_t()
    let clock = ContinuousClock()
    let start = clock.now
    guard posix_spawnp(&process, words[0], &actions, nil, arguments, environ) == 0 else {
      throw Failure(reason: "\(words[0]) cannot be started")
    }
    var status: Int32 = 0
    var usage = rusage()
    while wait4(process, &status, 0, &usage) < 0, errno == EINTR {}
    let time = clock.now - start
    guard status == 0 else {
      throw Failure(reason: "\(words.joined(separator: " ")) ended with \(status >> 8)")
    }
    return Cost(
      seconds: time.inSeconds,
      processorSeconds: Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime),
      peakMemory: usage.ru_maxrss * 1024)
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1e6
  }

  /// The system calls of a run and its threads, counted by strace.
  func systemCalls(_ file: String) throws -> Int {
    _ = try Command(words: ["strace", "-f", "-c", "-o", file] + words).run()
    let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
    let total = lines.last { $0.hasSuffix("total") }?.split(separator: " ")
    return total.flatMap { $0.count > 3 ? Int($0[3]) : nil } ?? 0
  }
}

/// Why the benchmark cannot go on.
struct Failure: Error, CustomStringConvertible {
  let reason: String
  var description: String { reason }
}

extension Duration {
  var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
