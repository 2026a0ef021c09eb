import OVABasics
import OVAPolicy
import OVARules

/// The code quality report of GitLab: an array with an object for each finding.
struct GitLabWriter: CheckWriter {
  private let base: BasePath
  private var isFirst = true

  init(base: BasePath) { self.base = base }

  mutating func write(_ result: CheckResult) -> [UInt8] {
    var bytes: [UInt8] = []
    for (entry, fingerprint) in ReportEntry.identified(of: result, base: base)
    where entry.suppression == nil {
      bytes += (isFirst ? "[\n" : ",\n").utf8
      bytes += issue(entry, fingerprint, in: result).bytes()
      isFirst = false
    }
    return bytes
  }

  func end(_ sum: CheckSum) -> [UInt8] { Array((isFirst ? "[]\n" : "\n]\n").utf8) }

  private func issue(
    _ entry: ReportEntry, _ fingerprint: FindingFingerprint, in result: CheckResult
  ) -> JSON {
    let finding = entry.finding
    let location = ReportLocation(finding.place, in: result, base: base)
    let severity: JSON =
      switch finding.severity {
      case .error: "major"
      case .warning: "minor"
      case .info: "info"
      }
    let place = finding.place.inside(location.member).map { "\($0): " } ?? ""
    return [
      "type": "issue", "check_name": .string(finding.rule),
      "description": .string((place + finding.message).forDisplay),
      "categories": .texts(["Compatibility"]),
      "severity": severity, "fingerprint": .string(fingerprint.text),
      "location": [
        "path": .string(location.path.forDisplay), "lines": ["begin": .number(location.line ?? 1)],
      ],
      "content": ["body": .string("Fix: \(finding.fix)".forDisplay)],
    ]
  }
}
