import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A placement group lacks its id or policy.
  static let placementGroupIncomplete = Rule(
    id: "placement-group-incomplete",
    group: .descriptor,
    title: "A placement group lacks its id or policy",
    severity: .error,
    basis: .clause("DSP8023 2.0.1 (the OVF schema), PlacementGroupSection_Type"),
    why: "Without an id no machine can be in the group; without a policy the group says nothing.",
    fix: "Add `ovf:id`, and `ovf:policy` with `affinity` or `availability`.",
    triggering: [
      Example(inEnvelope: "PlacementGroupSection", #"ovf:id="tier""#)
    ],
    passing: [
      .sound(.folder),
      Example(inEnvelope: "PlacementGroupSection", #"ovf:id="tier" ovf:policy="affinity""#),
    ]
  ) { checked, findings in
    for (section, group) in checked.envelope.placementGroups {
      let missing = [("id", group.id), ("policy", group.policy)].filter {
        $0.1?.text.isEmpty ?? true
      }.map(\.0)
      guard !missing.isEmpty else { continue }
      findings.add(
        "the placement group \(group.id.map { "'\($0.text)' " } ?? "")has no "
          + missing.joined(separator: " and no "), at: section.place)
    }
  }
}

extension Envelope {
  /// All placement groups.
  var placementGroups: [(section: Section, group: PlacementGroup)] {
    allSections.compactMap { section in
      guard case .placementGroup(let group) = section.body else { return nil }
      return (section, group)
    }
  }
}
