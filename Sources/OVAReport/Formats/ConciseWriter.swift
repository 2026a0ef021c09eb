import OVABasics
import OVARules

/// A line for each finding: `path:line:column: severity rule message`.
struct ConciseWriter: CheckWriter {
  /// True if findings that are suppressed have lines too.
  let showsSuppressed: Bool

  func write(_ result: CheckResult) -> [UInt8] {
    let lines = ReportEntry.all(of: result)
      .filter { showsSuppressed || $0.suppression == nil }.map { Self.line($0) + "\n" }
    return Array(lines.joined().utf8)
  }

  func end(_ sum: CheckSum) -> [UInt8] { [] }

  /// One entry on a line that no build machine takes for a command.
  static func line(_ entry: ReportEntry) -> String {
    let finding = entry.finding
    var place = finding.place.file.forDisplay
    if let line = finding.place.line {
      place += ":\(line):\(finding.place.column ?? 1)"
    } else if let offset = finding.place.offset {
      place += "@\(offset)"
    }
    let suppression = entry.suppression.map { " (\($0.words.forDisplay))" } ?? ""
    return
      ("\(place): \(finding.severity.rawValue) \(finding.rule.forDisplay) "
      + finding.message.forDisplay + suppression).withoutCommands
  }
}
