package import OVABasics

/// Findings that were known when the baseline was written, and are not reported.
package struct Baseline: Hashable, Sendable {
  /// The document's name and version.
  package static let schema = "ovakit/baseline/1.0"

  /// A finding in the baseline. Only the fingerprint counts; the rest tells a reader what it is.
  package struct Entry: Hashable, Sendable {
    package let fingerprint: FindingFingerprint
    package let rule: String
    /// The file, relative to the baseline's folder.
    package let file: String
    package let message: String
    /// The line of the baseline; nil of an entry that is to be written.
    package let place: Place?

    package init(
      fingerprint: FindingFingerprint, rule: String, file: String, message: String,
      place: Place? = nil
    ) {
      self.fingerprint = fingerprint
      self.rule = rule
      self.file = file
      self.message = message
      self.place = place
    }
  }

  /// The file, as messages name it.
  package let file: String
  /// The file's folder, which paths are relative to.
  package let base: BasePath
  /// The entries in the file's order.
  package let entries: [Entry]
  private let fingerprints: Set<FindingFingerprint>

  package init(file: String, base: BasePath, entries: [Entry]) {
    self.file = file
    self.base = base
    self.entries = entries
    fingerprints = Set(entries.map(\.fingerprint))
  }

  /// Returns whether a finding is in it.
  package func contains(_ fingerprint: FindingFingerprint) -> Bool {
    fingerprints.contains(fingerprint)
  }

  /// The text of a baseline: the same for the same findings, in any order.
  package static func document(_ entries: [Entry]) -> JSON {
    let sorted = Set(entries).sorted {
      ($0.file, $0.rule, $0.message, $0.fingerprint.text)
        < ($1.file, $1.rule, $1.message, $1.fingerprint.text)
    }
    return [
      "schema": .string(schema),
      "findings": .list(sorted) { entry in
        [
          "fingerprint": .string(entry.fingerprint.text), "rule": .string(entry.rule),
          "file": .string(entry.file), "message": .string(entry.message),
        ]
      },
    ]
  }
}
