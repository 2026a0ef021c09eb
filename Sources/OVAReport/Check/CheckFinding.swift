package import OVARules

/// A finding as it is reported: with whether `ova fix` repairs it, and why it does not count where
/// somebody has accepted it.
package struct CheckFinding: Sendable, Hashable {
  /// What the rule says.
  package let finding: Finding
  /// Whether `ova fix` repairs it without being told anything more.
  package let isFixable: Bool
  /// Why it is not counted; nil for a finding that is.
  package let suppression: FindingSuppression?

  package init(
    _ finding: Finding, isFixable: Bool = false, suppression: FindingSuppression? = nil
  ) {
    self.finding = finding
    self.isFixable = isFixable
    self.suppression = suppression
  }

  package static func == (a: CheckFinding, b: CheckFinding) -> Bool {
    a.finding == b.finding && a.isFixable == b.isFixable && a.suppression == b.suppression
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(finding) }
}

/// Why a finding is not counted.
package struct FindingSuppression: Sendable, Hashable {
  /// What suppresses it.
  package enum Kind: String, Sendable, Hashable {
    /// The rule, its group or target is ignored or not selected.
    case selection
    /// An entry of an ignore file.
    case ignoreFile = "ignore-file"
    /// It was there when the baseline was written.
    case baseline
  }

  /// What suppresses it.
  package let kind: Kind
  /// The reason that somebody gave.
  package let reason: String?

  package init(_ kind: Kind, reason: String? = nil) {
    self.kind = kind
    self.reason = reason
  }
}
