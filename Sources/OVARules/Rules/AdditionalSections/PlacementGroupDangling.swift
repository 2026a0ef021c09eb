import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// A placement section names no placement group.
  static let placementGroupDangling = Rule(
    id: "placement-group-dangling",
    group: .descriptor,
    title: "A placement section names a group that is not there",
    severity: .error,
    basis: .clause("DSP8023 2.0.1 (the OVF schema), PlacementSection_Type"),
    why: "The machine is meant to be placed by the policy of the group; without the group there is "
      + "none.",
    fix: "Write the id of a PlacementGroupSection as `ovf:group`, or delete the section.",
    triggering: [
      Example(inMachine: "PlacementSection", #"ovf:group="tier""#),
      Example(inMachine: "PlacementSection", documented: false),
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder,
        edits: [
          Example.Edit(
            old: "    <OperatingSystemSection ",
            new: Example.section("PlacementSection", #"ovf:group="tier""#, "")
              + "    <OperatingSystemSection "),
          Example.Edit(
            old: "  <VirtualSystem ",
            new: Example.section(
              "PlacementGroupSection", #"ovf:id="tier" ovf:policy="affinity""#, "")
              + "  <VirtualSystem "),
        ], []),
    ]
  ) { checked, findings in
    let groups = checked.envelope.placementGroups.compactMap { $0.group.id?.text }
    let known = Set(groups.map(ExactName.init))
    for section in checked.envelope.allSections {
      guard case .placement(let group) = section.body else { continue }
      guard let group else {
        findings.add("a PlacementSection has no group", at: section.place)
        continue
      }
      guard !known.contains(ExactName(group.text)) else { continue }
      findings.add(
        "a PlacementSection names the group '\(group.text)', which there is not", at: group.place,
        expected: groups.isEmpty ? "a PlacementGroupSection" : groups.listed,
        found: group.text)
    }
  }
}
