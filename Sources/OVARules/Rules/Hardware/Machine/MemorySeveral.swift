import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A machine has several memory items in one configuration.
  static let memorySeveral = Rule(
    id: "memory-several",
    group: .hardware,
    title: "A machine has several memory items",
    severity: .warning,
    basis: .practice("Some importers add them up, others take the last."),
    why: "How much memory the machine gets depends on the product.",
    fix: "Merge them into one Item, or give each a configuration of its own.",
    triggering: [
      Example(
        item: [
          "AllocationUnits": "byte * 2^20", "ElementName": "More memory", "InstanceID": "9",
          "ResourceType": "4", "VirtualQuantity": "1024",
        ])
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    for (machine, hardware) in checked.hardware {
      let memory = hardware.devices.filter { $0.kind == .memory }
      guard let second = memory.dropFirst().first else { continue }
      findings.add(
        "\(machine.title) has \(memory.count) memory items", at: second.item.place)
    }
  }
}
