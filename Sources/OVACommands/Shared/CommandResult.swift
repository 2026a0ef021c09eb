import OVABasics
import Synchronization

/// The result of a command line: what a process would have ended with and written.
package struct CommandResult: Hashable, Sendable {
  /// The exit status.
  package let status: ExitStatus
  /// The bytes for standard output.
  package let output: [UInt8]
  /// The text for standard error.
  package let errorText: String

  /// Makes a result of its parts.
  package init(_ status: ExitStatus, output: [UInt8] = [], errorText: String = "") {
    self.status = status
    self.output = output
    self.errorText = errorText
  }

  /// The text for standard output.
  package var text: String { String(decoding: output, as: UTF8.self) }
}

/// Gathers what a command writes; from any thread.
final class CapturedOutput: Sendable {
  private let streams = Mutex<(output: [UInt8], error: [UInt8])>(([], []))

  func add(_ bytes: [UInt8], isError: Bool) {
    streams.withLock { streams in
      if isError { streams.error += bytes } else { streams.output += bytes }
    }
  }

  func result(_ status: ExitStatus) -> CommandResult {
    streams.withLock { streams in
      CommandResult(
        status, output: streams.output, errorText: String(decoding: streams.error, as: UTF8.self))
    }
  }
}
