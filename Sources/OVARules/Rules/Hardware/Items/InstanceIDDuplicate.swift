import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// Two items of one type share an instance id in every configuration.
  static let instanceIDDuplicate = Rule(
    id: "instance-id-duplicate",
    group: .hardware,
    title: "Two items have the same instance id",
    severity: .error,
    basis: .clause("DSP0243 8.3, 9.8"),
    why:
      "Items with one id are merged, so that of two devices one is lost. Only items of different "
      + "configurations may share an id; vSphere says \"duplicate element 'InstanceID'\".",
    fix: "Give the second an id of its own, and correct the Parent of what hangs on it.",
    triggering: [
      Example(
        item: [
          "Connection": "VM Network", "ElementName": "Network adapter 2", "InstanceID": "5",
          "ResourceType": "10",
        ])
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder,
        edits: [
          Example.Edit(
            old: "  <VirtualSystem ",
            new: Example.options("small", "large") + "  <VirtualSystem "),
          Example.Edit(
            old: "    </VirtualHardwareSection>",
            new: Example.item(
              "ovf:configuration=\"large\"",
              [
                "AllocationUnits": "byte * 2^20", "ElementName": "More memory", "InstanceID": "2",
                "ResourceType": "4", "VirtualQuantity": "4096",
              ]) + "    </VirtualHardwareSection>"),
        ], [], caption: "another configuration has more memory"),
    ]
  ) { checked, findings in
    for (_, hardware) in checked.hardware {
      for conflict in hardware.conflicts where conflict.kind == .bothUnconditional {
        findings.add(
          "the instance id '\(conflict.instanceID)' is used already, in "
            + "\(conflict.first.position)", at: conflict.second, found: conflict.instanceID)
      }
    }
  }
}
