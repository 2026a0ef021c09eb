extension Rule {
  /// The rules on the descriptor's XML and envelope.
  static let descriptorRules: [Rule] = []
}
