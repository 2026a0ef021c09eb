import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// An item does not say what device it is.
  static let itemTypeMissing = Rule(
    id: "item-type-missing",
    group: .hardware,
    title: "An item has no resource type",
    severity: .error,
    basis: .clause("DSP0243 8.3"),
    why: "ResourceType says what device the item is: 3 a processor, 17 a disk. Without it there is "
      + "nothing to make.",
    fix: "Add `<rasd:ResourceType>` with CIM's number, or delete the item.",
    triggering: [Example(item: ["ElementName": "Thing", "InstanceID": "9"])],
    passing: [.sound(.folder)]
  ) { checked, findings in
    for item in checked.items where item.resourceType.map({ $0.fault == .empty }) ?? true {
      findings.add("\(item.title) has no ResourceType", at: item.place)
    }
  }
}
