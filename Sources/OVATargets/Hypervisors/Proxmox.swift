import OVAPackage
import OVARules
import OVFDescriptor

extension TargetProduct {
  /// Proxmox VE.
  static let proxmox = TargetProduct(
    id: "proxmox", title: "Proxmox VE",
    basis: "Proxmox VE 8.3 to 9: pve-storage 9.1.7 (2026-07), qemu-server e6352be (2026-08)",
    conditions: proxmoxFiles + proxmoxWays + proxmoxHardware)

  private static let proxmoxFiles: [TargetCondition] = [
    TargetCondition(
      "px-ova-name", "an archive's name with other characters than `A-Za-z0-9.+=_-`", .fails,
      "The archive is not listed.", fix: "Rename the archive.",
      triggering: .files(.ova, .archive(.named("my web.ova")))
    ) { view in
      let name = view.archiveName
      return name.isEmpty || name == "-" || name.wholeMatch(of: /[A-Za-z0-9.+=_\-]+/) != nil
        ? [] : [Hit(view.package.descriptor.place, found: name)]
    },
    TargetCondition(
      "px-ova-name-case", "an archive whose extension is not in lower case", .fails,
      "The archive is listed and cannot be imported.", fix: "Name the archive `.ova`.",
      triggering: .files(.ova, .archive(.named("web.OVA")))
    ) { view in
      let name = view.archiveName
      return name.lowercased().hasSuffix(".ova") && !name.hasSuffix(".ova")
        ? [Hit(view.package.descriptor.place, found: name)] : []
    },
    TargetCondition(
      "px-ovf-case", "a descriptor whose extension is not in lower case", .fails,
      "The descriptor is not found.", fix: TargetFix.lowerCase,
      triggering: .files(.ova, .rename("web.ovf", to: "web.OVF"))
    ) { $0.upperCaseDescriptor },
    TargetCondition(
      "px-first-ovf", "another file before the descriptor whose name ends in `.ovf`", .fails,
      "It is taken for the descriptor.", fix: "Remove it: `ova fix PATH --write NEW.ova`.",
      triggering: .files(.ova, .add("._web.ovf", .text("x")), .order(["._web.ovf", "web.ovf"]))
    ) { view in view.firstDescriptorIsOther { $0.hasSuffix(".ovf") } },
    TargetCondition(
      "px-slow-descriptor", "a descriptor behind more than 256 MiB of other files", .unknown,
      "Taking it out has to end within three seconds, which depends on the storage.",
      fix: TargetFix.order,
      triggering: .files(
        .ova, .add("data.iso", .filled(with: 0, count: (256 << 20) + 512)),
        .order(["data.iso", "web.ovf"]))
    ) { view in
      let bytes: UInt64 = view.membersBeforeDescriptor.reduce(0) {
        $0.addingReportingOverflow($1.size).partialValue
      }
      return bytes > 256 << 20 ? [Hit(view.package.descriptor.place)] : []
    },
    TargetCondition(
      "px-large-descriptor", "a descriptor of more than 100 KB", .unknown,
      "The parser runs in a sandbox that may end it when it needs more memory.",
      fix: "Shorten the descriptor.", basis: .unsure("by reading"),
      triggering: .edit(
        "</Envelope>", "</Envelope>\n<!--" + String(repeating: "x", count: 100_000) + "-->")
    ) { view in
      view.package.descriptor.size > 100_000 ? [Hit(view.package.descriptor.place)] : []
    },
    TargetCondition(
      "px-structure", "a machine that is not directly in an envelope of OVF 1", .loss,
      "Nothing of the machine is read.", fix: TargetFix.plainStructure, triggering: .collection
    ) { view in
      (view.namespaceHit(view.namespace != .ovf1) + view.nested).map {
        Hit($0.place, found: $0.found, reads: "a machine without CPU and disks")
      }
    },
    TargetCondition(
      "px-href", "an href with a folder or with other characters than ` A-Za-z0-9.+=_-`", .fails,
      "The path is invalid.", fix: TargetFix.plainName, triggering: .diskNamed("web(1).vmdk"),
      passing: .diskNamed("web 1.vmdk")
    ) { view in
      view.diskFiles {
        ($0.reference.href?.text ?? "").wholeMatch(of: /[ A-Za-z0-9.+=_\-]+/) == nil
      }
    },
    TargetCondition(
      "px-disk-format", "a disk whose name does not end in `.vmdk`, `.qcow2` or `.raw`", .fails,
      "The format is not known.", fix: "Name the disk's file `.vmdk`.",
      triggering: .diskNamed("web.img")
    ) { view in
      guard view.package.isArchive else { return [] }
      return view.diskFiles { resolved in
        let name = resolved.reference.href?.text ?? ""
        return ![".vmdk", ".qcow2", ".raw"].contains { name.hasSuffix($0) }
      }
    },
    TargetCondition(
      "px-chunk", "a disk in chunks", .fails, "The file is not found.", fix: TargetFix.chunks,
      triggering: .chunks
    ) { $0.chunked },
    TargetCondition(
      "px-name", "a machine with neither Name nor id", .note, "It gets a default name.",
      fix: "Name the machine in the wizard.",
      triggering: .edits([
        ("VirtualSystem ovf:id=\"web\"", "VirtualSystem"), ("<Name>web</Name>", ""),
      ])
    ) { view in
      view.systems.filter { $0.id == nil && ($0.name?.text ?? "").isEmpty }.map { Hit($0.place) }
    },
    TargetCondition(
      "px-manifest", "a manifest", .note, "It is not verified.", fix: TargetFix.ownManifest,
      triggering: .sound(), passing: .withoutManifest
    ) { $0.manifest },
    TargetCondition(
      "px-size", "a capacity in a unit other than `byte * B ^ E`", .note,
      "The wizard shows no size.", fix: "Write `byte * 2^20`.",
      triggering: .edit("capacityAllocationUnits=\"byte * 2^20\"", "capacityAllocationUnits=\"MB\"")
    ) { view in
      view.disks.filter { disk in
        guard view.package.isArchive else { return false }
        return (disk.capacityUnits?.text ?? "").wholeMatch(of: /byte\s*\*\s*\d+\s*\^\s*\d+/) == nil
      }.map { Hit($0.place, found: $0.capacityUnits?.text ?? "no unit") }
    },
  ]

