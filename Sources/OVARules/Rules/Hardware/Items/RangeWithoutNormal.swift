import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// A range has no normal value.
  static let rangeWithoutNormal = Rule(
    id: "range-without-normal",
    group: .hardware,
    title: "A range has no normal value",
    severity: .error,
    basis: .clause("DSP0243 8.4"),
    why: "An item with bound min or max says how far a device may be changed; the device itself is "
      + "the item of the same instance id without bound. Here there is none.",
    fix: "Add the normal item, or delete the range.",
    triggering: [
      Example(
        item: "ovf:bound=\"max\"",
        [
          "ElementName": "Most CPUs", "InstanceID": "9", "ResourceType": "3",
          "VirtualQuantity": "8",
        ])
    ],
    passing: [
      .sound(.folder),
      Example(
        item: "ovf:bound=\"max\"",
        [
          "ElementName": "Most CPUs", "InstanceID": "1", "ResourceType": "3",
          "VirtualQuantity": "8",
        ]),
    ]
  ) { checked, findings in
    for (_, hardware) in checked.hardware {
      let ids = hardware.ids
      for (id, range) in hardware.ranges where !ids.contains(id) {
        guard let item = range.first else { continue }
        findings.add(
          "\(item.title) is the \(item.bound?.text ?? "end") of a range without a normal value",
          at: item.place, found: item.bound?.text)
      }
    }
  }
}

extension Hardware {
  /// The items with a bound that count in the configuration, by instance id.
  var ranges: [ExactName: [Item]] {
    let marked = section.items.filter { !$0.isDevice && $0.applies(to: configuration) }
    return Dictionary(grouping: marked.filter { $0.instanceID != nil }) {
      ExactName($0.instanceID ?? "")
    }
  }
}
