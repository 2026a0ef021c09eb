import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// Two drives have the same place on one controller.
  static let slotTakenTwice = Rule(
    id: "slot-taken-twice",
    group: .hardware,
    title: "Two drives have the same place on a controller",
    severity: .warning,
    basis: .clause("DSP0243 8.3"),
    why: "AddressOnParent is unique for one Parent within a configuration. Importers move one of "
      + "the drives, which may then not be the one to boot from, or refuse.",
    fix: "Give each drive of a controller its own AddressOnParent.",
    triggering: [
      Example(
        item: [
          "AddressOnParent": "0", "ElementName": "CD drive", "InstanceID": "9", "Parent": "3",
          "ResourceType": "15",
        ])
    ],
    passing: [
      .sound(.folder),
      Example(
        item: [
          "AddressOnParent": "1", "ElementName": "CD drive", "InstanceID": "9", "Parent": "3",
          "ResourceType": "15",
        ]),
    ]
  ) { checked, findings in
    for (_, hardware) in checked.hardware {
      let taken = hardware.devices.filter { $0.isDrive && $0.slot?.address != nil }
      for (first, again) in taken.repeated(by: { device in
        device.parentID.map { "\($0) \(device.slot?.address ?? "")" }
      }) {
        findings.add(
          "\(again.item.title) has the place \(again.slot?.description ?? "") of "
            + first.item.title, at: again.item.place, found: again.slot?.address)
      }
    }
  }
}
