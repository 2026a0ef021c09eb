package import OVAPackage
package import OVARules
package import OVATargets

/// The result of a check of one path: its findings, or the error of reading it.
package struct CheckResult: Sendable {
  /// The results of a check.
  package enum Outcome: Sendable {
    /// The package was read and judged.
    case checked(CheckedPackage, [Finding])
    /// What was read is no package; the findings say why.
    case faulty([Finding])
    /// The machine did not let it be read.
    case unreadable(PackageError)
  }

  /// The path as it was given.
  package let path: String
  /// The result.
  package let outcome: Outcome
  /// The rules whose findings `ova fix` mends.
  package let fixable: Set<String>
  /// What is known of how the targets take it, in the order in which they were named; none of what
  /// is no package.
  package let targets: [TargetAnswer]

  package init(
    path: String, outcome: Outcome, fixable: Set<String> = [], targets: [TargetAnswer] = []
  ) {
    self.path = path
    self.outcome = outcome
    self.fixable = fixable
    self.targets = targets
  }

  /// What is said of something that could not be opened: findings on its content, or that the
  /// machine did not let it be read.
  package init(path: String, failure: PackageError) {
    let findings = Rule.findings(of: failure)
    self.init(path: path, outcome: findings.isEmpty ? .unreadable(failure) : .faulty(findings))
  }

  /// The findings; none of what is unreadable.
  package var findings: [Finding] {
    switch outcome {
    case .checked(_, let findings), .faulty(let findings): findings
    case .unreadable: []
    }
  }

  /// The same with some of its findings.
  func keeping(_ isKept: (Finding) -> Bool) -> CheckResult {
    switch outcome {
    case .checked(let package, let findings):
      CheckResult(
        path: path, outcome: .checked(package, findings.filter(isKept)), fixable: fixable,
        targets: targets)
    case .faulty(let findings):
      CheckResult(path: path, outcome: .faulty(findings.filter(isKept)))
    case .unreadable: self
    }
  }

  /// The worst severity among the findings.
  package var worst: Severity? { findings.map(\.severity).max() }

  /// The worst severity among what is known against the package for the targets.
  package var worstOfTargets: Severity? {
    targets.flatMap(\.reasons).map(\.condition.effect.severity).max()
  }

  /// Counts the findings of a severity.
  package func count(_ severity: Severity) -> Int {
    findings.count { $0.severity == severity }
  }
}

/// How many packages have each verdict for a target.
package struct TargetCount: Sendable, Codable {
  /// The target's id.
  package let id: String
  /// The packages of each verdict.
  package fileprivate(set) var counts: [TargetVerdict: Int]
}

/// The sum of a run: how many packages, and how many findings of each severity.
package struct CheckSum: Sendable, Codable {
  /// The packages so far.
  package private(set) var packages = 0
  /// Those of them that the machine did not let be read.
  package private(set) var unreadable = 0
  /// Those of them of which the machine did not let all be read: some of it was not judged.
  package private(set) var incomplete = 0
  private var counts: [Severity: Int] = [:]
  private var targetWorst: Severity?
  /// How many packages have each verdict, for each target in the order in which they were named.
  package private(set) var targets: [TargetCount] = []

  /// Nothing yet.
  package init() {}

  /// Adds one package.
  package mutating func add(_ result: CheckResult) {
    packages += 1
    if result.isUnreadable { unreadable += 1 }
    if case .checked(let package, _) = result.outcome, !package.isReadWhole { incomplete += 1 }
    for finding in result.findings { counts[finding.severity, default: 0] += 1 }
    targetWorst = [targetWorst, result.worstOfTargets].compactMap(\.self).max()
    for answer in result.targets { add([answer.verdict: 1], of: answer.target.id) }
  }

  /// Adds another sum.
  package mutating func add(_ other: CheckSum) {
    packages += other.packages
    unreadable += other.unreadable
    incomplete += other.incomplete
    counts.merge(other.counts, uniquingKeysWith: +)
    targetWorst = [targetWorst, other.targetWorst].compactMap(\.self).max()
    for target in other.targets { add(target.counts, of: target.id) }
  }

  /// Adds verdicts of one target.
  private mutating func add(_ counts: [TargetVerdict: Int], of id: String) {
    if let index = targets.firstIndex(where: { $0.id == id }) {
      targets[index].counts.merge(counts, uniquingKeysWith: +)
    } else {
      targets.append(TargetCount(id: id, counts: counts))
    }
  }

  /// Counts the findings of a severity.
  package func count(_ severity: Severity) -> Int { counts[severity] ?? 0 }

  /// The worst severity that was found, or that is known against a package for a target.
  package var worst: Severity? { [counts.keys.max(), targetWorst].compactMap(\.self).max() }
}
