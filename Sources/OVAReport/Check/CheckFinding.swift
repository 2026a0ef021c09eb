package import OVAPolicy
package import OVARules

/// A finding as it is reported: with whether `ova fix` repairs it, and why it does not count where
/// somebody has accepted it.
package struct CheckFinding: Sendable, Hashable {
  /// The rule's finding.
  package let finding: Finding
  /// True if `ova fix` repairs it without further options.
  package let isFixable: Bool
  /// The reason why it is not counted; nil for a finding that is.
  package let suppression: Suppression?

  package init(
    _ finding: Finding, isFixable: Bool = false, suppression: Suppression? = nil
  ) {
    self.finding = finding
    self.isFixable = isFixable
    self.suppression = suppression
  }
}
