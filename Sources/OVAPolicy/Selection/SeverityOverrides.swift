package import OVARules

/// Severities that findings have instead of their rules'.
package struct SeverityOverrides: Hashable, Sendable {
  /// A severity for what a name means.
  package struct Override: Hashable, Sendable {
    package let name: RuleName
    package let severity: Severity

    package init(_ name: RuleName, _ severity: Severity) {
      self.name = name
      self.severity = severity
    }
  }

  private let overrides: [Override]

  /// Overrides; a rule's own takes precedence over its group's, and a later one over an earlier
  /// one.
  package init(_ overrides: [Override] = []) {
    let reversed = Array(overrides.reversed())
    self.overrides = reversed.filter(\.name.isExact) + reversed.filter { !$0.name.isExact }
  }

  /// The finding with the severity that it has here.
  package func applied(to finding: Finding) -> Finding {
    guard !overrides.isEmpty else { return finding }
    let subject = FindingSubject(rule: finding.rule)
    guard let severity = overrides.first(where: { $0.name.means(subject) })?.severity,
      severity != finding.severity
    else { return finding }
    return Finding(
      rule: finding.rule, severity: severity, message: finding.message, place: finding.place,
      expected: finding.expected, found: finding.found, fix: finding.fix)
  }
}
