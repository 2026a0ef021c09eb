import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// A range has two normal values.
  static let rangeNormalDuplicate = Rule(
    id: "range-normal-duplicate",
    group: .hardware,
    title: "A range has two normal values",
    severity: .error,
    basis: .clause("DSP0243 8.4"),
    why: "For one instance id and configuration there is one normal value, which is what the "
      + "machine gets. Of two a product takes the first, the last, or refuses the package.",
    fix: "Delete one of them, or mark it as the `min` or `max` that it is.",
    triggering: [
      Example(
        item: "ovf:bound=\"normal\"",
        [
          "AllocationUnits": "byte * 2^20", "ElementName": "Memory", "InstanceID": "2",
          "ResourceType": "4", "VirtualQuantity": "4096",
        ], caption: "an item without a bound is normal too")
    ],
    passing: [
      .sound(.folder),
      Example(
        replacing: "<Item>\n        <rasd:AllocationUnits>byte",
        with: "<Item ovf:bound=\"normal\">\n        <rasd:AllocationUnits>byte"),
    ]
  ) { checked, findings in
    // Only an item with a bound can be one normal value of two.
    guard checked.items.contains(where: { $0.bound != nil }) else { return }
    for (_, hardware) in checked.hardware {
      let chosen = hardware.section.items.filter {
        $0.isDevice && $0.applies(to: hardware.configuration) && $0.instanceID != nil
      }
      // An item of some configurations may replace values of one that is for all.
      let groups = Dictionary(grouping: chosen) { item in
        NormalValue(
          id: ExactName(item.instanceID ?? ""), type: item.resourceType?.value,
          isForAll: item.configurations == nil)
      }
      for same in groups.values {
        // Two items without a bound are two devices of one id, which is said as that.
        guard same.contains(where: { $0.bound != nil }), let first = same.first,
          let second = same.dropFirst().first
        else { continue }
        findings.add(
          "\(second.title) is another normal value, after that of \(first.place.position)",
          at: second.place)
      }
    }
  }
}

/// The properties that items share which give one device its value.
private struct NormalValue: Hashable {
  let id: ExactName
  let type: UInt16?
  let isForAll: Bool
}
