import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// A section that the standard does not know is required.
  static let sectionUnknown = Rule(
    id: "section-unknown",
    group: .descriptor,
    title: "A section that the standard does not know is required",
    severity: .warning,
    version: 2,
    basis: .clause("DSP0243 7.3"),
    why: "Unless a section says `ovf:required=\"false\"`, a product that does not know it has to "
      + "refuse the package.",
    fix: "Add `ovf:required=\"false\"` to the section if the machine runs without it, or delete "
      + "it.",
    triggering: [
      Example(
        adding: "    <vmw:IpAssignmentSection>\n      <Info>Addresses</Info>\n"
          + "    </vmw:IpAssignmentSection>\n", before: "    <OperatingSystemSection ")
    ],
    passing: [
      .sound(.folder),
      Example(
        adding:
          "    <vmw:IpAssignmentSection ovf:required=\"false\">\n      <Info>Addresses</Info>\n"
          + "    </vmw:IpAssignmentSection>\n", before: "    <OperatingSystemSection "),
    ]
  ) { checked, findings in
    // What needs a service of vCenter cannot do without it; that is said.
    let unknown = checked.envelope.allSections.filter {
      $0.kind == nil && $0.isRequired && !$0.isVServiceDependency
    }
    // oVirt's own, such as its snapshots, are for oVirt.
    let severity: Severity? = checked.envelope.dialect == .oVirt ? .info : nil
    for (section, count) in unknown.counted(by: \.name.expanded) {
      // Version 0.9 and oVirt's variant write the kind as a type.
      if section.name.local.isExactly("Section") {
        findings.add(
          "a Section has no xsi:type that says what it is\(times(count))", at: section.place,
          expected: "xsi:type=\"ovf:NetworkSection_Type\" or another", found: section.name.expanded,
          fix: "Add the `xsi:type`, with the prefix of XML Schema instances declared.")
        continue
      }
      findings.add(
        "the section '\(section.name)' is required and not of the standard\(times(count))",
        at: section.place, found: section.name.expanded, severity: severity)
    }
  }
}
