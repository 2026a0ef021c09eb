import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// A section of version 2 is required in a descriptor of version 1.
  static let sectionNewerVersion = Rule(
    id: "section-newer-version",
    group: .descriptor,
    title: "A section of OVF 2 is required in an older descriptor",
    severity: .warning,
    basis: .clause("DSP0243 7.3"),
    why: "Readers of the envelope's version do not know the section. Unless it says "
      + "`ovf:required=\"false\"`, they have to refuse the package.",
    fix: "Add `ovf:required=\"false\"` to the section if the machine runs without it, or write the "
      + "descriptor in OVF 2.",
    triggering: [
      Example(
        adding: "  <PlacementGroupSection ovf:id=\"tier\" ovf:policy=\"affinity\">\n"
          + "    <Info>A tier</Info>\n  </PlacementGroupSection>\n", before: "  <VirtualSystem ")
    ],
    passing: [
      .sound(.folder),
      Example(inEnvelope: "PlacementGroupSection", #"ovf:id="tier" ovf:policy="affinity""#),
    ]
  ) { checked, findings in
    guard [.ovf1, .ovf09].contains(checked.envelope.dialect) else { return }
    let newer = checked.envelope.allSections.filter { section in
      section.isRequired && (section.kind?.isOfVersion2 ?? false)
    }
    for (section, count) in newer.counted(by: \.name.local) {
      findings.add(
        "the \(section.name.local) of OVF 2 is required in a descriptor of an older "
          + "version\(times(count))", at: section.place, found: section.name.expanded)
    }
  }
}
