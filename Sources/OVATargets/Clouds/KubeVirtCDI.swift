import OVAPackage
import OVARules
import OVFDescriptor

extension TargetProduct {
  /// KubeVirt's Containerized Data Importer.
  static let kubeVirtCDI = TargetProduct(
    id: "kubevirt-cdi", title: "KubeVirt CDI",
    basis: "CDI c07cdb6 (2026-08): pkg/image/qemu.go, doc/supported_operations.md",
    conditions: [
      TargetCondition(
        "cdi-ova", "an OVA or OVF", .fails,
        "There is no reader for it: disk images alone are taken.",
        fix: TargetFix.unpack, triggering: .sound(),
        holdsForEvery: "the product imports disk images and no packages"
      ) { [$0.whole] },
      TargetCondition(
        "cdi-disk-size", "a disk with a capacity", .unknown,
        "A disk alone, taken out of the package, has to fit into its volume.",
        fix: "Ask for a volume that is at least as large as the disk's capacity.",
        dependsOn: "the size of the volume", triggering: .sound(),
        passing: .edit("ovf:capacity=\"64\"", "ovf:capacity=\"${size}\"")
      ) { view in
        view.disks.compactMap { disk in
          view.capacity(of: disk).map { Hit(disk.place, found: "\($0) bytes") }
        }
      },
      TargetCondition(
        "cdi-backing-file", "a disk that holds only the changes to another", .fails,
        "The other disk would have to be in the pod.",
        fix: "Consolidate the snapshots and export again.",
        triggering: .edit("ovf:diskId=\"disk1\"", "ovf:diskId=\"disk1\" ovf:parentRef=\"base\"")
      ) { $0.deltas },
    ], importsPackages: false)
}
