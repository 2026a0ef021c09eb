import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// A drive hangs on something that is no controller.
  static let parentNotController = Rule(
    id: "parent-not-controller",
    group: .hardware,
    title: "A drive's parent is not a controller",
    severity: .error,
    basis: .clause("DSP0243 8.3"),
    why: "Disks and drives hang on a controller: IDE, SCSI, SATA, NVMe, USB. On anything else they "
      + "cannot be attached.",
    fix: "Write the instance id of a controller as Parent.",
    triggering: [
      Example(
        replacing: "<rasd:Parent>3</rasd:Parent>", with: "<rasd:Parent>5</rasd:Parent>")
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    for (_, hardware) in checked.hardware where hardware.devices.contains(where: \.isDrive) {
      let byID = Dictionary(
        hardware.devices.compactMap { device in
          device.item.instanceID.map { (ExactName($0), device) }
        }, uniquingKeysWith: { first, _ in first })
      for device in hardware.devices where device.isDrive {
        guard let id = device.parentID, !id.isExactly(device.item.instanceID ?? ""),
          let parent = byID[ExactName(id)], !parent.mayHoldDrives
        else { continue }
        findings.add(
          "the parent of \(device.item.title) is \(parent.item.title), of the resource type "
            + "\(parent.item.resourceType?.text ?? "?")",
          at: device.item.parent?.place ?? device.item.place, expected: "a controller", found: id)
      }
    }
  }
}

extension Device {
  /// True if it is a disk or a drive.
  var isDrive: Bool { kind == .disk || kind == .opticalDrive || kind == .floppyDrive }

  /// True if drives hang on such a device. What is not known may be a controller as well.
  fileprivate var mayHoldDrives: Bool {
    switch kind {
    case .controller, .other: true
    default: false
    }
  }
}
