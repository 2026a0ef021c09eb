import OVABasics
import OVAPackage
package import OVARules
import OVFDescriptor
import VirtualDisks

/// Writes the results of a check as text: each package with its findings and fixes, and a line with
/// the totals.
package struct CheckText {
  let style: Style
  let extent: Extent

  /// The extents of the text.
  package enum Extent: Sendable {
    /// Every package, every finding, and the sum.
    case everything
    /// Findings of this severity and worse, and packages that cannot be read; nil for these alone.
    case failures(from: Severity?)
  }

  package init(style: Style, extent: Extent = .everything) {
    self.style = style
    self.extent = extent
  }

  /// One package with what was found in it.
  package func text(_ result: CheckResult) -> String {
    switch extent {
    case .everything: return whole(result, TargetsText(style: style).lines(result.targets))
    case .failures(let least):
      let failing = result.keeping { finding in least.map { finding.severity >= $0 } ?? false }
      let targets = TargetsText(style: style).failures(result.targets, from: least)
      return failing.findings.isEmpty && targets.isEmpty && !failing.isUnreadable
        ? "" : whole(failing, targets)
    }
  }

  private func whole(_ result: CheckResult, _ targets: [String]) -> String {
    switch result.outcome {
    case .unreadable(let error):
      return "\(style.bold(result.path.inert))\n  \(style.red("unreadable")) \(lines(error))\n"
    case .faulty(let findings):
      let lines = [style.bold(result.path.inert) + "  " + verdict(result)]
      return (lines + findings.flatMap { self.lines($0, isFixable: false) })
        .joined(separator: "\n") + "\n"
    case .checked(let checked, let findings):
      var lines = [style.bold(result.path.inert) + "  " + verdict(result)]
      if !checked.evidence.digestsComputed {
        lines.append("  " + style.dim("digests not verified (--no-digests)"))
      }
      lines += GrainsRead.all(of: checked).map { "  " + style.dim($0.text) }
      lines += verificationLines(checked)
      lines += findings.flatMap { self.lines($0, isFixable: result.fixable.contains($0.rule)) }
      return (lines + targets).joined(separator: "\n") + "\n"
    }
  }

  /// With `--deep`: what was verified of each disk that has no grains, and what not of any.
  private func verificationLines(_ checked: CheckedPackage) -> [String] {
    guard checked.evidence.disksChecked else { return [] }
    return checked.package.disks.flatMap { disk -> [String] in
      let verification = checked.verification(of: disk)
      let name = disk.reference.reference.href?.text.inert ?? ""
      let read = checked.grains(of: disk) == nil ? verification.checked : []
      return read.map { "  " + style.dim("'\(name)': verified \($0.inert)") }
        + verification.unchecked.map { "  " + style.dim("'\(name)': not verified: \($0.inert)") }
    }
  }

  /// The last line: how many packages and findings.
  package func summary(_ sum: CheckSum) -> String {
    guard case .everything = extent else { return "" }
    var parts = ["\(sum.packages) package\(sum.packages == 1 ? "" : "s")"]
    for severity in Severity.allCases.reversed() {
      let count = sum.count(severity)
      if count > 0 { parts.append("\(count) \(severity.rawValue)\(count == 1 ? "" : "s")") }
    }
    if sum.unreadable > 0 { parts.append("\(sum.unreadable) unreadable") }
    if parts.count == 1 { parts.append("nothing found") }
    let targets = sum.packages > 1 ? TargetsText(style: style).summary(sum.targets) : []
    return (targets + [parts.joined(separator: ", ")]).map { $0 + "\n" }.joined()
  }

  private func verdict(_ result: CheckResult) -> String {
    switch result.worst {
    case nil: style.green("good")
    case .info: style.green("good") + ", " + counts(result)
    case .warning: style.yellow(counts(result))
    case .error: style.red(counts(result))
    }
  }

  private func counts(_ result: CheckResult) -> String {
    Severity.allCases.reversed().compactMap { severity in
      let count = result.count(severity)
      return count == 0 ? nil : "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
    }.joined(separator: ", ")
  }

  private func lines(_ finding: Finding, isFixable: Bool) -> [String] {
    let word: String =
      switch finding.severity {
      case .error: style.red("error")
      case .warning: style.yellow("warning")
      case .info: style.cyan("info")
      }
    var lines = ["  \(word) \(finding.message.inert) \(style.dim("[\(finding.rule)]"))"]
    lines.append("    at        \(finding.place.description.inert)")
    if let expected = finding.expected { lines.append("    expected  \(expected.inert)") }
    if let found = finding.found { lines.append("    found     \(found.inert)") }
    lines.append("    fix       \(finding.fix.inert)")
    if isFixable { lines.append("    fixable   `ova fix` repairs it") }
    return lines
  }

  private func lines(_ error: some ExplainedError) -> String {
    error.description.split(separator: "\n").map { String($0).inert }.joined(separator: "\n  ")
  }
}
