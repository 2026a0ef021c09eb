import OVAPackage
import OVARules
import OVFDescriptor
import VirtualDisks

extension TargetProduct {
  /// AWS VM Import/Export.
  static let aws = TargetProduct(
    id: "aws", title: "AWS VM Import", basis: "AWS's documents: prerequisites and limitations",
    conditions: [
      TargetCondition(
        "aws-disk-format", "a disk that is no streamOptimized VMDK, VHD, VHDX or raw image", .fails,
        "The format is unsupported.", fix: TargetFix.vmdk,
        triggering: .files(.ova, .content("web-disk1.vmdk", .shapedDisk(.monolithicSparse)))
      ) { view in
        view.contents { disk in
          switch disk.format {
          case .vmdkSparse: disk.createType != "streamOptimized"
          case .vhd, .vhdx, .rawGPT, .rawMBR, .zeros, .unknown: false
          default: true
          }
        }
      },
      TargetCondition(
        "aws-volumes", "more than 21 disks", .fails, "At most 21 volumes are taken.",
        fix: "Attach the further disks after the import.", triggering: .blankDisks(21),
        passing: .blankDisks(20)
      ) { $0.disks(beyond: 21) },
      TargetCondition(
        "aws-disk-kind", "a disk that is encrypted, a raw device mapping or a SEsparse delta",
        .fails,
        "Such volumes are not taken.", fix: "Export the disk decrypted, with its own data.",
        triggering: .files(.ova, .content("web-disk1.vmdk", .bytes(encryptedQCOW2)))
      ) { view in
        view.contents { disk in
          disk.encryption != nil || disk.format == .vmdkSESparse
            || (disk.createType ?? "").lowercased().contains("rawdevice")
        }
      },
      TargetCondition(
        "aws-chunk", "a disk in chunks", .fails, "Chunked disk files are not supported.",
        fix: TargetFix.chunks, basis: .documented("AWS, \"Troubleshooting VM Import/Export\""),
        triggering: .chunks
      ) { $0.chunked },
      TargetCondition(
        "aws-systems", "more than one machine", .unknown, "It is not documented.",
        fix: TargetFix.oneMachine, triggering: .twoMachines
      ) { $0.furtherSystems },
    ])

  /// KubeVirt's Containerized Data Importer.
  static let kubeVirtCDI = TargetProduct(
    id: "kubevirt-cdi", title: "KubeVirt CDI",
    basis: "CDI c07cdb6 (2026-08): pkg/image/qemu.go, doc/supported_operations.md",
    conditions: [
      TargetCondition(
        "cdi-ova", "an OVA or OVF", .fails,
        "There is no reader for it: disk images alone are taken.",
        fix: TargetFix.unpack, triggering: .sound(), passing: nil
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

  /// Oracle Cloud Infrastructure.
  static let oci = TargetProduct(
    id: "oci", title: "Oracle Cloud Infrastructure", basis: "Oracle's document imageimportexport",
    conditions: [noPackages("oci-ova", "VMDK, QCOW2 and `.oci` images are taken.")],
    importsPackages: false)

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

  /// Microsoft Azure.
  static let azure = TargetProduct(
    id: "azure", title: "Microsoft Azure", basis: "Microsoft's document of Add-AzVhd",
    conditions: [
      noPackages("azure-ova", "Fixed VHDs of whole mebibytes and a footer are taken.")
    ], importsPackages: false)

  /// Microsoft Hyper-V.
  static let hyperV = TargetProduct(
    id: "hyper-v", title: "Microsoft Hyper-V", basis: "reports; no document names an import",
    conditions: [noPackages("hyper-v-ova", "The product has no import of packages.")],
    importsPackages: false)

  /// Nutanix.
  static let nutanix = TargetProduct(
    id: "nutanix", title: "Nutanix Prism Central", basis: "pages about its API of version 4",
    conditions: [
      TargetCondition(
        "nutanix-ova", "an OVA or OVF", .unknown,
        "OVAs can be uploaded; no document of the limits was found.",
        fix: TargetFix.checkAfterwards, triggering: .sound(), passing: nil
      ) { [$0.whole] }
    ])

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

  /// The header of an empty QCOW2 disk of 64 MiB that AES encrypts.
  private static let encryptedQCOW2: [UInt8] = {
    func number(_ value: UInt64, bytes: Int) -> [UInt8] {
      (0..<bytes).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    let header =
      number(0x5146_49FB, bytes: 4) + number(2, bytes: 4) + number(0, bytes: 12)
      + number(16, bytes: 4) + number(64 << 20, bytes: 8) + number(1, bytes: 4)
      + number(1, bytes: 4) + number(0x30000, bytes: 8) + number(0x10000, bytes: 8)
      + number(1, bytes: 4) + number(0, bytes: 12)
    return header + [UInt8](repeating: 0, count: 0x40000 - header.count)
  }()

  private static func noPackages(_ key: String, _ outcome: String) -> TargetCondition {
    TargetCondition(
      key, "an OVA or OVF", .fails, outcome, fix: TargetFix.unpack, triggering: .sound(),
      passing: nil
    ) { [$0.whole] }
  }
}

extension TargetProduct {
  /// All products, those that most people import into first.
  public static let all: [TargetProduct] = [
    .vSphere, .contentLibrary, .esxiHost, .govc, .cloudDirector, .workstation, .fusion, .virtualBox,
    .virtV2V, .forklift, .kubeVirtCDI, .proxmox, .xenOrchestra, .cloudStack, .incus, .oVirt,
    .glance,
    .nova, .aws, .oci, .oraclePCA, .azure, .hyperV, .nutanix, .aruba, .cisco, .vss,
  ]
}
