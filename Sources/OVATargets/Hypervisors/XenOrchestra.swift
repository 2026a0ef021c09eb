import OVAArchive
import OVABasics
import OVAPackage
import OVARules
import OVFDescriptor
import VirtualDisks

extension TargetProduct {
  /// Xen Orchestra, for XCP-ng and XenServer.
  static let xenOrchestra = TargetProduct(
    id: "xen-orchestra", title: "XCP-ng and Xen Orchestra",
    basis: "Xen Orchestra 9ef53890 (2026-08), xo-vmdk-to-vhd 2.5.10",
    conditions: [
      TargetCondition(
        "xo-long-name", "a member whose name needs more than the header's 100 bytes", .fails,
        "Only these bytes are read: the disk is not found.", fix: TargetFix.shortName,
        triggering: .edit(
          "ovf:href=\"web-disk1.vmdk\"", "ovf:href=\"\(longName)\"",
          .rename("web-disk1.vmdk", to: longName), .dialect(longName, .pax),
          .header(longName, .name(Array(longName.utf8.prefix(100)))))
      ) { view in
        view.members { ($0.member?.rawName.count ?? 0) > 100 }
          + view.archiveDiagnostics {
            switch $0 {
            case .gnuLongName, .paxPath: true
            default: false
            }
          }
      },
      TargetCondition(
        "xo-dot-name", "members whose names begin with a dot", .fails,
        "They are skipped: the disk or the descriptor is missing.", fix: TargetFix.dotSlash,
        triggering: .files(.ova, .rename("web-disk1.vmdk", to: "./web-disk1.vmdk"))
      ) { view in view.members { $0.writtenName.hasPrefix(".") } },
      TargetCondition(
        "xo-pax-size", "a size that only an extended header gives", .fails,
        "The size field of the header alone is read.", fix: TargetFix.ustar,
        basis: .unsure("by reading"),
        triggering: .files(.ova, .header("web-disk1.vmdk", .otherSizeInPax))
      ) { view in
        view.archiveDiagnostics {
          switch $0 {
          case .paxSize, .paxSizeDisagrees: true
          default: false
          }
        }
      },
      TargetCondition(
        "xo-structure", "no DiskSection, References, hardware, or machine in the envelope", .fails,
        "It stops with an exception.",
        fix:
          "Describe the files, the disks and the hardware of one machine directly in the envelope.",
        triggering: .collection
      ) { view in
        let isBare =
          view.envelope.references.isEmpty || view.sections(.disk).isEmpty
          || view.sections.isEmpty || view.sections.contains { $0.system == nil }
        return view.nested + (isBare ? [view.whole] : [])
      },
      TargetCondition(
        "xo-several", "more than one machine or hardware section", .fails,
        "It stops with an exception.", fix: TargetFix.oneMachine, triggering: .twoMachines
      ) { view in
        view.furtherSystems
          + view.systems.flatMap { $0.hardwareSections.dropFirst().map { Hit($0.place) } }
      },
      TargetCondition(
        "xo-name", "no VirtualSystemIdentifier", .note, "The machine has no name.",
        fix: "Name the machine after the import.",
        triggering: .edit(
          "        <vssd:VirtualSystemIdentifier>web</vssd:VirtualSystemIdentifier>\n", "")
      ) { view in
        view.sections.compactMap(\.system)
          .filter { ($0.field("VirtualSystemIdentifier")?.text ?? "").isEmpty }
          .map { Hit($0.place) }
      },
      TargetCondition(
        "xo-second-ovf", "more than one descriptor", .loss, "The last one's values win.",
        fix: "Leave one descriptor in the archive.",
        triggering: .files(.ova, .add("other.ovf", .text("<Envelope/>")))
      ) { view in
        Array(view.members { $0.writtenName.lowercased().hasSuffix(".ovf") }.dropFirst())
      },
      TargetCondition(
        "xo-memory-unit-missing", "memory without a unit", .fails, "It stops with an exception.",
        fix: TargetFix.mebibytes,
        triggering: .edit("        <rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits>\n", "")
      ) { view in
        view.items(4).filter { ($0.field("AllocationUnits")?.text ?? "").isEmpty }.map(\.hit)
      },
      TargetCondition(
        "xo-memory-unit-nan",
        "memory in a unit that neither ends in `^N` nor begins with k, m, g, t",
        .fails, "The memory becomes NaN.", fix: TargetFix.mebibytes,
        triggering: .memoryUnit("byte * 2 ^ 20"), passing: .memoryUnit("MegaBytes")
      ) { view in
        view.items(4).filter { item in
          let text = item.field("AllocationUnits")?.text ?? ""
          guard !text.isEmpty else { return false }
          return text.firstMatch(of: /\^[0-9]+$/) == nil
            && !"kmgt".contains(text.prefix(1).lowercased())
        }.map { $0.hit("AllocationUnits") }
      },
      TargetCondition(
        "xo-memory-unit-base", "memory in a power of another number than 2", .loss,
        "The power is taken of 2.", fix: TargetFix.mebibytes,
        triggering: .memoryUnit("byte * 10^6")
      ) { view in
        view.items(4).compactMap { item in
          guard let text = item.field("AllocationUnits")?.text,
            let match = text.firstMatch(of: /([0-9]+)\^([0-9]+)$/), match.output.1 != "2"
          else { return nil }
          let number = item.field("VirtualQuantity")?.text ?? "?"
          return item.hit("AllocationUnits", reads: "\(number) × 2^\(match.output.2) bytes")
        }
      },
      TargetCondition(
        "xo-options", "deployment options", .loss,
        "The last processors and memory count, and all disks and adapters.",
        fix: TargetFix.oneOption, triggering: .moreProcessors
      ) { view in view.several([3, 4]) { $0.last } + view.ofOptions(10, 17) },
      TargetCondition(
        "xo-firmware", "EFI", .loss, "The setting is not read: the machine gets a BIOS.",
        fix: "Set UEFI after the import, before the first start.",
        basis: .reported("vatesfr/xen-orchestra#8162"), triggering: .efi
      ) { view in view.efi.map { Hit($0.place, found: $0.found, reads: "a BIOS") } },
      TargetCondition(
        "xo-nic-allocation", "a network adapter without AutomaticAllocation", .loss,
        "It is dropped.", fix: "Write `<rasd:AutomaticAllocation>true</rasd:AutomaticAllocation>`.",
        triggering: .edit("        <rasd:AutomaticAllocation>true</rasd:AutomaticAllocation>\n", "")
      ) { view in
        view.items(10).filter { ($0.field("AutomaticAllocation")?.text ?? "").isEmpty }
          .map { Hit($0.place, reads: "a machine without this adapter") }
      },
      TargetCondition(
        "xo-host-resource-missing", "a disk item without HostResource", .fails,
        "It stops with an exception.", fix: TargetFix.hostResource,
        triggering: .edit("        <rasd:HostResource>ovf:/disk/disk1</rasd:HostResource>\n", "")
      ) { view in view.diskItems.filter { $0.field("HostResource") == nil }.map(\.hit) },
      TargetCondition(
        "xo-host-resource", "a HostResource that is no `ovf:/disk/ID` or `/disk/ID`", .loss,
        "The disk is dropped.", fix: TargetFix.hostResource,
        triggering: .edit("ovf:/disk/disk1", "ovf://disk/disk1")
      ) { view in
        view.diskItems.filter { item in
          guard let text = item.field("HostResource")?.text else { return false }
          return !text.hasPrefix("ovf:/disk/") && !text.hasPrefix("/disk/")
        }.map { $0.hit("HostResource", reads: "a machine without this disk") }
      },
      TargetCondition(
        "xo-position", "two disks with one place", .loss, "One of them is moved.",
        fix: "Give every disk a place of its own.",
        triggering: .edits([
          (
            Example.hardwareEnd,
            Example.item(
              "", ("AddressOnParent", "0"), ("ElementName", "Hard disk 2"),
              ("HostResource", "ovf:/disk/disk1"), ("InstanceID", "14"), ("Parent", "3"),
              ("ResourceType", "17")) + Example.hardwareEnd
          )
        ])
      ) { view in
        view.diskItems(withTakenPlaces: { _ in "any" }).map { $0.hit("AddressOnParent") }
      },
      TargetCondition(
        "xo-gzip-name", "a compressed disk whose name does not end in `.vmdk.gz`", .fails,
        "It is not decompressed.", fix: "Name the file `.vmdk.gz`.",
        triggering: .edit(
          "ovf:href=\"web-disk1.vmdk\" ovf:size=\"SIZE\"",
          "ovf:compression=\"gzip\" ovf:href=\"web-disk1.vmdk\"",
          .content("web-disk1.vmdk", .gzipped)), passing: .gzip
      ) { view in
        view.diskFiles {
          TargetView.isGzip($0) && !($0.reference.href?.text.hasSuffix(".vmdk.gz") ?? false)
        }
      },
      TargetCondition(
        "xo-vmdk-kind", "a disk that is not a sparse VMDK", .fails, "It is not a VMDK file.",
        fix: TargetFix.vmdk,
        triggering: .edit(
          "ovf:size=\"SIZE\"", "ovf:size=\"4\"",
          .content("web-disk1.vmdk", .bytes([0x51, 0x46, 0x49, 0xFB])))
      ) { view in view.contents { $0.format != .vmdkSparse } },
      TargetCondition(
        "xo-vmdk-version", "a VMDK of another version than 1 and 3", .fails,
        "The version is not supported.", fix: TargetFix.vmdk,
        triggering: .files(.ova, .content("web-disk1.vmdk", .flipped(at: 4)))
      ) { view in
        view.contents { disk in disk.header.map { $0.version != 1 && $0.version != 3 } ?? false }
      },
      TargetCondition(
        "xo-chunk", "a disk in chunks", .fails, "The file is not found.", fix: TargetFix.chunks,
        triggering: .chunks
      ) { $0.chunked },
      TargetCondition(
        "xo-manifest", "a manifest", .note, "It is not verified.", fix: TargetFix.ownManifest,
        triggering: .sound(), passing: .withoutManifest
      ) { $0.manifest },
    ])

  private static let longName = String(repeating: "w", count: 101) + ".vmdk"
}
