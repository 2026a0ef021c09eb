extension Rule {
  /// The rules on manifests.
  static let manifestRules: [Rule] = [
    .manifestDigestMismatch, .manifestEntryMissing, .manifestEntryWithoutFile,
  ]
}
