import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// Two controllers of one kind have the same number.
  static let controllerAddressDuplicate = Rule(
    id: "controller-address-duplicate",
    group: .hardware,
    title: "Two controllers of one kind have the same address",
    severity: .warning,
    basis: .clause("DSP0243 8.3"),
    why: "Address is the number of the controller among those of its kind. Two of one number are "
      + "one place: the drives of both meet there, and importers move them, or refuse the second "
      + "controller. A controller without drives is merely not made.",
    fix: "Number the controllers of each kind from 0.",
    triggering: [
      Example(
        item: [
          "Address": "0", "ElementName": "SCSI controller 1", "InstanceID": "9",
          "ResourceSubType": "VirtualSCSI", "ResourceType": "6",
        ], caption: "a second controller without drives"),
      Example(
        .folder,
        edits: [
          .cdDrive,
          .init(
            old: "    </VirtualHardwareSection>",
            new: Example.item([
              "Address": "0", "ElementName": "IDE 1", "InstanceID": "20", "ResourceType": "5",
            ])
              + Example.item([
                "AddressOnParent": "1", "ElementName": "CD drive 2", "InstanceID": "21",
                "Parent": "20", "ResourceType": "15",
              ]) + "    </VirtualHardwareSection>"),
        ], []),
    ],
    passing: [
      .sound(.folder),
      Example(
        item: [
          "Address": "1", "ElementName": "SCSI controller 1", "InstanceID": "9",
          "ResourceSubType": "lsilogic", "ResourceType": "6",
        ]),
      Example(
        .folder, edits: [.cdDrive], [], caption: "one of each kind has the number 0"),
      Example(
        item: [
          "ElementName": "SCSI controller", "InstanceID": "9", "ResourceSubType": "lsilogic",
          "ResourceType": "6",
        ], caption: "without an address they are counted as they come", documented: false),
    ]
  ) { checked, findings in
    for (_, hardware) in checked.hardware {
      let parents = Set(hardware.devices.compactMap { $0.parentID.map { ExactName($0) } })
      let numbered = hardware.controllers.filter { device in
        guard case .controller(let bus) = device.kind else { return false }
        return bus.mostControllers != nil && device.writtenNumber != nil
      }
      for (first, again) in numbered.repeated(by: { device in
        guard case .controller(let bus) = device.kind else { return nil }
        return device.writtenNumber?.value.map { "\(bus.rawValue) \($0)" }
      }) {
        guard case .controller(let bus) = again.kind, let number = again.writtenNumber else {
          continue
        }
        findings.add(
          "\(again.item.title) and \(first.item.title) are both the \(bus.title) controller number "
            + number.text, at: number.place, found: number.text,
          severity: [first, again].allSatisfy { device in
            device.item.instanceID.map { parents.contains(ExactName($0)) } ?? false
          } ? nil : .info)
      }
    }
  }
}
