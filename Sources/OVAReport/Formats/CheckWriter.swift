import OVABasics
package import OVAPolicy
package import OVARules

/// Writes the results of a check in one format, a package at a time.
///
/// Text of packages is safe to show in what it writes, whatever reads it.
package protocol CheckWriter {
  /// Writes a package; empty where a format writes all at the end.
  mutating func write(_ result: CheckResult) -> [UInt8]
  /// Writes the end of the report, behind the last package.
  mutating func end(_ sum: CheckSum) -> [UInt8]
  /// The parts that the format, or the platform that it is for, does not take and that were left
  /// out, in sentences; complete after `end`.
  var omissions: [String] { get }
}

extension CheckWriter {
  package var omissions: [String] { [] }
}

/// A format of the results of a check.
package enum CheckFormat: String, Sendable, CaseIterable {
  /// Text for people at a terminal.
  case text
  /// A line for each finding, as compilers write it.
  case concise
  /// One document.
  case json
  /// A document for each package and finding, on a line of its own.
  case ndjson
  /// The OASIS standard of analysis results, 2.1.0, as code scanning takes it.
  case sarif
  /// The test results of JUnit, as build machines show them.
  case junit
  /// Workflow commands of GitHub Actions, which it shows as annotations.
  case github
  /// The code quality report of GitLab.
  case gitlab
  /// Markdown for summaries of jobs and comments.
  case markdown
  /// One page without anything beside it.
  case html
}

/// The facts of a run that writers need.
package struct CheckWriting: Sendable {
  /// The folder that paths are relative to, where they are read by platforms.
  package let base: BasePath
  /// The version of this program.
  package let version: String
  /// The severity from which on findings fail the check; nil where none does.
  package let failsFrom: Severity?
  /// The writer of text for people.
  package let text: CheckText
  /// True if text, concise lines and Markdown have suppressed findings too, which documents always
  /// have and annotations of a code review never.
  package let showsSuppressed: Bool

  package init(
    base: BasePath, version: String, failsFrom: Severity?, text: CheckText,
    showsSuppressed: Bool = false
  ) {
    self.showsSuppressed = showsSuppressed
    self.base = base
    self.version = version
    self.failsFrom = failsFrom
    self.text = text
  }

  /// A writer of a format.
  package func writer(_ format: CheckFormat) -> any CheckWriter {
    switch format {
    case .text: TextWriter(text: text)
    case .concise: ConciseWriter(showsSuppressed: showsSuppressed)
    case .json: DocumentWriter()
    case .ndjson: LinesWriter()
    case .sarif: SARIFWriter(base: base, version: version)
    case .junit: JUnitWriter(base: base, failsFrom: failsFrom)
    case .github: GitHubWriter(base: base)
    case .gitlab: GitLabWriter(base: base)
    case .markdown:
      MarkdownWriter(base: base, failsFrom: failsFrom, showsSuppressed: showsSuppressed)
    case .html: HTMLWriter(base: base, version: version, failsFrom: failsFrom)
    }
  }
}

/// Writes text for people at a terminal.
private struct TextWriter: CheckWriter {
  let text: CheckText

  func write(_ result: CheckResult) -> [UInt8] { Array(text.text(result).utf8) }
  func end(_ sum: CheckSum) -> [UInt8] { Array(text.summary(sum).utf8) }
}

/// One JSON document, in pieces.
private struct DocumentWriter: CheckWriter {
  private var isFirst = true

  mutating func write(_ result: CheckResult) -> [UInt8] {
    defer { isFirst = false }
    return CheckJSON.piece(CheckJSON.package(result), isFirst: isFirst)
  }

  func end(_ sum: CheckSum) -> [UInt8] {
    isFirst ? CheckJSON.document([], sum).pretty() : CheckJSON.end(sum)
  }
}
