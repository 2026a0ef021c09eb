extension Rule {
  /// The rules on manifests.
  static let manifestRules: [Rule] = [
    .manifestAbsent, .manifestUnreadable, .manifestLineMalformed, .manifestChecksumList,
    .manifestAlgorithmUnknown, .manifestAlgorithmLabel, .manifestAlgorithmRare, .manifestSpacing,
    .manifestLineEnds,
    .manifestByteOrderMark, .manifestUpperCaseDigest, .manifestNameNotUTF8,
    .manifestDuplicateEntry, .manifestDescriptorMissing, .manifestListsItself,
    .manifestMixedAlgorithms, .manifestWeakAlgorithm, .manifestNameDecoded,
    .manifestNameSpelling,
    .manifestDigestMismatch, .manifestEntryMissing, .manifestEntryWithoutFile,
  ]
}
