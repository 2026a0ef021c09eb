import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// A note has no text.
  static let annotationTextMissing = Rule(
    id: "annotation-text-missing",
    group: .descriptor,
    title: "An annotation section has no Annotation",
    severity: .error,
    basis: .clause("DSP0243 9.4"),
    why: "The schema wants the text; importers that validate refuse the section.",
    fix: "Add `<Annotation>…</Annotation>`, or delete the section.",
    triggering: [
      Example(
        adding: "    <AnnotationSection>\n      <Info>A note</Info>\n    </AnnotationSection>\n",
        before: "    <VirtualHardwareSection ")
    ],
    passing: [
      .sound(.folder),
      Example(
        adding: "    <AnnotationSection>\n      <Info>A note</Info>\n      <Annotation/>\n"
          + "    </AnnotationSection>\n", before: "    <VirtualHardwareSection ",
        documented: false),
    ]
  ) { checked, findings in
    for section in checked.envelope.allSections {
      guard case .annotation(nil) = section.body else { continue }
      findings.add("the \(section.name.local) has no Annotation", at: section.place)
    }
  }
}
