import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// A network that no adapter connects to.
  static let networkUnused = Rule(
    id: "network-unused",
    group: .hardware,
    title: "No adapter connects to a declared network",
    severity: .info,
    basis: .clause("DSP0243 9.2"),
    why: "Whoever deploys has to map the network to one of the host though nothing uses it.",
    fix: "Delete the Network, or connect an adapter.",
    triggering: [
      Example(
        adding: "    <Network ovf:name=\"Backup\"/>\n", before: "  </NetworkSection>")
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    guard !checked.items.isEmpty else { return }
    let used = Set(checked.items.flatMap(\.connections).map { ExactName($0.text) })
    var seen: Set<ExactName> = []
    for network in checked.envelope.networks {
      guard let name = network.name, !name.text.isEmpty, !used.contains(ExactName(name.text)),
        seen.insert(ExactName(name.text)).inserted
      else { continue }
      findings.add("no adapter connects to the network '\(name.text)'", at: network.place)
    }
  }
}
