import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A device that few products make is required.
  static let deviceRequiredRare = Rule(
    id: "device-required-rare",
    group: .hardware,
    title: "A device that few products make is required",
    severity: .warning,
    basis: .practice(
      "vSphere: \"no support for the virtual hardware device type '20'\"; VirtualBox: \"unknown "
        + "resource type 32768 in hardware item\"."),
    why: "A product that cannot make a required device refuses the whole machine, and a device is "
      + "required unless it says otherwise. Types of a vendor's own, such as VirtualBox's NVRAM "
      + "(32768), and devices other than controllers, drives, adapters and ports are made by few.",
    fix: "Add `ovf:required=\"false\"` to the Item if the machine starts without it.",
    triggering: [
      Example(
        item: ["ElementName": "Firmware", "InstanceID": "9", "ResourceType": "32768"],
        caption: "a number that a vendor chose"),
      Example(
        item: [
          "ElementName": "nvram", "InstanceID": "9", "ResourceSubType": "org-virtualbox-nvram",
          "ResourceType": "32768",
        ]),
      Example(
        item: ["ElementName": "Tape drive", "InstanceID": "9", "ResourceType": "18"]),
      Example(
        item: ["ElementName": "Graphics", "InstanceID": "9", "ResourceType": "24"],
        caption: "vSphere makes graphics controllers, VirtualBox refuses the type"),
      Example(
        item: [
          "ElementName": "Controller", "InstanceID": "9", "ResourceSubType": "virtio-scsi",
          "ResourceType": "20",
        ], caption: "a controller that VirtualBox alone makes", documented: false),
    ],
    passing: [
      .sound(.folder),
      Example(
        item: "ovf:required=\"false\"",
        ["ElementName": "Firmware", "InstanceID": "9", "ResourceType": "32768"]),
      Example(
        item: "ovf:required=\"false\"",
        ["ElementName": "Graphics", "InstanceID": "9", "ResourceType": "24"]),
      Example(
        item: [
          "Address": "0", "ElementName": "SATA", "InstanceID": "9", "ResourceSubType": "AHCI",
          "ResourceType": "20",
        ], documented: false),
    ]
  ) { checked, findings in
    // oVirt's variant has numbers of its own.
    guard checked.envelope.dialect != .oVirt else { return }
    for (_, section) in checked.hardwareSections {
      for item in section.items
      where item.kind == .item && item.isDevice && item.required?.value ?? true {
        guard let type = item.resourceType, let number = type.value,
          let rarity = Rarity(number, item.subTypes)
        else { continue }
        let words = rarity.name.map { " (\($0))" } ?? ""
        findings.add(
          "\(item.title) is of the resource type \(number)\(words) and required", at: item.place,
          found: "\(number)",
          severity: rarity.isSome || section.isVirtualBoxOnly ? .info : nil,
          fix: rarity.isNVRAM
            ? "Add `ovf:required=\"false\"` to the Item; a machine that boots by EFI then starts "
              + "with the firmware's defaults." : nil)
      }
    }
  }
}

/// The known facts on a type that few products make.
private struct Rarity {
  /// The name of the device; nil where only the number is known.
  let name: String?
  /// True if vSphere makes it, and VirtualBox does not.
  let isSome: Bool
  /// True if it holds the firmware's settings.
  let isNVRAM: Bool

  /// Nil for a type that most make, and for those that other rules judge.
  init?(_ type: UInt16, _ subTypes: [String]) {
    let words = subTypes.map { $0.lowercased() }
    switch type {
    case 7, 8, 9, 11, 13, 18, 25...30, 32, 33: self.init(Self.names[type])
    case 20 where words.contains(where: { $0.hasPrefix("virtio") }):
      self.init("a virtio controller")
    case 24: self.init("a graphics controller", isSome: true)
    case 0x8000...:
      let isNVRAM = words.contains { $0.contains("nvram") }
      self.init(isNVRAM ? "the firmware's NVRAM" : "a vendor's own", isNVRAM: isNVRAM)
    default: return nil
    }
  }

  private init(_ name: String?, isSome: Bool = false, isNVRAM: Bool = false) {
    self.name = name
    self.isSome = isSome
    self.isNVRAM = isNVRAM
  }

  /// CIM's names (CIM_ResourceAllocationSettingData).
  private static let names: [UInt16: String] = [
    7: "a Fibre Channel adapter", 8: "an iSCSI adapter", 9: "an InfiniBand adapter",
    11: "a network adapter other than Ethernet", 13: "an I/O device", 18: "a tape drive",
    25: "an IEEE 1394 controller", 26: "a partitionable unit", 27: "a base partitionable unit",
    28: "power", 29: "cooling capacity", 30: "an Ethernet switch port", 32: "a storage volume",
    33: "an Ethernet connection",
  ]
}
