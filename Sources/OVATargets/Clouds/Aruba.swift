import OVAPackage
import OVARules
import OVFDescriptor
import VirtualDisks

extension TargetProduct {
  /// Aruba Cloud.
  static let aruba = TargetProduct(
    id: "aruba", title: "Aruba Cloud", basis: "kb.arubacloud.com",
    conditions: [
      TargetCondition(
        "aruba-disk", "a disk or controller that is not on the provider's list", .fails,
        "VMDKs of up to 500 GB on LSI Logic parallel controllers are taken: monolithicFlat, "
          + "monolithicSparse, streamOptimized, vmfs and vmfsSparse.",
        fix: "Convert the disk to streamOptimized, and put it on an `lsilogic` controller.",
        triggering: .edit(">lsilogic<", ">VirtualSCSI<")
      ) { view in
        view.contents { disk in
          let kinds = [
            "monolithicflat", "monolithicsparse", "streamoptimized", "vmfs", "vmfssparse",
          ]
          return disk.format.isDisk
            && ((disk.capacity ?? 0) > 500_000_000_000
              || !kinds.contains((disk.createType ?? "").lowercased()))
        }
          + view.diskItems.filter { item in
            guard let parent = view.parent(of: item) else { return false }
            return !parent.isOf([6]) || !parent.isSubType("lsilogic")
          }.map { $0.hit("Parent") }
      }
    ])
}
