import OVABasics
import OVAPolicy
import OVARules
import OVATargets

/// GitHub Flavored Markdown for the summary of a job or a comment: a table of the packages, then
/// the findings, the most severe first where not all have room.
struct MarkdownWriter: CheckWriter {
  /// Bytes of a step's summary that GitHub takes.
  static let mostBytes = 1_048_576
  /// Packages in the table.
  static let mostRows = 500
  /// Bytes of that table: paths may be long.
  private static let mostRowBytes = 300_000
  /// The bytes that the head, the table of the rules and the ends of lines may take.
  private static let reserve = 150_000

  private let base: BasePath
  private let failsFrom: Severity?
  private let showsSuppressed: Bool
  private var packages: [Package] = []
  /// Bytes of blocks that are kept, by severity.
  private var bytes: [Severity: Int] = [:]
  private var rows: [String] = []
  private var rowBytes = 0
  private var rowsLeftOut = 0
  private var lost: [Severity: Int] = [:]
  /// Bytes of the targets' tables that are kept.
  private var targetBytes = 0
  /// Packages whose table of targets has no room.
  private var targetsLeftOut = 0

  init(base: BasePath, failsFrom: Severity?, showsSuppressed: Bool = false) {
    self.base = base
    self.showsSuppressed = showsSuppressed
    self.failsFrom = failsFrom
  }

  /// The text of a package.
  private struct Package {
    let path: String
    /// Findings, each with its severity and the number of findings it stands for.
    var blocks: [(severity: Severity, count: Int, text: String)] = []
    var targets = ""
  }

  mutating func write(_ result: CheckResult) -> [UInt8] {
    let path = base.relative(result.path)
    let row = row(result, path)
    if rows.count < Self.mostRows, rowBytes + row.utf8.count <= Self.mostRowBytes {
      rows.append(row)
      rowBytes += row.utf8.count
    } else {
      rowsLeftOut += 1
    }
    var package = Package(path: path)
    if case .unreadable(let error) = result.outcome {
      let words = "cannot \(error.doing): \(error.reason)"
      keep(.error, 1, "- **unreadable:** \(MarkdownText.literal(words))\n", in: &package)
    }
    for group in FindingGroup.all(of: showsSuppressed ? result.all : result.findings) {
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
    let size = targetBytes + text.utf8.count
    guard size <= Self.mostBytes - Self.reserve else {
      targetsLeftOut += 1
      return ""
    }
    targetBytes = size
    return text
  }

  /// The shown part of a package.
  private struct Shown {
    var blocks: [String] = []
    var hasTargets = false
    var isEmpty: Bool { blocks.isEmpty && !hasTargets }
  }

  /// Decides what has room: errors, then the targets, then the rest.
  private mutating func shown(room: Int) -> [Shown] {
    var room = room
    var shown = packages.map { _ in Shown() }
    func fits(_ text: String, _ index: Int) -> Bool {
      // The heading is paid for with the first.
      let heading = shown[index].isEmpty ? packages[index].path.utf8.count * 2 + 200 : 0
      guard text.utf8.count + heading <= room else { return false }
      room -= text.utf8.count + heading
      return true
    }
    for severity in Severity.allCases.reversed() {
      for index in packages.indices {
        for block in packages[index].blocks where block.severity == severity {
          if fits(block.text, index) {
            shown[index].blocks.append(block.text)
          } else {
            lost[severity, default: 0] += block.count
          }
        }
      }
      guard severity == .error else { continue }
      for index in packages.indices where !packages[index].targets.isEmpty {
        if fits(packages[index].targets, index) {
          shown[index].hasTargets = true
        } else {
          targetsLeftOut += 1
        }
      }
    }
    return shown
  }

  mutating func end(_ sum: CheckSum) -> [UInt8] {
    let shown = shown(room: Self.mostBytes - Self.reserve - rowBytes)
    var text = "## ova check: \(sum.words)\n\n" + omissions.map { "> \($0)\n\n" }.joined()
    if !rows.isEmpty {
      text +=
        "| Package | Result | Errors | Warnings | Infos |\n| --- | --- | ---: | ---: | ---: |\n"
      text += rows.joined()
      if rowsLeftOut > 0 {
        text += "\n… and \(rowsLeftOut) more package\(rowsLeftOut == 1 ? "" : "s")\n"
      }
      text += "\n"
    }
    for (package, shown) in zip(packages, shown) where !shown.isEmpty {
      text += "### \(MarkdownText.code(package.path))\n\n" + shown.blocks.joined() + "\n"
      if shown.hasTargets { text += package.targets }
    }
    return Array((text + ruleTable(sum)).utf8)
  }

  var omissions: [String] {
    let parts = Severity.counted { lost[$0] ?? 0 }
    let targets =
      targetsLeftOut == 0
      ? [] : ["the targets of \(targetsLeftOut) package\(targetsLeftOut == 1 ? "" : "s")"]
    guard !parts.isEmpty || !targets.isEmpty else { return [] }
    return [
      "\((parts + targets).joined(separator: ", ")) left out of the Markdown: the summary of a job "
        + "takes 1 MiB; they are in the other formats"
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
        + (places.count > 20
          ? " and in \(places.count - 20) further file\(places.count == 21 ? "" : "s")" : ""))
    if let expected = finding.expected { lines.append("expected " + MarkdownText.code(expected)) }
    if let found = finding.found { lines.append("found " + MarkdownText.code(found)) }
    if let suppression = group.first.suppression {
      lines.append(MarkdownText.literal(suppression.words))
    } else {
      lines.append("**Fix:** " + MarkdownText.own(finding.fix))
    }
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
