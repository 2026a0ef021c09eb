package import OVAPackage
package import OVARules

/// What a check says of one path: its findings, or why there is no package to speak of.
package struct CheckResult: Sendable {
  /// How a check of one path ended.
  package enum Outcome: Sendable {
    /// The package was read and judged.
    case checked(CheckedPackage, [Finding])
    /// There is no package to speak of.
    case unreadable(PackageError)
  }

  /// The path as it was given.
  package let path: String
  /// How it ended.
  package let outcome: Outcome
  /// The rules whose findings `ova fix` mends.
  package let fixable: Set<String>

  package init(path: String, outcome: Outcome, fixable: Set<String> = []) {
    self.path = path
    self.outcome = outcome
    self.fixable = fixable
  }

  /// The findings; none of what is unreadable.
  package var findings: [Finding] {
    if case .checked(_, let findings) = outcome { return findings }
    return []
  }

  /// The same with some of its findings.
  func keeping(_ isKept: (Finding) -> Bool) -> CheckResult {
    switch outcome {
    case .checked(let package, let findings):
      CheckResult(
        path: path, outcome: .checked(package, findings.filter(isKept)), fixable: fixable)
    case .unreadable: self
    }
  }

  /// The worst severity among the findings.
  package var worst: Severity? { findings.map(\.severity).max() }

  /// How many findings are of a severity.
  package func count(_ severity: Severity) -> Int {
    findings.count { $0.severity == severity }
  }
}
