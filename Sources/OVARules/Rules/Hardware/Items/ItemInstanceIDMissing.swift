import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// An item has no instance id.
  static let itemInstanceIDMissing = Rule(
    id: "item-instance-id-missing",
    group: .hardware,
    title: "An item has no instance id",
    severity: .error,
    basis: .clause("DSP0243 8.3"),
    why: "Items are told apart by InstanceID, and others mean them by it as Parent. Importers "
      + "refuse one without.",
    fix: "Add `<rasd:InstanceID>` with a number that no other item has.",
    triggering: [
      Example(item: ["ElementName": "Port", "ResourceType": "21"]),
      Example(
        item: "", ["ElementName": "Port", "InstanceID": "", "ResourceType": "21"],
        documented: false),
    ],
    passing: [
      .sound(.folder),
      Example(
        replacing: "<rasd:InstanceID>5</rasd:InstanceID>",
        with: "<rasd:InstanceId>5</rasd:InstanceId>",
        caption: "older producers spell it so, and everybody reads it"),
    ]
  ) { checked, findings in
    for item in checked.items where item.instanceID == nil {
      findings.add("\(item.title) has no InstanceID", at: item.place)
    }
  }
}
