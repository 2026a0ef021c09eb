import OVABasics
import OVAPolicy
import OVARules
import OVATargets

/// The test results of JUnit: a suite for each package, and in it a case for the package itself and
/// one for each rule and target that has something to say.
///
/// What fails the check is a failure; other findings are the output of a case that passes. The
/// attributes are those that Jenkins, GitLab and others read.
struct JUnitWriter: CheckWriter {
  /// Bytes of a file that GitLab reads.
  static let mostBytes = 30_000_000
  /// Bytes of the text of one case: libxml2, which GitLab reads with, refuses a text of 10 MB.
  static let mostTextBytes = 1_000_000

  private let base: BasePath
  private let failsFrom: Severity?
  private var suites: [UInt8] = []
  private var tests = 0
  private var failures = 0
  private var errors = 0
  private var leftOut = 0

  init(base: BasePath, failsFrom: Severity?) {
    self.base = base
    self.failsFrom = failsFrom
  }

  /// One test case.
  private struct Case {
    enum Outcome { case passed, failed, error }
    let name: String
    var outcome = Outcome.passed
    var message = ""
    private(set) var text = ""
    private var left = 0

    init(name: String, outcome: Outcome = .passed, message: String = "", text: String = "") {
      self.name = name
      self.outcome = outcome
      self.message = message
      add(text)
    }

    /// Adds lines that are safe to show, or counts them where there is no room.
    mutating func add(_ lines: String) {
      if text.utf8.count + lines.utf8.count <= JUnitWriter.mostTextBytes {
        text += lines
      } else {
        left += 1
      }
    }

    /// The text, and how much of it was left out.
    var wholeText: String { left == 0 ? text : text + "and \(left) more\n" }
  }

  mutating func write(_ result: CheckResult) -> [UInt8] {
    let cases = self.cases(of: result)
    let (failed, broken) = (
      cases.count { $0.outcome == .failed }, cases.count { $0.outcome == .error }
    )
    let path = base.relative(result.path)
    var text =
      "  <testsuite name=\"\(path.xml)\" tests=\"\(cases.count)\" failures=\"\(failed)\" "
      + "errors=\"\(broken)\" skipped=\"0\" time=\"0\">\n"
    for item in cases { text += Self.element(item, path: path) }
    text += "  </testsuite>\n"
    guard suites.count + text.utf8.count <= Self.mostBytes - 1000 else {
      leftOut += 1
      return []
    }
    suites += text.utf8
    tests += cases.count
    failures += failed
    errors += broken
    return []
  }

  func end(_ sum: CheckSum) -> [UInt8] {
    let head =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"ova check\" "
      + "tests=\"\(tests)\" failures=\"\(failures)\" errors=\"\(errors)\" time=\"0\">\n"
    let comments = omissions.map { "  <!-- \($0.xml) -->\n" }.joined()
    return Array(head.utf8) + suites + Array((comments + "</testsuites>\n").utf8)
  }

  var omissions: [String] {
    leftOut == 0
      ? []
      : [
        "\(leftOut) package\(leftOut == 1 ? "" : "s") left out of the JUnit report: GitLab reads "
          + "\(Self.mostBytes / 1_000_000) MB of a file"
      ]
  }

  private func fails(_ severity: Severity) -> Bool { failsFrom.map { severity >= $0 } ?? false }

  private func cases(of result: CheckResult) -> [Case] {
    var package = Case(name: "package")
    var cases: [Case] = []
    let entries = ReportEntry.all(of: result)
    for entry in entries where entry.kind == .unreadable {
      package.outcome = .error
      package.message = entry.finding.message
      package.add(Self.text(entry))
    }
    // A case for each rule, in the order of their first findings.
    var indices: [String: Int] = [:]
    for entry in entries where entry.kind == .finding {
      let rule = entry.finding.rule
      if indices[rule] == nil {
        indices[rule] = cases.count
        cases.append(Case(name: rule))
      }
      guard let index = indices[rule] else { continue }
      if let suppression = entry.suppression {
        let reason = suppression.reason.map { ": \($0)" } ?? ""
        cases[index].add("suppressed by \(suppression.kind.words)\(reason.forDisplay)\n")
      } else if fails(entry.finding.severity), cases[index].outcome == .passed {
        cases[index].outcome = .failed
        cases[index].message = entry.finding.message
      }
      cases[index].add(Self.text(entry))
    }
    for answer in result.targets {
      let worst = answer.reasons.map(\.condition.effect.severity).max()
      let isFailed = worst.map(fails) ?? false
      cases.append(
        Case(
          name: "target \(answer.target.id)", outcome: isFailed ? .failed : .passed,
          message: "\(answer.target.title): \(answer.verdict.words)",
          text: "\(answer.target.title): \(answer.verdict.words)\n"
            + entries.filter { $0.kind == .target(answer.target.id) }.map(Self.text).joined()))
    }
    return [package] + cases
  }

  private static func text(_ entry: ReportEntry) -> String {
    let finding = entry.finding
    var lines = [
      "\(finding.severity.rawValue): \(finding.message)", "  at: \(finding.place)",
    ]
    if let expected = finding.expected { lines.append("  expected: \(expected)") }
    if let found = finding.found { lines.append("  found: \(found)") }
    lines.append("  fix: \(finding.fix)")
    return lines.map { $0.forDisplay + "\n" }.joined()
  }

  private static func element(_ item: Case, path: String) -> String {
    let head =
      "    <testcase name=\"\(item.name.xml)\" classname=\"\(path.xml)\" file=\"\(path.xml)\" "
      + "time=\"0\""
    // The lines of the text were made safe to show one by one.
    let text = item.wholeText.xmlLines
    switch item.outcome {
    case .passed:
      return text.isEmpty
        ? head + "/>\n" : head + ">\n      <system-out>\(text)</system-out>\n    </testcase>\n"
    case .failed, .error:
      let name = item.outcome == .failed ? "failure" : "error"
      return head + ">\n      <\(name) message=\"\(item.message.xml)\" type=\"\(item.name.xml)\">"
        + "\(text)</\(name)>\n    </testcase>\n"
    }
  }
}

extension String {
  /// One line of text for XML 1.0, in an element or a quoted attribute.
  fileprivate var xml: String { forDisplay.xmlLines }

  /// Lines of text, safe to show, for XML 1.0: markup as references, and what no XML document may
  /// hold as its number.
  fileprivate var xmlLines: String {
    guard utf8.contains(where: \.isSpecialInXML) else { return self }
    return escapingScalars { scalar in
      switch scalar.value {
      case 0x0...0x8, 0xB...0xC, 0xE...0x1F, 0xFFFE, 0xFFFF:
        scalar.escape
      default: nil
      }
    }.markupEscaped
  }
}

extension UInt8 {
  /// True if it is, or begins, what XML does not take as it is.
  fileprivate var isSpecialInXML: Bool {
    switch self {
    case 0x0A: false
    case ..<0x20, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"), UInt8(ascii: "\""),
      UInt8(ascii: "'"), 0xEF:
      true
    default: false
    }
  }
}
