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
    // Whoever connects to a network that is not there may have meant this one; that is said.
    let declared = Set(checked.envelope.networks.compactMap { $0.name.map { ExactName($0.text) } })
    guard checked.items.flatMap(\.connections).allSatisfy({ declared.contains(ExactName($0.text)) })
    else { return }
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
