import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// A section has no Info.
  static let sectionInfoMissing = Rule(
    id: "section-info-missing",
    group: .descriptor,
    title: "A section has no Info",
    severity: .error,
    basis: .clause("DSP0243 7.3"),
    why: "Every section begins with an Info for people whose product does not know the section. "
      + "Importers that validate refuse a section without.",
    fix: "Add `<Info>…</Info>` as the section's first child.",
    triggering: [Example(replacing: "    <Info>Virtual disks</Info>\n", with: "")],
    passing: [.sound(.folder)]
  ) { checked, findings in
    for container in checked.containers {
      for section in container.sections where section.info == nil && section.kind != nil {
        findings.add(
          "the \(section.name.local) in \(container.title) has no Info", at: section.place)
      }
    }
  }
}
