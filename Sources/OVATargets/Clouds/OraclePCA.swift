import OVAPackage
import OVARules
import OVFDescriptor
import VirtualDisks

extension TargetProduct {
  /// Oracle Private Cloud Appliance.
  static let oraclePCA = TargetProduct(
    id: "oracle-pca", title: "Oracle Private Cloud Appliance",
    basis: "Oracle's document concept-byoi",
    conditions: [
      TargetCondition(
        "oracle-pca-disk", "more than one disk, or one it does not take", .fails,
        "One disk of up to 400 GB is taken, monolithicSparse or streamOptimized.",
        fix: TargetFix.oneDisk, triggering: .twoDisks()
      ) { view in
        view.disks(beyond: 1)
          + view.contents { disk in
            disk.encryption != nil || (disk.capacity ?? 0) > 400_000_000_000
              || !["streamOptimized", "monolithicSparse"].contains(disk.createType ?? "")
          }
      },
      TargetCondition(
        "oracle-pca-firmware", "EFI", .fails, "BIOS and MBR alone are taken.",
        fix: "Use another platform, or a machine with a BIOS.", triggering: .efi
      ) { $0.efi },
    ])
}
