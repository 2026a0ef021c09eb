import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A network has no name.
  static let networkNameMissing = Rule(
    id: "network-name-missing",
    group: .descriptor,
    title: "A network has no name",
    severity: .error,
    basis: .clause("DSP0243 9.2"),
    why: "Adapters mean a network by its name; one without cannot be connected to or mapped.",
    fix: "Add `ovf:name`, or delete the Network.",
    triggering: [Example(adding: "    <Network/>\n", before: "  </NetworkSection>")],
    passing: [.sound(.folder)]
  ) { checked, findings in
    for network in checked.envelope.networks where network.name?.text.isEmpty ?? true {
      findings.add("a network has no name", at: network.place)
    }
  }
}
