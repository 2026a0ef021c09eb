package import OVABasics
package import OVARules

/// Why a finding is not reported.
package struct Suppression: Hashable, Sendable {
  /// What suppresses findings.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The rule, its group or target is ignored or not selected.
    case selection
    /// An entry of an ignore file.
    case ignoreFile = "ignore-file"
    /// The finding is in the baseline.
    case baseline
  }

  /// What suppresses it.
  package let kind: Kind
  /// Why, in words: an entry's reason.
  package let reason: String
  /// The place of the ignore file's entry, or the baseline; nil for a selection.
  package let place: Place?
  /// The day, `YYYY-MM-DD`, from which on it is reported again; nil for none.
  package let expires: String?

  package init(_ kind: Kind, reason: String, place: Place? = nil, expires: String? = nil) {
    self.kind = kind
    self.reason = reason
    self.place = place
    self.expires = expires
  }
}

/// A finding that is not reported, and why.
package struct SuppressedFinding: Hashable, Sendable {
  package let finding: Finding
  package let suppression: Suppression

  package init(_ finding: Finding, _ suppression: Suppression) {
    self.finding = finding
    self.suppression = suppression
  }
}
