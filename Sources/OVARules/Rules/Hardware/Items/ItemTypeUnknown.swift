import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// An item's type is a number that CIM does not have.
  static let itemTypeUnknown = Rule(
    id: "item-type-unknown",
    group: .hardware,
    title: "An item's resource type is not one of CIM's",
    severity: .warning,
    basis: .practice("vSphere: \"no support for the virtual hardware device type '35'\"."),
    why: "CIM has the types 1 to 33, and leaves 32768 and up to vendors. A product that cannot "
      + "make a required device has to refuse the machine.",
    fix: "Write the type that CIM has for the device, or add `ovf:required=\"false\"`.",
    triggering: [
      Example(item: ["ElementName": "Gadget", "InstanceID": "9", "ResourceType": "89"])
    ],
    passing: [
      .sound(.folder),
      Example(item: ["ElementName": "Firmware", "InstanceID": "9", "ResourceType": "32768"]),
      Example(
        item: "ovf:required=\"true\"",
        [
          "ElementName": "TPM", "InstanceID": "9", "ResourceSubType": "vmware.vtpm",
          "ResourceType": "34",
        ], documented: false),
    ]
  ) { checked, findings in
    // oVirt's variant has numbers of its own.
    guard checked.envelope.dialect != .oVirt else { return }
    for item in checked.items {
      // 35 is VirtualBox's sound card, which has a rule of its own.
      guard let type = item.resourceType, let number = type.value, !(1...33).contains(number),
        number < 0x8000, number != 35,
        // vSphere writes 34 for a TPM, and says so in the subtype.
        !item.subTypes.contains(where: { $0.lowercased().hasPrefix("vmware.") })
      else { continue }
      findings.add(
        "\(item.title) is of the resource type \(number)", at: type.place,
        expected: "1 to 33, or 32768 and up", found: "\(number)",
        severity: item.required?.value == false ? .info : nil)
    }
  }
}
