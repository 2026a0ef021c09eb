import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A memory item has no unit.
  static let memoryUnitsMissing = Rule(
    id: "memory-units-missing",
    group: .hardware,
    title: "A memory item has no unit",
    severity: .warning,
    basis: .clause("DSP0243 8.3"),
    why: "Without AllocationUnits the quantity counts bytes, while some products take megabytes; "
      + "the machine gets a few hundred bytes or far too much.",
    fix: "Add `<rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits>` for megabytes.",
    triggering: [
      Example(
        replacing: "        <rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits>\n", with: "")
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    for (_, hardware) in checked.hardware {
      for device in hardware.devices where device.kind == .memory {
        let item = device.item
        guard item.allocationUnits == nil, let quantity = item.virtualQuantity,
          quantity.fault == nil
        else { continue }
        findings.add(
          "\(item.title) has the quantity \(quantity.text) and no unit, so that it counts bytes",
          at: item.place)
      }
    }
  }
}
