import OVABasics
import OVACatalog
import OVAIndexer

/// Writes a scan's summary as text: a few changes of each kind, and a line with the totals.
struct ScanText {
  private static let most = 20
  let summary: ScanSummary
  /// The database, as the hint at the report names it.
  let database: String

  init(_ summary: ScanSummary, database: String) {
    self.summary = summary
    self.database = database
  }

  func text() -> String {
    let counts = summary.counts
    var lines: [String] = []
    lines += list("added", summary.added, of: counts.added)
    lines += list("changed", summary.changed, of: counts.changed)
    lines += list("returned", summary.returned, of: counts.returned)
    lines += list("renamed", summary.renamed.map { "\($0.from) → \($0.to)" }, of: counts.renamed)
    lines += list("gone", summary.gone, of: counts.gone)
    var parts = [counted(counts.packages, "package")]
    for (name, count) in [
      ("added", counts.added), ("changed", counts.changed), ("returned", counts.returned),
      ("renamed", counts.renamed), ("gone", counts.gone), ("unsettled", counts.unsettled),
      ("judged again", counts.rejudged), ("hashed", counts.hashed),
    ] where count > 0 { parts.append("\(count) \(name)") }
    if counts.bytes > 0 { parts.append("\(ByteCount(counts.bytes)) read") }
    if let health { parts.append(health) }
    if counts.problems > 0 { parts.append(counted(counts.problems, "problem")) }
    if summary.isPartial { parts.append("partial") }
    lines.append(parts.joined(separator: ", "))
    return lines.joined(separator: "\n") + "\n"
  }

  /// `1 unreadable, 2 errors and 1 warning (see ova report --db catalog.sqlite)`; nil when all
  /// packages are sound.
  private var health: String? {
    let health = summary.health
    var parts: [String] = []
    for state in [PackageRow.State.unreadable, .broken, .truncated, .waiting] {
      if let count = health.states[state], count > 0 { parts.append("\(count) \(state.rawValue)") }
    }
    if health.errors + health.warnings > 0 {
      parts.append("\(counted(health.errors, "error")) and \(counted(health.warnings, "warning"))")
    }
    guard !parts.isEmpty else { return nil }
    return "\(parts.joined(separator: ", ")) (see ova report --db \(database.forDisplay))"
  }

  private func list(_ word: String, _ paths: [String], of count: Int) -> [String] {
    var lines = paths.prefix(Self.most).map { "\(word)  \($0.forDisplay)" }
    if count > lines.count { lines.append("\(word)  … and \(count - lines.count) more") }
    return lines
  }
}
