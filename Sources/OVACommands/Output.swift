import Glibc
import OVABasics

/// Where a command's data and words go: data to standard output, words to standard error.
package struct Output: Sendable {
  private let descriptor: Int32

  /// Data for the reader or the next program.
  package static let data = Output(descriptor: STDOUT_FILENO)
  /// Words about the run: errors, progress, hints.
  package static let words = Output(descriptor: STDERR_FILENO)

  /// Whether a person's terminal is at the other end.
  package var isTerminal: Bool { isatty(descriptor) == 1 }

  /// Writes all of `text`; a reader that went away ends the process as usual.
  package func write(_ text: String) {
    write(Array(text.utf8))
  }

  /// Writes all of `bytes`.
  package func write(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        return
      }
    }
  }

  /// Writes a line.
  package func line(_ text: String) { write(text + "\n") }
}

extension String {
  /// The text with everything but its line feeds made inert.
  package var inertLines: String {
    split(separator: "\n", omittingEmptySubsequences: false).map { String($0).inert }
      .joined(separator: "\n")
  }
}
