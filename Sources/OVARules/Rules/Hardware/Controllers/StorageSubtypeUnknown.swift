import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A controller of type 20 is of no kind that importers know.
  static let storageSubtypeUnknown = Rule(
    id: "storage-subtype-unknown",
    group: .hardware,
    title: "A storage controller is of no known kind",
    severity: .warning,
    basis: .practice(
      "VirtualBox: \"host resource of type 'Other Storage Device (20)' is supported with SATA AHCI "
        + "controllers only\"."),
    why: "Type 20 is every bus that CIM has no number for; the subtype says which. Without one "
      + "that the product knows it cannot make the controller, nor what hangs on it.",
    fix: "Write `AHCI` or `vmware.sata.ahci` for SATA, `vmware.nvme.controller` for NVMe, or "
      + "`virtio-scsi`.",
    triggering: [
      Example(
        item: [
          "ElementName": "Controller", "InstanceID": "9", "ResourceSubType": "fastdisk",
          "ResourceType": "20",
        ]),
      Example(
        item: ["ElementName": "Controller", "InstanceID": "9", "ResourceType": "20"],
        documented: false),
    ],
    passing: [
      .sound(.folder),
      Example(
        item: [
          "ElementName": "SATA controller", "InstanceID": "9", "ResourceSubType": "AHCI",
          "ResourceType": "20",
        ]),
    ]
  ) { checked, findings in
    for (_, hardware) in checked.hardware {
      for device in hardware.devices where device.kind == .controller(.otherStorage) {
        let subtype = device.item.resourceSubType
        findings.add(
          "\(device.item.title) is of the type 20 and "
            + (subtype.map { "the subtype '\($0.text)'" } ?? "no subtype"),
          at: subtype?.place ?? device.item.place, found: subtype?.text)
      }
    }
  }
}
