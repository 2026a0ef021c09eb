extension Rule {
  /// The rules on virtual hardware.
  static let hardwareRules: [Rule] = []
}
