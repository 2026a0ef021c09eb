import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A placement policy is not one of the standard.
  static let placementPolicyUnknown = Rule(
    id: "placement-policy-unknown",
    group: .descriptor,
    title: "A placement policy is not one of the standard",
    severity: .warning,
    basis: .practice(
      "OVF 2 names two policies: affinity, machines close together, and availability, machines "
        + "apart."),
    why: "A product that does not know the policy places the machines as it likes, or refuses the "
      + "section.",
    fix: "Write `affinity` or `availability`.",
    triggering: [
      Example(inEnvelope: "PlacementGroupSection", #"ovf:id="tier" ovf:policy="together""#)
    ],
    passing: [
      .sound(.folder),
      Example(inEnvelope: "PlacementGroupSection", #"ovf:id="tier" ovf:policy="availability""#),
    ]
  ) { checked, findings in
    for (_, group) in checked.envelope.placementGroups {
      guard let policy = group.policy, !policy.text.isEmpty,
        !["affinity", "availability"].contains(policy.text.lowercased())
      else { continue }
      findings.add(
        "the policy of the placement group '\(group.id?.text ?? "")' is '\(policy.text)'",
        at: policy.place, expected: "affinity, availability", found: policy.text)
    }
  }
}
