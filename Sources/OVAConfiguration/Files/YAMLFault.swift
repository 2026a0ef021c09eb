import OVABasics
import Yams

/// The reason why a text is not YAML, in words and with its place.
struct YAMLFault {
  private let reason: String
  private let line: Int
  private let column: Int?

  /// Explains an error of the YAML library.
  /// - Parameter text: the text that it is about.
  init(_ error: any Error, in text: String) {
    guard let error = error as? YamlError else {
      (reason, line, column) = ("\(error)".quotable, 1, nil)
      return
    }
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      // The end of the text is the library's line behind the last one.
      let last = Self.lineCount(of: text)
      let line = min(max(1, mark.line), last)
      (self.line, column) = (line, mark.line > last ? nil : max(1, mark.column))
      if problem.contains("cannot start any token"),
        Self.line(line, of: text).prefix(while: { $0 == 0x20 || $0 == 0x09 }).contains(0x09)
      {
        reason = "the line is indented with a tab, and YAML takes blanks alone"
      } else if problem.contains("nesting level") {
        reason = "its lists and sets of keys are nested too deep"
      } else {
        reason = "\(context.map { "\($0.text) " } ?? "")\(problem)".quotable
      }
    case .reader(let problem, let offset, _, let text):
      line = text.utf8.prefix(offset ?? 0).count { $0 == UInt8(ascii: "\n") } + 1
      (reason, column) = (problem.quotable, nil)
    case .duplicatedKeysInMapping(let keys, let context):
      let keys = keys.sorted()
      let first = max(1, context.mark.line)
      line =
        keys.compactMap {
          Self.secondLine(of: $0, from: first, after: context.mark.column - 1, in: text)
        }.min() ?? first
      reason =
        keys.count == 1
        ? "the key '\(keys[0].quotable)' is written twice"
        : "these keys are written twice: \(keys.joined(separator: ", ").quotable)"
      column = nil
    default: (reason, line, column) = ("\(error)".quotable, 1, nil)
    }
  }

  /// The error in a file.
  func error(in file: String) -> ConfigurationError {
    ConfigurationError(
      code: .malformed, reason: reason, place: Place(file, line: line, column: column))
  }

  private static func lines(of text: String) -> [Substring.UTF8View] {
    text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  }

  /// The number of lines, at least one; a line feed at the end begins none.
  private static func lineCount(of text: String) -> Int {
    max(1, lines(of: text).count - (text.utf8.last == UInt8(ascii: "\n") ? 1 : 0))
  }

  private static func line(_ number: Int, of text: String) -> Substring.UTF8View {
    let lines = lines(of: text)
    return lines.indices.contains(number - 1) ? lines[number - 1] : Substring().utf8
  }

  /// The line on which a key stands for the second time, each on a line of its own; nil where the
  /// set is written in another way.
  /// - Parameters:
  ///   - first: the line on which the set of keys begins.
  ///   - indentation: the blanks before its keys.
  private static func secondLine(
    of key: String, from first: Int, after indentation: Int, in text: String
  ) -> Int? {
    let blanks = String(repeating: " ", count: max(0, indentation))
    let starts = [key, "'\(key)'", "\"\(key)\""].map { "\(blanks)\($0):" }
    let numbers = lines(of: text).enumerated().lazy.filter { index, line in
      index + 1 >= first && starts.contains { line.starts(with: $0.utf8) }
    }.map { $0.offset + 1 }.prefix(2)
    return numbers.count == 2 ? numbers.last : nil
  }
}
