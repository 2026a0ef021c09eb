import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// An adapter connects to a network that is not declared.
  static let networkUndeclared = Rule(
    id: "network-undeclared",
    group: .hardware,
    title: "An adapter's network is not declared",
    severity: .error,
    basis: .clause("DSP0243 9.2"),
    why: "All networks that adapters connect to are listed in the NetworkSection. One that is not "
      + "cannot be mapped to a network of the host: \"invalid value for element 'Connection'\".",
    fix: "Add a `Network` with that name to the NetworkSection, or correct the Connection.",
    triggering: [
      Example(
        item: [
          "Connection": "Backup", "ElementName": "Network adapter 2", "InstanceID": "9",
          "ResourceType": "10",
        ]),
      Example(
        replacing: "<rasd:Connection>VM Network<", with: "<rasd:Connection>VM network<",
        caption: "the letters' case counts"),
      Example(
        replacing: "<rasd:Connection>VM Network<", with: "<rasd:Connection>VM\u{A0}Network<",
        documented: false),
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    // oVirt's variant names networks of the host.
    guard checked.envelope.dialect != .oVirt else { return }
    let names = Set(checked.envelope.networks.compactMap { $0.name.map { ExactName($0.text) } })
    let declared = names.map(\.name).sorted().listed
    for item in checked.items where item.isDevice && item.resourceType?.value == 10 {
      let undeclared = item.connections.filter { !names.contains(ExactName($0.text)) }
      let title = undeclared.isEmpty ? "" : item.title
      for connection in undeclared {
        let likeness = NameLikeness(connection.text, among: names.map(\.name).sorted())
        findings.add(
          "\(title) connects to the network '\(connection.text)', which is not declared",
          at: connection.place, expected: likeness?.name ?? declared, found: connection.text,
          fix: likeness?.fix)
      }
    }
  }
}
