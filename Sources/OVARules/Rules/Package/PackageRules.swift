extension Rule {
  /// The rules on archives, folders and names.
  static let packageRules: [Rule] = [
    .memberTruncated
  ]
}
