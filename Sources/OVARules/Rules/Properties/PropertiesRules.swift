extension Rule {
  /// The rules on products and their properties.
  static let propertyRules: [Rule] = []
}
