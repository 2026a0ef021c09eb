import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A network has a name that means a way of connecting on the producer's machine.
  static let networkOfTheHost = Rule(
    id: "network-of-the-host",
    group: .hardware,
    title: "A network is named after a way of connecting",
    severity: .info,
    basis: .practice("No ESXi host has a network 'NAT' or 'Bridged' to map it to by name."),
    why: "VirtualBox and Workstation write how they connected the adapter as the network's name. "
      + "On other hosts it has to be mapped by hand, or the import says that there is no such "
      + "network.",
    fix: "Name the network by its purpose, or map it when deploying.",
    triggering: [
      Example(
        .folder,
        edits: [
          Example.Edit(old: "<Network ovf:name=\"VM Network\">", new: "<Network ovf:name=\"NAT\">"),
          Example.Edit(
            old: "<rasd:Connection>VM Network<", new: "<rasd:Connection>NAT<"),
        ], [])
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    let words = ["nat", "bridged", "hostonly", "host-only", "internal", "generic", "natnetwork"]
    for network in checked.envelope.networks {
      guard let name = network.name, words.contains(name.text.lowercased()) else { continue }
      findings.add(
        "the network is named '\(name.text)'", at: network.place, found: name.text)
    }
  }
}
