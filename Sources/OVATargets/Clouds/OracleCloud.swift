import OVARules

extension TargetProduct {
  /// Oracle Cloud Infrastructure.
  static let oci = TargetProduct(
    id: "oci", title: "Oracle Cloud Infrastructure", basis: "Oracle's document imageimportexport",
    conditions: [.noPackages("oci-ova", "VMDK, QCOW2 and `.oci` images are taken.")],
    importsPackages: false)
}
