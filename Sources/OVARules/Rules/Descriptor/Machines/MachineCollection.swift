import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// The package holds a collection of machines.
  static let machineCollection = Rule(
    id: "machine-collection",
    group: .descriptor,
    title: "The package holds a collection of machines",
    severity: .info,
    basis: .practice(
      "ESXi without vCenter, and most products of others, import one machine a package: "
        + "\"multiple virtual systems are not supported\"."),
    why: "vCenter makes a vApp of a VirtualSystemCollection. A host that no vCenter manages and "
      + "products that know one machine a package refuse it or take the first machine.",
    fix: "Deploy it to a vCenter or to VMware Cloud Director, or pack each machine on its own.",
    triggering: [
      Example(
        .folder,
        edits: [
          Example.Edit(
            old: "  <VirtualSystem ",
            new: "  <VirtualSystemCollection ovf:id=\"site\">\n    <Info>A site</Info>\n"
              + "  <VirtualSystem "),
          Example.Edit(old: "</Envelope>", new: "</VirtualSystemCollection>\n</Envelope>"),
        ], [])
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    // Machines side by side without a collection are no OVF, which another rule says.
    guard let collection = checked.envelope.collections.first else { return }
    let count = checked.envelope.virtualSystems.count
    let machines = count == 1 ? "1 machine" : "\(count) machines"
    findings.add(
      "\(collection.title) holds \(machines), which a host without vCenter does not import",
      at: collection.place, expected: "one VirtualSystem", found: machines)
  }
}