  private static let proxmoxHardware: [TargetCondition] = [
    TargetCondition(
      "px-options-hardware", "several processor or memory Items", .loss,
      "The numbers of all Items are joined into one.", fix: TargetFix.oneOption,
      basis: .measured("XML::LibXML findvalue"), triggering: .moreProcessors
    ) { view in view.several([3, 4], differing: false) { $0.joined() } },
    TargetCondition(
      "px-memory-unit", "memory in another unit than 2^20 bytes", .loss,
      "The unit is ignored and MiB taken.", fix: TargetFix.mebibytes,
      triggering: .memoryUnit("byte * 2^30")
    ) { $0.memoryTakenForMebibytes },
    TargetCondition(
      "px-disk-host-resource", "a disk item whose HostResource is no `ovf:/disk/ID`", .loss,
      "The disk is left out; a log line says so.", fix: TargetFix.hostResource,
      triggering: .edit("ovf:/disk/disk1", "ovf://disk/disk1")
    ) { view in
      view.diskItems.filter {
        ($0.field("HostResource")?.text ?? "")
          .wholeMatch(of: /(ovf:)?\/[A-Za-z]+\/[A-Za-z0-9._~\-]+/) == nil
      }.map { $0.hit("HostResource", reads: "a machine without this disk") }
    },
    TargetCondition(
      "px-disk-fileref", "a disk of the machine without a file", .loss,
      "The disk is left out; a log line says so.", fix: TargetFix.blankDisk,
      triggering: .blankDisk
    ) { view in
      view.diskItems.filter { item in
        view.disk(of: item).map { view.envelope.file(of: $0) == nil } ?? false
      }.map { Hit($0.place, reads: "a machine without this disk") }
    },
    TargetCondition(
      "px-disk-parent", "a disk without a parent that is there", .loss,
      "The disk is left out; a log line says so.",
      fix: "Write the controller's InstanceID as Parent.",
      triggering: .edit("<rasd:Parent>3<", "<rasd:Parent>77<")
    ) { view in
      view.diskItems.filter { view.parent(of: $0) == nil }
        .map { $0.hit("Parent", reads: "a machine without this disk") }
    },
    TargetCondition(
      "px-disk-parent-type", "a disk on no IDE, SCSI or SATA controller", .fails,
      "The bus has no name.", fix: TargetFix.scsi,
      triggering: .edit("<rasd:Parent>3<", "<rasd:Parent>5<")
    ) { view in
      view.diskItems.filter { view.parent(of: $0).map { !$0.isOf([5, 6, 20]) } ?? false }
        .map { $0.hit("Parent") }
    },
    TargetCondition(
      "px-address-twice", "disks with one place on different controllers of a kind", .loss,
      "The last of them wins.", fix: "Give every disk a place of its own on one controller.",
      triggering: .edits([
        (
          Example.hardwareEnd,
          Example.controller(21, type: 6, subType: "lsilogic", address: 1)
            + Example.item(
              "", ("AddressOnParent", "0"), ("ElementName", "Hard disk 2"),
              ("HostResource", "ovf:/disk/disk1"), ("InstanceID", "14"), ("Parent", "21"),
              ("ResourceType", "17")) + Example.hardwareEnd
        )
      ])
    ) { view in
      view.diskItems(withTakenPlaces: { parent in
        parent.resourceType?.value.map { "\($0)" }
      }).map { $0.hit("AddressOnParent", reads: "one disk in this place") }
    },
    TargetCondition(
      "px-address-range", "a place that the bus does not have in Proxmox", .fails,
      "IDE ends at 3, SATA at 5, SCSI at 30.", fix: "Give the disk a lower place.",
      triggering: .edit("AddressOnParent>0<", "AddressOnParent>31<")
    ) { view in
      view.diskItems.filter { item in
        guard let type = view.parent(of: item)?.resourceType?.value, let slot = item.slot else {
          return false
        }
        return slot > (type == 5 ? 3 : type == 20 ? 5 : type == 6 ? 30 : .max)
      }.map { $0.hit("AddressOnParent") }
    },
    TargetCondition(
      "px-nvme", "a disk on an NVMe controller", .loss, "It is taken for SATA.",
      fix: TargetFix.scsi, triggering: .nvme
    ) { view in view.diskItems(on: \.isNVMe).map { Hit($0.place, reads: "a SATA disk") } },
    TargetCondition(
      "px-firmware", "EFI told otherwise than by `vmw:Config`", .loss, "The machine gets a BIOS.",
      fix: "Set OVMF after the import, before the first start.",
      triggering: .edit(
        Example.hardwareEnd,
        Example.extraConfig("firmware", "efi", required: false) + Example.hardwareEnd),
      passing: .efi
    ) { view in
      view.hardware.filter { $0.firmware == "efi" }.filter { hardware in
        !hardware.section.settings.contains {
          $0.kind == .config && $0.key?.text == "firmware" && $0.value?.text == "efi"
        }
      }.map { Hit($0.section.place, reads: "a BIOS") }.unique
    },
    TargetCondition(
      "px-nvram", "EFI with a file of its settings", .loss,
      "The file's content is dropped, with a warning.",
      fix: "Choose what to boot in the firmware after the import.",
      triggering: .edit(
        Example.hardwareEnd,
        Example.config("firmware", "efi")
          + Example.extraConfig("nvram", "ovf:/file/file1", required: false) + Example.hardwareEnd)
    ) { view in
      view.hardware.filter { $0.firmware == "efi" }.compactMap(\.nvram)
        .map { Hit($0.place, found: $0.text) }.unique
    },
    TargetCondition(
      "px-nic-type", "a network adapter other than E1000, E1000e and VMXNET3", .loss,
      "It becomes an E1000.", fix: TargetFix.checkAfterwards,
      triggering: .edit(">VmxNet3<", ">PCNet32<")
    ) { view in
      view.items(10).filter { item in
        !["e1000", "e1000e", "vmxnet3"].contains((item.resourceSubType?.text ?? "").lowercased())
      }.map { $0.hit("ResourceSubType", reads: "an E1000") }
    },
    TargetCondition(
      "px-network-name", "networks with names", .note, "The names are ignored.",
      fix: "Choose the bridge of each adapter in the wizard.", triggering: .sound(),
      passing: .edit("        <rasd:Connection>VM Network</rasd:Connection>\n", "")
    ) { view in view.items(10).filter { !$0.connections.isEmpty }.map { $0.hit("Connection") } },
  ]
}

extension TargetView {
  /// The archive's file name; empty for a folder.
  var archiveName: String {
    package.isArchive ? package.path.split(separator: "/").last.map(String.init) ?? "" : ""
  }
}
