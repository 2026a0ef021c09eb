import OVAPackage
import OVARules
import OVFDescriptor
import OVFXML
import VirtualDisks

extension TargetProduct {
  static let virtualBoxDescriptor: [TargetCondition] = [
    TargetCondition(
      "vb-root", "a document element without a namespace", .fails, "The descriptor is refused.",
      fix: "Write the namespace of OVF 1 on the Envelope.",
      triggering: .edit(" xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\"", "")
    ) { view in view.namespaceHit(view.envelope.rootName.namespace.isEmpty) },
    TargetCondition(
      "vb-namespace", "an envelope in an unknown namespace", .loss, "It is read as OVF 0.9.",
      fix: TargetFix.ovf1,
      triggering: .edit(
        "xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\"",
        "xmlns=\"http://schemas.dmtf.org/ovf/envelope/1/\"")
    ) { view in
      view.namespaceHit(
        (view.namespace == .other || view.namespace == .oVirt)
          && !view.envelope.rootName.namespace.isEmpty)
    },
    TargetCondition(
      "vb-disk-attributes", "a Disk without id or format, or with a capacity in words", .fails,
      "The descriptor is refused.", fix: "Write diskId, format and a capacity in digits.",
      triggering: .edit("ovf:capacity=\"64\"", "ovf:capacity=\"${size}\"")
    ) { view in
      view.capacitiesInWords
        + view.disks.filter { $0.id == nil || $0.format == nil }.map { Hit($0.place) }
    },
    TargetCondition(
      "vb-fileref", "a Disk that refers to no File", .fails, "The descriptor is refused.",
      fix: "Remove `ovf:fileRef` of a disk without a file, or list the File.",
      triggering: .edit("ovf:fileRef=\"file1\"", "ovf:fileRef=\"\"")
    ) { view in
      view.disks.filter { disk in
        guard disk.fileReference != nil else { return false }
        return view.envelope.file(of: disk)?.href == nil
      }.map { Hit($0.place, found: $0.fileReference?.text) }
    },
    TargetCondition(
      "vb-capacity-units", "a disk without a file whose capacity has a unit", .loss,
      "The unit is not read: the number is taken for bytes.",
      fix: "Write the capacity in bytes.", triggering: .blankDisk
    ) { view in
      view.disks.filter { disk in
        guard view.envelope.file(of: disk) == nil, let unit = disk.capacityUnits?.value else {
          return false
        }
        return unit.numerator != 1
      }.map { disk in
        let number = disk.capacity?.text ?? "?"
        return Hit(
          disk.place, found: "\(number) × \(disk.capacityUnits?.text ?? "")",
          reads: "a disk of \(number) bytes")
      }
    },
    TargetCondition(
      "vb-chunk", "a file in chunks", .fails, "Chunks are not implemented.", fix: TargetFix.chunks,
      triggering: .chunks
    ) { view in view.references { $0.reference.chunkSize != nil && $0.file == nil } },
    TargetCondition(
      "vb-gzip-suffix", "a compressed file without an extension", .fails,
      "The last extension is removed after decompression, and there is none.",
      fix: "Name the file `.vmdk.gz`.",
      triggering: .edit(
        "ovf:href=\"web-disk1.vmdk\" ovf:size=\"SIZE\"",
        "ovf:compression=\"gzip\" ovf:href=\"disk\"",
        .content("web-disk1.vmdk", .gzipped), .rename("web-disk1.vmdk", to: "disk")),
      passing: .gzip
    ) { view in
      view.diskFiles { resolved in
        let name = resolved.reference.href?.text.split(separator: "/").last ?? ""
        return TargetView.isGzip(resolved) && !name.contains(".")
      }
    },
    TargetCondition(
      "vb-format", "a disk that is neither a VMDK nor a VHD", .fails,
      "The format is unsupported.", fix: TargetFix.vmdk,
      triggering: .edit(
        "ovf:size=\"SIZE\"", "ovf:size=\"4\"",
        .content("web-disk1.vmdk", .bytes([0x51, 0x46, 0x49, 0xFB])))
    ) { view in
      view.contents { disk in
        switch disk.format {
        case .vmdkSparse, .vmdkCOWD, .vmdkSESparse, .vmdkDescriptor, .vhd, .iso9660: false
        default: disk.format.isDisk
        }
      }
    },
    TargetCondition(
      "vb-os-id", "an operating system without a number of zero or more", .fails,
      "The descriptor is refused.", fix: "Write a number of CIM as `ovf:id`, such as 1 for other.",
      triggering: .edit(
        "OperatingSystemSection ovf:id=\"94\"", "OperatingSystemSection ovf:id=\"-100\"")
    ) { view in
      view.systems.compactMap { system in
        guard let guest = system.operatingSystem, guest.id?.value == nil else { return nil }
        return Hit(guest.id?.place ?? system.place, found: guest.id?.text ?? "no id")
      }
    },
  ]
}
