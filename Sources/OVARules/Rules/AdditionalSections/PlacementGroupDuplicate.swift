import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// Two placement groups have the same id.
  static let placementGroupDuplicate = Rule(
    id: "placement-group-duplicate",
    group: .descriptor,
    title: "Two placement groups have the same id",
    severity: .error,
    basis: .clause("DSP8023 2.0.1 (the OVF schema), PlacementGroupSection_Type"),
    why: "A machine names its group by the id; of two with one id nobody knows which is meant.",
    fix: "Give each group its own `ovf:id`.",
    triggering: [
      Example(
        adding: Example.section(
          "PlacementGroupSection", #"ovf:id="tier" ovf:policy="affinity""#, "")
          + Example.section(
            "PlacementGroupSection", #"ovf:id="tier" ovf:policy="availability""#, ""),
        before: "  <VirtualSystem ")
    ],
    passing: [
      .sound(.folder),
      Example(inEnvelope: "PlacementGroupSection", #"ovf:id="tier" ovf:policy="affinity""#),
    ]
  ) { checked, findings in
    for (first, again) in checked.envelope.placementGroups.repeated(by: { $0.group.id?.text }) {
      findings.add(
        "the placement group '\(again.group.id?.text ?? "")' is there already, in "
          + "\(first.section.place.position)",
        at: again.section.place, found: again.group.id?.text)
    }
  }
}
