import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A machine has several processor items in one configuration.
  static let processorSeveral = Rule(
    id: "processor-several",
    group: .hardware,
    title: "A machine has several processor items",
    severity: .warning,
    basis: .practice("VirtualBox takes the last, virt-v2v the first; others add them up."),
    why: "How many processors the machine gets depends on the product.",
    fix: "Merge them into one Item, or give each a configuration of its own.",
    triggering: [
      Example(
        item: [
          "AllocationUnits": "hertz * 10^6", "ElementName": "More processors", "InstanceID": "9",
          "ResourceType": "3", "VirtualQuantity": "2",
        ])
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    // oVirt's and Xen's variants have items of other forms.
    guard checked.envelope.dialect != .oVirt else { return }
    for (machine, hardware) in checked.hardware {
      let processors = hardware.devices.filter { $0.kind == .processor }
      guard let second = processors.dropFirst().first else { continue }
      findings.add(
        "\(machine.title) has \(processors.count) processor items", at: second.item.place)
    }
  }
}
