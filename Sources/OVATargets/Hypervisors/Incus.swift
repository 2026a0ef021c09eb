import OVAArchive
import OVAByteSource
import OVAPackage
import OVARules
import OVFDescriptor
import OVFXML
import VirtualDisks

extension TargetProduct {
  /// Incus.
  static let incus = TargetProduct(
    id: "incus", title: "Incus (incus-migrate)", basis: "incus-migrate be7afc5 (2026-08)",
    conditions: [
      TargetCondition(
        "incus-ovf-case", "a descriptor whose extension is not in lower case", .fails,
        "The descriptor is not found.", fix: TargetFix.lowerCase,
        triggering: .files(.ova, .rename("web.ovf", to: "web.OVF"))
      ) { $0.upperCaseDescriptor },
      TargetCondition(
        "incus-malformed", "a file size that is no number", .fails, "It stops with a panic.",
        fix: "Write the size in digits.",
        triggering: .edit("ovf:size=\"SIZE\"", "ovf:size=\"large\"")
      ) { view in
        view.references { $0.reference.size != nil && $0.reference.size?.value == nil }
      },
      TargetCondition(
        "incus-structure", "a collection, or OVF 0.9", .fails, "No machine is found.",
        fix: TargetFix.plainStructure, triggering: .collection
      ) { view in view.nested + view.namespaceHit(view.namespace == .ovf09) },
      TargetCondition(
        "incus-options", "deployment options of other processors or memory", .loss,
        "The last Item counts.", fix: TargetFix.oneOption, triggering: .moreProcessors
      ) { view in view.several([3, 4]) { $0.last } },
      TargetCondition(
        "incus-memory-unit", "memory", .loss, "The unit is ignored and decimal MB taken.",
        fix: "Set `limits.memory` after the import.", triggering: .sound(),
        passing: .edit("ResourceType>4<", "ResourceType>1<")
      ) { view in
        view.items(4).map { item in
          let number = item.field("VirtualQuantity")?.text ?? "?"
          return Hit(
            item.place, found: "\(number) × \(item.allocationUnits?.text ?? "no unit")",
            reads: "\(number) MB (10^6) of memory")
        }
      },
      TargetCondition(
        "incus-root-disk", "a boot disk that is not the first Disk", .loss,
        "The first Disk becomes the root, the others block volumes.",
        fix: "Write the boot disk first in the DiskSection.", triggering: .bootFromSecond,
        passing: .twoDisks()
      ) { view in
        view.bootDisks.compactMap { boot in
          guard let first = view.disks.first, first !== boot.disk else { return nil }
          return Hit(
            boot.item.place, found: boot.disk.id?.text,
            reads: "\(first.id?.text ?? "the first Disk") as the root")
        }
      },
      TargetCondition(
        "incus-blank-disk", "a disk without a file", .fails, "The path of the disk is empty.",
        fix: TargetFix.blankDisk, triggering: .blankDisk
      ) { $0.blankDisks },
      TargetCondition(
        "incus-all-disks", "deployment options with disks of their own", .loss,
        "Every disk is imported.", fix: TargetFix.oneOption, triggering: .otherDevices
      ) { view in view.ofOptions(17) },
      TargetCondition(
        "incus-disk-format", "a first disk that is not a VMDK by its content", .fails,
        "The format is not supported.", fix: TargetFix.vmdk, triggering: .gzip
      ) { view in
        guard let first = view.package.disks.first else { return [] }
        if TargetView.isGzip(first.reference) {
          return [Hit(first.reference.reference.place, found: "gzip")]
        }
        return Array(
          view.contents { disk in
            switch disk.format {
            case .vmdkSparse, .vmdkCOWD, .vmdkSESparse, .vmdkDescriptor: false
            default: true
            }
          }.prefix(1))
      },
      TargetCondition(
        "incus-chunk", "a disk in chunks", .fails, "The file is not found.",
        fix: TargetFix.chunks, triggering: .chunks
      ) { $0.chunked },
      TargetCondition(
        "incus-sub-folder", "a member in a folder", .fails, "Its file cannot be created.",
        fix: "Put all files beside the descriptor.", triggering: .diskNamed("disks/web.vmdk")
      ) { view in
        view.members { $0.writtenName.drop { ".".contains($0) }.dropFirst().contains("/") }
      },
      TargetCondition(
        "incus-folder-member", "a folder in the archive", .unknown,
        "It is created like a file; what becomes of the import is not known.",
        fix: "Remove the member: `ova fix PATH --write NEW.ova`.",
        triggering: .files(.ova, .add("extra", .text("")), .kind("extra", .folder))
      ) { view in view.members { $0.member?.kind == .folder } },
      TargetCondition(
        "incus-firmware", "EFI", .note, "The user is asked for the firmware.",
        fix: "Answer that the machine has UEFI.", triggering: .efi
      ) { $0.efi },
    ])
}
