import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// Info is not the first child of its section.
  static let sectionInfoNotFirst = Rule(
    id: "section-info-not-first",
    group: .descriptor,
    title: "Info is not a section's first child",
    severity: .warning,
    basis: .clause("DSP8023 (the OVF schema), Section_Type"),
    why: "The schema puts the Info of a section before everything else in it; readers that go by "
      + "the schema refuse another order.",
    fix: "Move the Info to the front: `ova fix PATH --write NEW.ova`.",
    triggering: [
      Example(
        .folder,
        edits: [
          Example.Edit(old: "    <Info>Networks</Info>\n", new: ""),
          Example.Edit(
            old: "  </NetworkSection>", new: "    <Info>Networks</Info>\n  </NetworkSection>"),
        ], [])
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    let sections = checked.envelope.allSections.filter { $0.info != nil && !$0.infoIsFirst }
    for (section, count) in sections.counted(by: \.name.local) {
      findings.add(
        "the Info of the \(section.name.local) is not its first child\(times(count))",
        at: section.info?.place ?? section.place)
    }
  }
}
