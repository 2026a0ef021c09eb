import OVARules

extension TargetProduct {
  /// Microsoft Azure.
  static let azure = TargetProduct(
    id: "azure", title: "Microsoft Azure", basis: "Microsoft's document of Add-AzVhd",
    conditions: [
      .noPackages("azure-ova", "Fixed VHDs of whole mebibytes and a footer are taken.")
    ], importsPackages: false)
}
