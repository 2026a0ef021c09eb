import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// There are several References elements.
  static let referencesDuplicate = Rule(
    id: "references-duplicate",
    group: .descriptor,
    title: "There are several References",
    severity: .error,
    basis: .clause("DSP0243 7"),
    why: "The Envelope has exactly one. Products read the first, the last or refuse.",
    fix: "Move all `File` elements into one References element.",
    triggering: [Example(adding: "  <References/>\n", before: "  <DiskSection>")],
    passing: [.sound(.folder)]
  ) { checked, findings in
    for references in checked.envelope.references.dropFirst() {
      findings.add("the Envelope has another References", at: references.place)
    }
  }
}
