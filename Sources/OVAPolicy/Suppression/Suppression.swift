package import OVABasics

/// The reason why a finding is not reported.
package struct Suppression: Hashable, Sendable {
  /// The means that suppress findings.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The rule, its group or target is ignored or not selected.
    case selection
    /// An entry of an ignore file.
    case ignoreFile = "ignore-file"
    /// The finding is in the baseline.
    case baseline
  }

  /// The means that suppresses it.
  package let kind: Kind
  /// The reason, in words: an entry's reason.
  package let reason: String?
  /// The place of the ignore file's entry, or the baseline; nil for a selection.
  package let place: Place?
  /// The day, `YYYY-MM-DD`, from which on it is reported again; nil for none.
  package let expires: String?

  package init(_ kind: Kind, reason: String? = nil, place: Place? = nil, expires: String? = nil) {
    self.kind = kind
    self.reason = reason
    self.place = place
    self.expires = expires
  }

  /// The reason with the place and the day: `it is known (.ovaignore.yaml:2, until 2027-03-01)`.
  package var details: String {
    let origin = [place?.description, expires.map { "until \($0)" }].compactMap(\.self)
      .joined(separator: ", ")
    return (reason ?? "") + (origin.isEmpty ? "" : " (\(origin))")
  }
}
