import OVARules

extension TargetCondition {
  /// The condition of a product that imports no packages.
  static func noPackages(
    _ key: String, _ outcome: String,
    because reason: String = "the product imports disk images and no packages"
  ) -> TargetCondition {
    TargetCondition(
      key, "an OVA or OVF", .fails, outcome, fix: TargetFix.unpack, triggering: .sound(),
      holdsForEvery: reason
    ) { [$0.whole] }
  }
}
