import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// A drive has a place that its controller does not have.
  static let slotOutOfRange = Rule(
    id: "slot-out-of-range",
    group: .hardware,
    title: "A drive has a place that its controller does not have",
    severity: .warning,
    basis: .practice(
      "ovftool: \"no space left for device '9' on parent controller '3'\"; VirtualBox: \"IDE "
        + "controllers support only 0, 1 or 2\"."),
    why: "An IDE controller has the places 0 and 1, SATA 0 to 29, SCSI 0 to 15 without 7, which is "
      + "the controller's own, VirtualSCSI up to 64 from vmx-14 on, NVMe 0 to 14 and up to 63 from "
      + "vmx-21 on. For a drive elsewhere the import fails.",
    fix: "Write a free place of the controller as AddressOnParent, or add another controller.",
    triggering: [
      Example(
        replacing: "<rasd:AddressOnParent>0<", with: "<rasd:AddressOnParent>7<",
        caption: "the place 7 is the controller's own"),
      Example(
        replacing: "<rasd:AddressOnParent>0<", with: "<rasd:AddressOnParent>16<",
        documented: false),
      Example(
        .folder,
        edits: [
          .cdDrive,
          .init(
            old: "<rasd:AddressOnParent>0</rasd:AddressOnParent>\n        <rasd:AutomaticAlloc",
            new: "<rasd:AddressOnParent>2</rasd:AddressOnParent>\n        <rasd:AutomaticAlloc"),
        ], [], caption: "IDE has two places"),
      Example(
        .folder,
        edits: [
          .controller("VirtualSCSI"),
          .init(old: "<rasd:AddressOnParent>0<", new: "<rasd:AddressOnParent>16<"),
        ], [], caption: "VirtualSCSI has more places from vmx-14 on"),
      Example(
        .folder,
        edits: [
          .sata, .init(old: "<rasd:AddressOnParent>0<", new: "<rasd:AddressOnParent>30<"),
        ], [], documented: false),
      Example(
        replacing: "<rasd:AddressOnParent>0<", with: "<rasd:AddressOnParent>first<",
        caption: "no place at all"),
      Example(
        replacing: "<rasd:AddressOnParent>0<", with: "<rasd:AddressOnParent>-1<",
        documented: false),
      Example(
        .folder, edits: [.init(old: "    </VirtualHardwareSection>", new: .fullIDE)], [],
        caption: "three drives that say no place on a controller that has two"),
    ],
    passing: [
      .sound(.folder),
      Example(replacing: "<rasd:AddressOnParent>0<", with: "<rasd:AddressOnParent>15<"),
      Example(.folder, edits: [.cdDrive], [], documented: false),
      Example(
        .folder,
        edits: [
          .sata, .init(old: "<rasd:AddressOnParent>0<", new: "<rasd:AddressOnParent>29<"),
        ], []),
      Example(
        .folder,
        edits: [
          .family("vmx-14"), .controller("VirtualSCSI"),
          .init(old: "<rasd:AddressOnParent>0<", new: "<rasd:AddressOnParent>64<"),
        ], []),
    ]
  ) { checked, findings in
    // oVirt's variant has no controllers.
    guard checked.envelope.dialect != .oVirt else { return }
    for (_, hardware) in checked.hardware {
      let controllers = Dictionary(
        hardware.controllers.compactMap { device in
          device.item.instanceID.map { (ExactName($0), device) }
        }, uniquingKeysWith: { first, _ in first })
      var withoutPlace: [ExactName: [Device]] = [:]
      var taken: [ExactName: Set<Int>] = [:]
      for drive in hardware.devices where drive.isDrive && drive.kind != .floppyDrive {
        guard let parent = drive.parentID.map({ ExactName($0) }),
          let controller = controllers[parent],
          let places = ControllerPlaces(of: controller, in: hardware.section)
        else { continue }
        guard let address = drive.slot?.address else {
          withoutPlace[parent, default: []].append(drive)
          continue
        }
        guard let place = Int(address), !places.has(place) else {
          if let place = Int(address) { taken[parent, default: []].insert(place) }
          if Int(address) == nil, Placeholder.fix(address) == nil { findings.add(drive, places) }
          continue
        }
        // The limits of families in between are known from memory alone.
        let isFamilys = place > places.last && place <= places.lastOfNewest
        findings.add(drive, places, severity: isFamilys ? .info : nil)
      }
      for (parent, drives) in withoutPlace {
        guard let controller = controllers[parent],
          let places = ControllerPlaces(of: controller, in: hardware.section)
        else { continue }
        let free = max(0, places.count - (taken[parent]?.count ?? 0))
        guard drives.count > free, drives.indices.contains(free) else { continue }
        findings.add(
          "\(controller.item.title) has \(places.count.of("place")) for drives, and "
            + "\(drives[free].item.title) is one too many", at: drives[free].item.place,
          expected: "\(places.count)", found: "\(drives.count + (taken[parent]?.count ?? 0))")
      }
    }
  }
}

extension Findings {
  /// Adds that a drive's place is none of those.
  fileprivate mutating func add(
    _ drive: Device, _ places: ControllerPlaces, severity: Severity? = nil
  ) {
    let address = drive.slot?.address ?? ""
    let own = places.own.map { "\($0)" } == address
    add(
      "\(drive.item.title) has the place \(drive.slot?.description ?? address), "
        + (own ? "which is the controller's own" : "which the controller does not have"),
      at: drive.item.addressOnParent?.place ?? drive.item.place, expected: places.description,
      found: address, severity: severity)
  }
}

extension Example.Edit {
  /// The SCSI controller is of this kind.
  static func controller(_ subType: String) -> Self {
    Self(
      old: "<rasd:ResourceSubType>lsilogic</rasd:ResourceSubType>",
      new: "<rasd:ResourceSubType>\(subType)</rasd:ResourceSubType>")
  }

  /// The controller is one of SATA.
  static let sata = Self(
    old: "<rasd:ResourceSubType>lsilogic</rasd:ResourceSubType>\n"
      + "        <rasd:ResourceType>6</rasd:ResourceType>",
    new: "<rasd:ResourceSubType>vmware.sata.ahci</rasd:ResourceSubType>\n"
      + "        <rasd:ResourceType>20</rasd:ResourceType>")
}

extension String {
  /// An IDE controller with three drives that say no place.
  fileprivate static let fullIDE =
    Example.item(["Address": "0", "ElementName": "IDE 0", "InstanceID": "8", "ResourceType": "5"])
    + (1...3).map {
      Example.item([
        "ElementName": "CD drive \($0)", "InstanceID": "1\($0)", "Parent": "8",
        "ResourceType": "15",
      ])
    }.joined() + "    </VirtualHardwareSection>"
}
