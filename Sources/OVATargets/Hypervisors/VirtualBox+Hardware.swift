import OVARules
import OVFDescriptor

extension TargetProduct {
  static let virtualBoxHardware: [TargetCondition] = [
    TargetCondition(
      "vb-memory-unit", "memory in a unit that is not one of six spellings", .fails,
      "The allocation unit is invalid, though other spellings are legal.",
      fix: "Write `byte * 2^20`, with these blanks.", triggering: .memoryUnit("byte*2^20"),
      passing: .memoryUnit("MegaBytes")
    ) { view in
      let known: Set<String> = [
        "MegaBytes", "MB", "byte * 2^20", "GigaBytes", "GB", "byte * 2^30",
      ]
      return view.items(4).filter { !known.contains($0.allocationUnits?.text ?? "") }
        .map { $0.hit("AllocationUnits") }
    },
    TargetCondition(
      "vb-cpu-count", "65535 processors or more", .fails, "The descriptor is refused.",
      fix: "Lower the number of processors.",
      triggering: .edit("VirtualQuantity>2<", "VirtualQuantity>65535<")
    ) { view in
      view.items(3).filter { item in
        if case .number(let count)? = item.virtualQuantity?.value { count >= 65535 } else { false }
      }.map { $0.hit("VirtualQuantity") }
    },
    TargetCondition(
      "vb-options-hardware", "deployment options of other processors or memory", .loss,
      "The last Item of any option counts.", fix: TargetFix.oneOption, triggering: .moreProcessors
    ) { view in view.several([3, 4]) { $0.last } },
    TargetCondition(
      "vb-options-disks", "deployment options with disks of their own", .loss,
      "The disks of all options are attached.", fix: TargetFix.oneOption, triggering: .otherDevices
    ) { view in view.ofOptions(17) },
    TargetCondition(
      "vb-type20", "a storage controller of an unknown subtype", .fails,
      "Only SATA AHCI, Virtio-SCSI and NVMe are read, and AHCI alone by VirtualBox 6.",
      fix: "Write `AHCI` as the ResourceSubType, or use SCSI.",
      triggering: .items(Example.controller(21, type: 20, subType: "MagicDisk")),
      passing: .items(Example.controller(21, type: 20, subType: "AHCI"))
    ) { view in
      let isOld = view.release?.version == "6"
      return view.items(20).filter { item in
        let known = item.isSubType("ahci", "vmware.sata.ahci")
        if isOld { return !known }
        return !known
          && !item.isSubType("virtioscsi", "virtio-scsi", "nvme", "vmware.nvme.controller")
      }.map { $0.hit("ResourceSubType") }
    },
    TargetCondition(
      "vb-item-type", "a required device that VirtualBox does not make", .fails,
      "The resource type is unknown.",
      fix: "Write `ovf:required=\"false\"` on the Item when the machine can do without it.",
      triggering: .items(
        Example.item("", ("ElementName", "video"), ("InstanceID", "21"), ("ResourceType", "24"))),
      passing: .items(
        Example.item(
          " ovf:required=\"false\"", ("ElementName", "video"), ("InstanceID", "21"),
          ("ResourceType", "24")))
    ) { view in
      let known: Set<UInt16> = [3, 4, 5, 6, 10, 14, 15, 17, 20, 23, 35]
      return view.items.filter { item in
        item.isRequired && (item.resourceType?.value.map { !known.contains($0) } ?? false)
      }.map { $0.hit("ResourceType") }
    },
    TargetCondition(
      "vb-item-type-missing", "an Item without a resource type", .fails,
      "The descriptor is refused.", fix: "Write the ResourceType.",
      triggering: .items(Example.item("", ("ElementName", "x"), ("InstanceID", "21")))
    ) { view in view.items.filter { $0.field("ResourceType") == nil }.map(\.hit) },
    TargetCondition(
      "vb-parent", "a drive whose parent is no controller that was read", .fails,
      "The parent is invalid.", fix: "Write the controller's InstanceID as Parent.",
      triggering: .edit("<rasd:Parent>3<", "<rasd:Parent>77<")
    ) { view in
      view.items(15, 17).filter { !(view.parent(of: $0)?.isOf([5, 6, 20]) ?? false) }
        .map { $0.hit("Parent") }
    },
    TargetCondition(
      "vb-host-resource", "a disk item that names no Disk", .fails,
      "The host resource is invalid.", fix: TargetFix.hostResource,
      triggering: .edit("ovf:/disk/disk1", "ovf:/file/file1")
    ) { view in
      view.diskItems.filter { view.disk(of: $0) == nil }.map { $0.hit("HostResource") }
    },
    TargetCondition(
      "vb-instance-id", "a controller without an instance id", .fails,
      "The descriptor is refused.", fix: "Write an InstanceID of its own.",
      triggering: .edit("<rasd:InstanceID>3<", "<rasd:InstanceID><")
    ) { view in view.items(5, 6, 8, 9, 20).filter { $0.instanceID == nil }.map(\.hit) },
    TargetCondition(
      "vb-ide-address", "a place beyond 3 on an IDE controller", .fails,
      "The channel is invalid.", fix: "Write a place from 0 to 3.",
      triggering: .edits([
        (">lsilogic<", ">PIIX4<"), ("ResourceType>6<", "ResourceType>5<"),
        ("AddressOnParent>0<", "AddressOnParent>4<"),
      ]),
      passing: .edits([
        (">lsilogic<", ">PIIX4<"), ("ResourceType>6<", "ResourceType>5<"),
        ("AddressOnParent>0<", "AddressOnParent>3<"),
      ])
    ) { view in
      view.items(15, 17).filter { item in
        (view.parent(of: item)?.isOf([5]) ?? false) && (item.slot ?? 0) > 3
      }.map { $0.hit("AddressOnParent") }
    },
    TargetCondition(
      "vb-controllers", "disks on a second controller of a kind", .fails,
      "One controller of each kind is made; the disks of the others are not found a place.",
      fix: "Put the disks on the first controller of the kind.", triggering: .secondController
    ) { view in
      let further = furtherControllers(view)
      return view.items(15, 17).filter { item in
        view.parent(of: item).map { parent in further.contains { $0 === parent } } ?? false
      }.map { $0.hit("Parent") }
    },
    TargetCondition(
      "vb-controllers-unused", "a second controller of a kind", .note,
      "It is left out with a warning.", fix: "Remove the controller when nothing is on it.",
      triggering: .items(Example.controller(21, type: 6, subType: "lsilogic", address: 1))
    ) { view in
      let used = view.items(15, 17).compactMap { view.parent(of: $0) }
      return furtherControllers(view).filter { item in !used.contains { $0 === item } }.map(\.hit)
    },
    TargetCondition(
      "vb-scsi-type", "a SCSI controller of another kind than LSI Logic or BusLogic", .loss,
      "It becomes an LSI Logic controller.", fix: TargetFix.checkAfterwards,
      triggering: .edit(">lsilogic<", ">VirtualSCSI<")
    ) { view in
      view.items(6).filter { item in
        !(item.resourceSubType?.text ?? "").isEmpty
          && !item.isSubType("lsilogicsas", "buslogic", "lsilogic")
      }.map { $0.hit("ResourceSubType", reads: "an LSI Logic controller") }
    },
    TargetCondition(
      "vb-network-name", "a network with a name of its own", .loss,
      "The adapter becomes bridged.", fix: "Choose the adapter's network after the import.",
      triggering: .sound(), passing: .edit("Connection>VM Network<", "Connection>NAT<")
    ) { view in
      let known: Set<String> = ["null", "nat", "bridged", "internal", "hostonly", "generic"]
      return view.items(10).filter { item in
        item.connections.contains { !known.contains($0.text.lowercased()) }
      }.map { $0.hit("Connection", reads: "a bridged adapter") }
    },
    TargetCondition(
      "vb-nic-type", "a network adapter of VMXNET3 or E1000e", .loss,
      "It becomes the guest type's usual card.", fix: "Choose the card after the import.",
      triggering: .sound(), passing: .edit(">VmxNet3<", ">E1000<")
    ) { view in
      view.items(10).filter { item in
        item.isSubType("vmxnet3", "e1000e") && !item.isSubType("e1000", "pcnet32")
      }.map { $0.hit("ResourceSubType", reads: "the guest type's usual card") }
    },
    TargetCondition(
      "vb-firmware", "EFI", .loss, "The setting is not read: the machine gets a BIOS.",
      fix: "Set EFI after the import, before the first start.", triggering: .efi
    ) { view in view.efi.map { Hit($0.place, found: $0.found, reads: "a BIOS") } },
  ]

  /// The controllers behind the first of their kind.
  private static func furtherControllers(_ view: TargetView) -> [Item] {
    view.sections.flatMap { section -> [Item] in
      var seen: Set<String> = []
      return section.items.filter { item in
        guard item.isDevice else { return false }
        let kind: String
        if item.isOf([6]) {
          kind = "scsi"
        } else if item.isNVMe {
          kind = "nvme"
        } else if item.isSubType("ahci", "vmware.sata.ahci") {
          kind = "sata"
        } else if item.isSubType("virtioscsi", "virtio-scsi") {
          kind = "virtio"
        } else {
          return false
        }
        return !seen.insert(kind).inserted
      }
    }
  }
}

extension Example {
  /// The disk hangs on a second SCSI controller.
  static let secondController = Example.edits([
    (hardwareEnd, controller(21, type: 6, subType: "lsilogic", address: 1) + hardwareEnd),
    ("<rasd:Parent>3<", "<rasd:Parent>21<"),
  ])
}
