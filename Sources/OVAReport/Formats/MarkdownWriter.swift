import OVABasics
import OVAPolicy
import OVARules
import OVATargets

/// GitHub Flavored Markdown for the summary of a job or a comment: a table of the packages, then the
/// findings, the gravest first where not all have room.
struct MarkdownWriter: CheckWriter {
  /// Bytes of a step's summary that GitHub takes.
  static let mostBytes = 1_048_576
  /// Packages in the table.
  static let mostRows = 500
  /// What the head, the table of the rules and the ends of lines may take.
  private static let reserve = 150_000

  private let base: BasePath
  private let failsFrom: Severity?
  private var packages: [Package] = []
  /// Bytes of blocks that are kept, by severity.
  private var bytes: [Severity: Int] = [:]
  private var rows: [String] = []
  private var rowsLeftOut = 0
  private var lost: [Severity: Int] = [:]

  init(base: BasePath, failsFrom: Severity?) {
    self.base = base
    self.failsFrom = failsFrom
  }

  /// What is written of a package.
  private struct Package {
    let path: String
    /// Findings, each with its severity and the number of findings it stands for.
    var blocks: [(severity: Severity, count: Int, text: String)] = []
    var targets = ""
  }

  mutating func write(_ result: CheckResult) -> [UInt8] {
    let path = base.relative(result.path)
    if rows.count < Self.mostRows { rows.append(row(result, path)) } else { rowsLeftOut += 1 }
    var package = Package(path: path)
    if case .unreadable(let error) = result.outcome {
      let words = "cannot \(error.doing): \(error.reason)"
      keep(.error, 1, "- **unreadable:** \(MarkdownText.literal(words))\n", in: &package)
    }
    for group in FindingGroup.all(of: result.findings) {
      keep(group.first.finding.severity, group.places.count, Self.block(group), in: &package)
    }
    package.targets = keptTargets(result.targets)
    if !package.blocks.isEmpty || !package.targets.isEmpty { packages.append(package) }
    return []
  }

  /// Keeps a block, while blocks of its severity alone do not fill the summary.
  private mutating func keep(
    _ severity: Severity, _ count: Int, _ text: String, in package: inout Package
  ) {
    let size = bytes[severity, default: 0] + text.utf8.count
    guard size <= Self.mostBytes - Self.reserve else {
      lost[severity, default: 0] += count
      return
    }
    bytes[severity] = size
    package.blocks.append((severity, count, text))
  }

  private mutating func keptTargets(_ answers: [TargetAnswer]) -> String {
    guard !answers.isEmpty else { return "" }
    let text = Self.targets(answers)
    let size = bytes[.error, default: 0] + text.utf8.count
    guard size <= Self.mostBytes - Self.reserve else { return "" }
    bytes[.error] = size
    return text
  }

  mutating func end(_ sum: CheckSum) -> [UInt8] {
    var room = Self.mostBytes - Self.reserve - rows.reduce(0) { $0 + $1.utf8.count }
    var shown = packages.map { _ in [String]() }
    for severity in Severity.allCases.reversed() {
      for (index, package) in packages.enumerated() {
        if severity == .error, !package.targets.isEmpty {
          if package.targets.utf8.count <= room { room -= package.targets.utf8.count }
        }
        for block in package.blocks where block.severity == severity {
          guard block.text.utf8.count + 200 + package.path.utf8.count * 2 <= room else {
            lost[severity, default: 0] += block.count
            continue
          }
          // The heading is paid for with the first.
          if shown[index].isEmpty { room -= package.path.utf8.count * 2 + 200 }
          room -= block.text.utf8.count
          shown[index].append(block.text)
        }
      }
    }
    var text = "## ova check: \(sum.words)\n\n" + omissions.map { "> \($0)\n\n" }.joined()
    if !rows.isEmpty {
      text +=
        "| Package | Result | Errors | Warnings | Infos |\n| --- | --- | ---: | ---: | ---: |\n"
      text += rows.joined()
      if rowsLeftOut > 0 { text += "\n… and \(rowsLeftOut) more packages\n" }
      text += "\n"
    }
    for (package, blocks) in zip(packages, shown) {
      guard !blocks.isEmpty || !package.targets.isEmpty else { continue }
      text += "### \(MarkdownText.code(package.path))\n\n" + blocks.joined() + "\n"
      if text.utf8.count + package.targets.utf8.count < Self.mostBytes - Self.reserve / 2 {
        text += package.targets
      }
    }
    return Array((text + ruleTable(sum)).utf8)
  }

  var omissions: [String] {
    let parts = Severity.allCases.reversed().compactMap { severity in
      lost[severity].map { severity.counted($0) }
    }
    guard !parts.isEmpty else { return [] }
    return [
      "\(parts.joined(separator: ", ")) left out of the Markdown: the summary of a job takes 1 MiB; "
        + "they are in the other formats"
    ]
  }

  private func row(_ result: CheckResult, _ path: String) -> String {
    let worst = [result.worst, result.worstOfTargets].compactMap(\.self).max()
    let verdict: String
    if result.isUnreadable {
      verdict = "unreadable"
    } else if let least = failsFrom, let worst, worst >= least {
      verdict = "**fails**"
    } else {
      verdict = "passes"
    }
    return "| \(MarkdownText.cell(path)) | \(verdict) | \(result.count(.error)) | "
      + "\(result.count(.warning)) | \(result.count(.info)) |\n"
  }

  private static func block(_ group: FindingGroup) -> String {
    let finding = group.first.finding
    var lines = [
      "- **\(finding.severity.rawValue)** \(MarkdownText.literal(finding.message)) "
        + "(\(MarkdownText.code(finding.rule)))"
    ]
    let places = group.placeLines
    let count = group.places.count > 1 ? "\(group.places.count) like this, at " : "at "
    lines.append(
      count + places.prefix(20).map { MarkdownText.code($0) }.joined(separator: ", ")
        + (places.count > 20 ? " and in \(places.count - 20) further files" : ""))
    if let expected = finding.expected { lines.append("expected " + MarkdownText.code(expected)) }
    if let found = finding.found { lines.append("found " + MarkdownText.code(found)) }
    lines.append("**Fix:** " + MarkdownText.own(finding.fix))
    // Backslashes at the ends of lines are line breaks.
    return lines.joined(separator: "\\\n  ") + "\n"
  }

  private static func targets(_ answers: [TargetAnswer]) -> String {
    var text = "| Target | Verdict | Reasons |\n| --- | --- | --- |\n"
    for answer in answers {
      let reasons = answer.reasons.map { reason in
        "\(reason.condition.effect.rawValue): \(MarkdownText.literal(reason.condition.title)) "
          + "(\(MarkdownText.cell(reason.condition.key)))"
      }
      text +=
        "| \(MarkdownText.literal(answer.target.id)) | \(answer.verdict.words) | "
        + "\(reasons.joined(separator: "<br>")) |\n"
    }
    return text + "\n"
  }

  private func ruleTable(_ sum: CheckSum) -> String {
    guard sum.findings > 1 else { return "" }
    var text = "| Rule | Severity | Findings | Packages |\n| --- | --- | ---: | ---: |\n"
    for count in sum.rules.prefix(Self.mostRows) {
      text +=
        "| \(MarkdownText.cell(count.rule)) | \(count.severity.rawValue) | "
        + "\(count.findings) | \(count.packages) |\n"
    }
    return text
  }
}
