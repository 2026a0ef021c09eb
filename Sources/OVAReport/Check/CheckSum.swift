package import OVARules
package import OVATargets

/// The number of packages with each verdict of a target.
package struct TargetCount: Sendable, Hashable {
  /// The target's id.
  package let id: String
  /// The packages of each verdict.
  package fileprivate(set) var counts: [TargetVerdict: Int]
}

/// The number of findings of a rule in a run.
package struct RuleCount: Sendable, Hashable {
  /// The rule's id.
  package let rule: String
  /// The severity of these findings.
  package let severity: Severity
  /// The findings.
  package fileprivate(set) var findings: Int
  /// The packages that have one.
  package fileprivate(set) var packages: Int
}

/// The sum of a run: how many packages, and how many findings of each severity and rule.
package struct CheckSum: Sendable {
  /// The packages so far.
  package private(set) var packages = 0
  /// Those of them that the machine could not read.
  package private(set) var unreadable = 0
  /// Those of them of which the machine did not let all be read: some of it was not judged.
  package private(set) var incomplete = 0
  /// Findings that were suppressed, which no other number counts.
  package private(set) var suppressed = 0
  /// The numbers of packages with each verdict, for each target in the order in which they were
  /// named.
  package private(set) var targets: [TargetCount] = []
  private var counts: [Severity: Int] = [:]
  private var targetWorst: Severity?
  private var byRule: [RuleKey: RuleCount] = [:]

  private struct RuleKey: Hashable, Sendable {
    let rule: String
    let severity: Severity
  }

  /// Nothing yet.
  package init() {}

  /// Adds one package.
  package mutating func add(_ result: CheckResult) {
    if result.subject == .package { packages += 1 }
    if result.isUnreadable { unreadable += 1 }
    if case .checked(let facts) = result.outcome, !facts.isReadWhole { incomplete += 1 }
    suppressed += result.suppressed.count
    var seen: Set<RuleKey> = []
    for finding in result.findings.map(\.finding) {
      counts[finding.severity, default: 0] += 1
      let key = RuleKey(rule: finding.rule, severity: finding.severity)
      var count =
        byRule[key]
        ?? RuleCount(rule: finding.rule, severity: finding.severity, findings: 0, packages: 0)
      count.findings += 1
      if seen.insert(key).inserted { count.packages += 1 }
      byRule[key] = count
    }
    targetWorst = [targetWorst, result.worstOfTargets].compactMap(\.self).max()
    for answer in result.targets { add(answer.verdict, of: answer.target.id) }
  }

  /// Adds a verdict of a target.
  private mutating func add(_ verdict: TargetVerdict, of id: String) {
    if let index = targets.firstIndex(where: { $0.id == id }) {
      targets[index].counts[verdict, default: 0] += 1
    } else {
      targets.append(TargetCount(id: id, counts: [verdict: 1]))
    }
  }

  /// Counts the findings of a severity.
  package func count(_ severity: Severity) -> Int { counts[severity] ?? 0 }

  /// All findings.
  package var findings: Int { counts.values.reduce(0, +) }

  /// The rules that found something: the most severe first, then those with the most findings.
  package var rules: [RuleCount] {
    byRule.values.sorted { a, b in
      if a.severity != b.severity { return a.severity > b.severity }
      if a.findings != b.findings { return a.findings > b.findings }
      return a.rule < b.rule
    }
  }

  /// The worst severity that was found, or that is known against a package for a target.
  package var worst: Severity? { [counts.keys.max(), targetWorst].compactMap(\.self).max() }

  /// The numbers in words: `2 packages, 1 error, 3 infos`.
  package var words: String {
    var parts = ["\(packages) package\(packages == 1 ? "" : "s")"]
    parts += Severity.counted(count)
    if unreadable > 0 { parts.append("\(unreadable) unreadable") }
    if parts.count == 1 { parts.append("nothing found") }
    if suppressed > 0 { parts.append("\(suppressed) suppressed") }
    return parts.joined(separator: ", ")
  }
}

extension Severity {
  /// `1 error`, `2 errors`.
  func counted(_ count: Int) -> String { "\(count) \(rawValue)\(count == 1 ? "" : "s")" }

  /// The numbers of all severities in words, the most severe first; none of those without any.
  static func counted(_ count: (Severity) -> Int) -> [String] {
    allCases.reversed().compactMap { count($0) == 0 ? nil : $0.counted(count($0)) }
  }
}
