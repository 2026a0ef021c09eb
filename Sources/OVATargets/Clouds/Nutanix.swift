import OVARules

extension TargetProduct {
  /// Nutanix.
  static let nutanix = TargetProduct(
    id: "nutanix", title: "Nutanix Prism Central", basis: "pages about its API of version 4",
    conditions: [
      TargetCondition(
        "nutanix-ova", "an OVA or OVF", .unknown,
        "OVAs can be uploaded; no document of the limits was found.",
        fix: TargetFix.checkAfterwards, triggering: .sound(),
        holdsForEvery: "the maker documents no limit that could tell one package from another"
      ) { [$0.whole] }
    ])
}
