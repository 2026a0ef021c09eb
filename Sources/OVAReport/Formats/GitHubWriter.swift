import OVABasics
import OVAPolicy
import OVARules

/// Workflow commands of GitHub Actions: an annotation for each finding, as far as GitHub shows them,
/// and a line in the log for the others.
struct GitHubWriter: CheckWriter {
  /// Annotations of one kind that GitHub shows of a step (and 50 of a job).
  static let mostOfKind = 10

  private let base: BasePath
  private var annotated: [Severity: Int] = [:]
  private var left: [Severity: Int] = [:]

  init(base: BasePath) { self.base = base }

  mutating func write(_ result: CheckResult) -> [UInt8] {
    var text = ""
    for entry in ReportEntry.all(of: result) where entry.suppression == nil {
      let severity = entry.finding.severity
      if annotated[severity, default: 0] < Self.mostOfKind {
        annotated[severity, default: 0] += 1
        text += command(entry, in: result) + "\n"
      } else {
        left[severity, default: 0] += 1
        text += ConciseWriter.line(entry) + "\n"
      }
    }
    return Array(text.utf8)
  }

  func end(_ sum: CheckSum) -> [UInt8] {
    Array((([sum.words] + omissions).joined(separator: "\n") + "\n").utf8)
  }

  var omissions: [String] {
    let parts = Severity.counted { left[$0] ?? 0 }
    guard !parts.isEmpty else { return [] }
    return [
      "\(parts.joined(separator: ", ")) without an annotation: GitHub shows \(Self.mostOfKind) of "
        + "each kind in a step; they are in the log, and in the other formats"
    ]
  }

  private func command(_ entry: ReportEntry, in result: CheckResult) -> String {
    let finding = entry.finding
    let location = ReportLocation(finding.place, in: result, base: base)
    var properties = [("file", location.path), ("title", finding.rule)]
    if let line = location.line { properties.insert(("line", "\(line)"), at: 1) }
    if let column = location.column { properties.insert(("col", "\(column)"), at: 2) }
    let name: String =
      switch finding.severity {
      case .error: "error"
      case .warning: "warning"
      case .info: "notice"
      }
    let place = finding.place.inside(location.member).map { "\($0): " } ?? ""
    var lines = [place + finding.message]
    if let expected = finding.expected { lines.append("expected: \(expected)") }
    if let found = finding.found { lines.append("found: \(found)") }
    lines.append("fix: \(finding.fix)")
    let written = properties.map { "\($0.0)=\(Self.property($0.1))" }.joined(separator: ",")
    return "::\(name) \(written)::\(lines.map(Self.data).joined(separator: "%0A"))"
  }

  /// Text behind the second pair of colons.
  private static func data(_ text: String) -> String {
    text.forDisplay.escapingScalars { $0 == "%" ? "%25" : nil }
  }

  /// The value of a property.
  private static func property(_ text: String) -> String {
    text.forDisplay.escapingScalars { scalar in
      switch scalar {
      case "%": "%25"
      case ":": "%3A"
      case ",": "%2C"
      default: nil
      }
    }
  }
}
