import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// A section that may stand once stands twice.
  static let sectionDuplicate = Rule(
    id: "section-duplicate",
    group: .descriptor,
    title: "A section is there twice",
    severity: .error,
    basis: .clause("DSP0243 9"),
    why: "Products read the first, the last or both; disks and networks of one of them are lost.",
    fix: "Merge the sections into one.",
    triggering: [
      Example(
        adding: "  <NetworkSection>\n    <Info>More networks</Info>\n  </NetworkSection>\n",
        before: "  <VirtualSystem ")
    ],
    passing: [
      .sound(.folder),
      Example(
        adding: "    <ProductSection ovf:class=\"org.example.db\">\n      <Info>Database</Info>\n"
          + "    </ProductSection>\n", before: "    <VirtualHardwareSection ",
        caption: "products may be several"),
    ]
  ) { checked, findings in
    for container in checked.containers {
      let single = container.sections.filter {
        $0.kind.map { $0.isSingle && $0.belongs(to: container.kind) } ?? false
      }
      for (first, again) in single.repeated(by: { $0.kind?.rawValue }) {
        findings.add(
          "\(container.title) has another \(first.name.local), after that of "
            + "\(first.place.position)", at: again.place)
      }
    }
  }
}

extension SectionKind {
  fileprivate var isSingle: Bool {
    switch self {
    case .disk, .sharedDisk, .network, .deploymentOption, .operatingSystem, .startup, .annotation,
      .install, .resourceAllocation:
      true
    default: false
    }
  }
}
