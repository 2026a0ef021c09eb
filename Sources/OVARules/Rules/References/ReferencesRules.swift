extension Rule {
  /// The rules on references and the files they name.
  static let referenceRules: [Rule] = [
    .fileMissing, .fileSizeMismatch, .hrefUnsafe,
  ]
}
