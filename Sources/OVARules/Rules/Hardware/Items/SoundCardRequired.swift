import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A sound card is required.
  static let soundCardRequired = Rule(
    id: "sound-card-required",
    group: .hardware,
    title: "A sound card is required",
    severity: .warning,
    basis: .practice("vSphere: no support for the virtual hardware device type '35'."),
    why: "CIM has no number 35; VirtualBox writes it for sound. An item is required unless it says "
      + "otherwise, so that other products refuse the machine for its sound card.",
    fix: "Add `ovf:required=\"false\"` to the Item, or delete it.",
    triggering: [
      Example(
        item: [
          "AddressOnParent": "3", "ElementName": "sound", "InstanceID": "9",
          "ResourceSubType": "ensoniq1371", "ResourceType": "35",
        ])
    ],
    passing: [
      .sound(.folder),
      Example(
        item: "ovf:required=\"false\"",
        ["ElementName": "sound", "InstanceID": "9", "ResourceType": "35"]),
    ]
  ) { checked, findings in
    for (_, section) in checked.hardwareSections {
      for item in section.items
      where item.resourceType?.value == 35 && item.required?.value ?? true {
        findings.add(
          "\(item.title) is a sound card and required", at: item.place,
          severity: section.isVirtualBoxOnly ? .info : nil)
      }
    }
  }
}
