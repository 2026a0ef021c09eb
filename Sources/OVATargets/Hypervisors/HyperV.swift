import OVARules

extension TargetProduct {
  /// Microsoft Hyper-V.
  static let hyperV = TargetProduct(
    id: "hyper-v", title: "Microsoft Hyper-V", basis: "reports; no document names an import",
    conditions: [
      .noPackages(
        "hyper-v-ova", "The product has no import of packages.",
        because: "the product has no import of packages")
    ],
    importsPackages: false)
}
