import OVAPackage
import OVARules
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
}
