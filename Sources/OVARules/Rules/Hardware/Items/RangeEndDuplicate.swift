import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A range has two ends of one kind.
  static let rangeEndDuplicate = Rule(
    id: "range-end-duplicate",
    group: .hardware,
    title: "A range has two minimums or two maximums",
    severity: .error,
    basis: .clause("DSP0243 8.4"),
    why: "For one instance id and configuration there is at most one minimum and one maximum. "
      + "Which of two counts depends on the product.",
    fix: "Delete one of them.",
    triggering: [
      Example(
        adding: Example.item(
          "ovf:bound=\"max\"",
          [
            "ElementName": "Most CPUs", "InstanceID": "1", "ResourceType": "3",
            "VirtualQuantity": "8",
          ])
          + Example.item(
            "ovf:bound=\"max\"",
            [
              "ElementName": "Most CPUs", "InstanceID": "1", "ResourceType": "3",
              "VirtualQuantity": "16",
            ]), before: "    </VirtualHardwareSection>")
    ],
    passing: [
      .sound(.folder),
      Example(
        adding: Example.item(
          "ovf:bound=\"min\"",
          [
            "ElementName": "Fewest CPUs", "InstanceID": "1", "ResourceType": "3",
            "VirtualQuantity": "1",
          ])
          + Example.item(
            "ovf:bound=\"max\"",
            [
              "ElementName": "Most CPUs", "InstanceID": "1", "ResourceType": "3",
              "VirtualQuantity": "16",
            ]), before: "    </VirtualHardwareSection>"),
    ]
  ) { checked, findings in
    for (_, hardware) in checked.hardware {
      for (_, range) in hardware.ranges {
        for (first, again) in range.repeated(by: { $0.bound?.value?.rawValue }) {
          findings.add(
            "\(again.title) is another \(again.bound?.text ?? ""), after that of "
              + "\(first.place.position)", at: again.place, found: again.bound?.text)
        }
      }
    }
  }
}
