import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// The children of an item are not in the order of the schema.
  static let itemChildOrder = Rule(
    id: "item-child-order",
    group: .hardware,
    title: "The children of an Item are not in the schema's order",
    severity: .warning,
    basis: .practice(
      "The schema of CIM_ResourceAllocationSettingData, which DSP8023 imports; ESXi: "
        + "'Unsupported element 'Connection'', 'Reservation', 'Limit', 'Weight'."),
    why: "The schema lists the properties of an Item by the alphabet. ESXi reads them in that "
      + "order and does not know one that comes late, so that the import ends there.",
    fix: "Put the children into alphabetical order, elements of other namespaces behind them: `ova "
      + "fix PATH --write NEW.ova`.",
    triggering: [
      Example(
        .folder,
        edits: [
          Example.Edit(
            old: "        <rasd:Connection>VM Network</rasd:Connection>\n"
              + "        <rasd:ElementName>Network adapter 1</rasd:ElementName>\n",
            new: "        <rasd:ElementName>Network adapter 1</rasd:ElementName>\n"
              + "        <rasd:Connection>VM Network</rasd:Connection>\n")
        ], []),
      Example(
        replacing: "        <rasd:Description>Number of virtual CPUs</rasd:Description>\n"
          + "        <rasd:ElementName>2 virtual CPUs</rasd:ElementName>\n",
        with: "        <rasd:ElementName>2 virtual CPUs</rasd:ElementName>\n"
          + "        <rasd:Description>Number of virtual CPUs</rasd:Description>\n",
        caption: "VirtualBox writes the Description late, which is an info", documented: false),
      Example(
        replacing: "        <vssd:InstanceID>0</vssd:InstanceID>\n"
          + "        <vssd:VirtualSystemIdentifier>web</vssd:VirtualSystemIdentifier>\n",
        with: "        <vssd:VirtualSystemIdentifier>web</vssd:VirtualSystemIdentifier>\n"
          + "        <vssd:InstanceID>0</vssd:InstanceID>\n",
        caption: "the children of System", documented: false),
      Example(
        replacing: "        <rasd:Address>0</rasd:Address>\n",
        with: "        <vmw:Config ovf:required=\"false\" vmw:key=\"a\" vmw:value=\"b\"/>\n"
          + "        <rasd:Address>0</rasd:Address>\n",
        caption: "an element of another namespace before the properties", documented: false),
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    // In the dialects before and beside the standard the order is another, or none.
    guard [.ovf1, .ovf2].contains(checked.envelope.dialect) else { return }
    for (_, section) in checked.hardwareSections {
      var late: [Late] = section.items.compactMap { Late($0.title, $0.childOrder) }
      if let system = section.system, let own = Late("the System", system.childOrder) {
        late.append(own)
      }
      for isTolerated in [false, true] {
        let alike = late.filter { $0.isTolerated == isTolerated }
        guard let first = alike.first else { continue }
        findings.add(
          "'\(first.child.name)' of \(first.title) stands behind '\(first.behind.name)'"
            + (alike.count - 1).andMoreElements,
          at: first.child.place, expected: first.wanted.joined(separator: ", "),
          found: first.names.joined(separator: ", "), severity: isTolerated ? .info : nil)
      }
    }
  }
}

/// An element with a child that comes late.
private struct Late {
  let title: String
  let child: ChildOrder.Child
  let behind: ChildOrder.Child
  let names: [String]
  let wanted: [String]
  /// True if every late child is one that hosts are known to read in its place all the same.
  let isTolerated: Bool

  init?(_ title: String, _ order: ChildOrder) {
    let late = order.late
    guard
      let worst = late.first(where: { !Self.tolerated.contains($0.child.property ?? "") })
        ?? late.first
    else { return nil }
    self.title = title
    child = worst.child
    behind = worst.behind
    names = order.children.map(\.name)
    wanted = order.wanted.map(\.name)
    isTolerated = late.allSatisfy { Self.tolerated.contains($0.child.property ?? "") }
  }

  /// VirtualBox wrote the Description behind the name for years, and hosts took it.
  private static let tolerated: Set<String> = ["Description", "Caption"]
}

extension Int {
  /// The words with which a finding about the first of some elements mentions the others; empty for
  /// none.
  fileprivate var andMoreElements: String {
    self == 0
      ? "" : self == 1 ? "; another element is like it" : "; \(self) more elements are like it"
  }
}
