import OVAArchive
import OVAPackage
import OVARules
import OVFDescriptor
import VirtualDisks

extension TargetProduct {
  /// OpenStack's image service.
  static let glance = TargetProduct(
    id: "glance", title: "OpenStack Glance",
    basis: "Glance c76abb0 (2026-07): flows/ovf_process.py, config.py",
    conditions: [
      TargetCondition(
        "glance-ovf-case", "a descriptor whose extension is not in lower case", .fails,
        "The descriptor is not found.", fix: TargetFix.lowerCase,
        triggering: .files(.ova, .rename("web.ovf", to: "web.OVF"))
      ) { $0.upperCaseDescriptor },
      TargetCondition(
        "glance-one-disk", "more than one disk", .fails, "Several disks are not supported.",
        fix: TargetFix.oneDisk, triggering: .twoDisks()
      ) { $0.disks(beyond: 1) },
      TargetCondition(
        "glance-no-disk", "no disk, or one without a file", .fails,
        "It stops with an exception.", fix: TargetFix.blankDisk, triggering: .blankDisk
      ) { view in view.disks.isEmpty ? [view.whole] : view.blankDisks },
      TargetCondition(
        "glance-href", "an href that is not the member's name letter by letter", .fails,
        "The disk is not found.",
        fix: "Give the member and the href the same name: `ova fix PATH --write NEW.ova`.",
        triggering: .files(.ova, .rename("web-disk1.vmdk", to: "./web-disk1.vmdk"))
      ) { view in
        view.diskFiles { resolved in
          guard let file = resolved.file, let href = resolved.reference.href else { return false }
          return view.package.isArchive && file.writtenName != href.text
        }
      },
      TargetCondition(
        "glance-vmdk-type", "a VMDK that is neither streamOptimized nor monolithicSparse", .fails,
        "The setting vmdk_allowed_types allows these two.", fix: TargetFix.vmdk,
        triggering: .files(.ova, .content("web-disk1.vmdk", .shapedDisk(.textDescriptor)))
      ) { view in
        view.contents { disk in
          switch disk.format {
          case .vmdkSparse, .vmdkCOWD, .vmdkSESparse, .vmdkDescriptor:
            !["streamOptimized", "monolithicSparse"].contains(disk.createType ?? "")
          default: false
          }
        }
      },
      TargetCondition(
        "glance-format", "a disk whose format has to be declared", .unknown,
        "The upload stops when the image's disk_format is not that of the disk.",
        fix: "Create the image with the disk_format that is found here.",
        dependsOn: "the disk_format of the image", triggering: .sound(),
        passing: .files(.ova, .remove("web-disk1.vmdk"))
      ) { view in
        view.package.disks.compactMap { part in
          guard case .disk(let disk) = part.content, disk.format.isDisk else { return nil }
          return Hit(part.disk.place, found: disk.format.glanceName ?? disk.format.name)
        }
      },
      TargetCondition(
        "glance-manifest", "a manifest", .note, "It is not verified.", fix: TargetFix.ownManifest,
        triggering: .sound(), passing: .withoutManifest
      ) { $0.manifest },
    ])
}

extension DiskFormat {
  /// Glance's name of the format; nil for one that it does not have.
  fileprivate var glanceName: String? {
    switch self {
    case .vmdkSparse, .vmdkCOWD, .vmdkSESparse, .vmdkDescriptor: "vmdk"
    case .vhd: "vhd"
    case .vhdx: "vhdx"
    case .qcow2: "qcow2"
    case .vdi: "vdi"
    case .rawGPT, .rawMBR: "raw"
    case .iso9660: "iso"
    default: nil
    }
  }
}
