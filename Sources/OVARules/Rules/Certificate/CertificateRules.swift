extension Rule {
  /// The rules on certificates and signatures.
  static let certificateRules: [Rule] = []
}
