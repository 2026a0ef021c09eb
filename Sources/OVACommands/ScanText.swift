import OVABasics
import OVAIndexer

/// What a scan did, for people: a few changes of each kind, and a line that sums up.
struct ScanText {
  private static let most = 20
  let summary: ScanSummary

  init(_ summary: ScanSummary) { self.summary = summary }

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
      ("judged anew", counts.rejudged), ("hashed", counts.hashed),
    ] where count > 0 { parts.append("\(count) \(name)") }
    if counts.bytes > 0 { parts.append("\(ByteCount(counts.bytes)) read") }
    if counts.problems > 0 { parts.append(counted(counts.problems, "problem")) }
    if summary.isPartial { parts.append("partial") }
    lines.append(parts.joined(separator: ", "))
    return lines.joined(separator: "\n") + "\n"
  }

  private func list(_ word: String, _ paths: [String], of count: Int) -> [String] {
    var lines = paths.prefix(Self.most).map { "\(word)  \($0.inert)" }
    if count > lines.count { lines.append("\(word)  … and \(count - lines.count) more") }
    return lines
  }
}
