import OVABasics
import OVAPackage
import OVAPolicy
package import OVARules

/// Writes the results of a check as text: each package with its findings and fixes, and at the end
/// how many findings each rule has, and a line with the totals.
package struct CheckText {
  let style: Style
  let extent: Extent
  private let wrapped: WrappedText
  private let showsSuppressed: Bool

  /// The extents of the text.
  package enum Extent: Sendable {
    /// Every package, every finding, and the sum.
    case everything
    /// Findings of this severity and worse, and packages that cannot be read; nil for these alone.
    case failures(from: Severity?)
  }

  /// - Parameters:
  ///   - width: the cells of a line; nil for lines as long as they get.
  ///   - showsSuppressed: whether findings that were suppressed are shown, with the reason.
  package init(
    style: Style, extent: Extent = .everything, width: Int? = nil, showsSuppressed: Bool = false
  ) {
    self.style = style
    self.extent = extent
    wrapped = WrappedText(width: width)
    self.showsSuppressed = showsSuppressed
  }

  /// The most places of equal findings that are listed.
  private static let mostPlaces = 100

  /// One package with what was found in it.
  package func text(_ result: CheckResult) -> String {
    switch extent {
    case .everything:
      return joined(whole(result, TargetsText(style: style).lines(result.targets)))
    case .failures(let least):
      let failing = result.with(
        result.findings.filter { entry in least.map { entry.finding.severity >= $0 } ?? false })
      let targets = TargetsText(style: style).failures(result.targets, from: least)
      return failing.findings.isEmpty && targets.isEmpty && !failing.isUnreadable
        ? "" : joined(whole(failing, targets))
    }
  }

  /// Lines of the terminal's width, of which none is a command to a build machine.
  private func joined(_ lines: [String]) -> String {
    lines.flatMap(wrapped.hanging).map { $0.withoutCommands + "\n" }.joined()
  }

  private func whole(_ result: CheckResult, _ targets: [String]) -> [String] {
    if case .unreadable(let error) = result.outcome {
      return [style.bold(result.path.forDisplay)]
        + error.description.split(separator: "\n").enumerated().map { index, line in
          "  " + (index == 0 ? style.red("unreadable") + " " : "") + String(line).forDisplay
        }
    }
    var lines = [style.bold(result.path.forDisplay) + "  " + verdict(result)]
    if case .checked(let facts) = result.outcome {
      if !facts.digestsComputed {
        lines.append("  " + style.dim("digests not verified (--no-digests)"))
      }
      lines += facts.grains.map { "  " + style.dim($0.text) }
      lines += facts.verifications.map { part in
        let words = part.isVerified ? "verified" : "not verified:"
        return "  " + style.dim("'\(part.disk.forDisplay)': \(words) \(part.part.forDisplay)")
      }
    }
    let shown = showsSuppressed ? result.all : result.findings
    for (index, group) in FindingGroup.all(of: shown).enumerated() {
      // What belongs together stands together.
      if index > 0 { lines.append("") }
      lines += self.lines(group)
    }
    return lines + targets
  }

  /// Returns the text after the last package: the rules with their numbers, and the totals.
  package func summary(_ sum: CheckSum) -> String {
    guard case .everything = extent else { return "" }
    let targets = sum.packages > 1 ? TargetsText(style: style).summary(sum.targets) : []
    return joined(ruleLines(sum) + targets + [sum.words])
  }

  /// Returns the number of findings of each rule; nothing for a single finding, which is on the
  /// screen.
  private func ruleLines(_ sum: CheckSum) -> [String] {
    guard sum.findings > 1 else { return [] }
    var table = TextTable()
    for count in sum.rules {
      table.add(
        [count.severity.rawValue, "\(count.findings)", count.rule]
          + (sum.packages > 1
            ? ["in \(count.packages) package\(count.packages == 1 ? "" : "s")"] : []))
    }
    let rows = zip(table.lines(indent: 2), sum.rules).map { line, count in
      line.replacing(
        count.severity.rawValue, with: word(count.severity), maxReplacements: 1)
    }
    return ["", style.bold("by rule")] + rows + [""]
  }

  private func verdict(_ result: CheckResult) -> String {
    let suppressed = result.suppressed.count
    // A package is not called good when findings of it are suppressed.
    if suppressed > 0, result.worst.map({ $0 == .info }) ?? true {
      let reported = result.worst == nil ? "nothing reported" : counts(result)
      return "\(reported), \(suppressed) suppressed"
    }
    return switch result.worst {
    case nil: style.green("good")
    case .info: style.green("good") + ", " + counts(result)
    case .warning: style.yellow(counts(result))
    case .error: style.red(counts(result))
    }
  }

  private func counts(_ result: CheckResult) -> String {
    Severity.counted(result.count).joined(separator: ", ")
  }

  private func word(_ severity: Severity) -> String {
    switch severity {
    case .error: style.red("error")
    case .warning: style.yellow("warning")
    case .info: style.cyan("info")
    }
  }

  private func lines(_ group: FindingGroup) -> [String] {
    let finding = group.first.finding
    var lines = [
      "  \(word(finding.severity)) \(finding.message.forDisplay) \(style.dim("[\(finding.rule.forDisplay)]"))"
    ]
    if let suppression = group.first.suppression {
      lines.append("    " + suppression.words.forDisplay)
    }
    if group.places.count > 1 { lines.append("    \(group.places.count) like this") }
    let places = group.placeLines
    for (index, line) in places.prefix(Self.mostPlaces).enumerated() {
      lines.append("    " + (index == 0 ? "at        " : "          ") + line.forDisplay)
    }
    let more = places.count - Self.mostPlaces
    if more > 0 {
      lines.append("              and in \(more) further file\(more == 1 ? "" : "s")")
    }
    switch (finding.expected, finding.found) {
    case (let expected?, let found?):
      lines += ValueComparison(expected: expected, found: found)
        .lines(style: style, width: wrapped.width, indent: 4)
    case (let expected?, nil): lines.append("    expected  \(expected.forDisplay)")
    case (nil, let found?): lines.append("    found     \(found.forDisplay)")
    case (nil, nil): break
    }
    lines.append("    \(style.green("fix"))       \(finding.fix.forDisplay)")
    if group.first.isFixable {
      lines.append("    \(style.green("fixable"))   `ova fix` repairs it")
    }
    return lines
  }
}

extension Suppression.Kind {
  /// The source of the suppression, in words.
  var words: String {
    switch self {
    case .ignoreFile: "the ignore file"
    case .selection: "the selection of rules"
    case .baseline: "the baseline"
    }
  }
}

extension Suppression {
  /// The source and reason of the suppression: `suppressed by the ignore file: it is known`.
  var words: String { "suppressed by \(kind.words)" + (details.isEmpty ? "" : ": \(details)") }
}
