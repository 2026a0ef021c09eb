import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// Two networks have one name.
  static let networkNameDuplicate = Rule(
    id: "network-name-duplicate",
    group: .descriptor,
    title: "Two networks have the same name",
    severity: .error,
    basis: .clause("DSP0243 9.2"),
    why: "Names are unique in the section: an adapter that names it cannot say which of the two it "
      + "means.",
    fix: "Delete one of them, or give it another name.",
    triggering: [
      Example(adding: "    <Network ovf:name=\"VM Network\"/>\n", before: "  </NetworkSection>")
    ],
    passing: [
      .sound(.folder),
      Example(
        adding: "    <Network ovf:name=\"vm network\"/>\n", before: "  </NetworkSection>",
        documented: false),
    ]
  ) { checked, findings in
    for (first, again) in checked.envelope.networks.repeated(by: { $0.name?.text }) {
      findings.add(
        "the network '\(again.name?.text ?? "")' is there already, in "
          + "\(first.place.position)", at: again.place, found: again.name?.text)
    }
  }
}
