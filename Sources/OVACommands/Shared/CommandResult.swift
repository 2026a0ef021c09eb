import OVABasics
import Synchronization

/// The result of a command line: what a process would have ended with and written.
package struct CommandResult: Hashable, Sendable {
  /// The exit status.
  package let status: ExitStatus
  /// The bytes for standard output.
  package let data: [UInt8]
  /// The text for standard error.
  package let words: String

  /// Makes a result of its parts.
  package init(_ status: ExitStatus, data: [UInt8] = [], words: String = "") {
    self.status = status
    self.data = data
    self.words = words
  }

  /// The text for standard output.
  package var text: String { String(decoding: data, as: UTF8.self) }
}

/// Gathers what a command writes; from any thread.
final class CapturedOutput: Sendable {
  private let streams = Mutex<(data: [UInt8], words: [UInt8])>(([], []))

  func add(_ bytes: [UInt8], isData: Bool) {
    streams.withLock { streams in
      if isData { streams.data += bytes } else { streams.words += bytes }
    }
  }

  func result(_ status: ExitStatus) -> CommandResult {
    streams.withLock { streams in
      CommandResult(
        status, data: streams.data, words: String(decoding: streams.words, as: UTF8.self))
    }
  }
}
