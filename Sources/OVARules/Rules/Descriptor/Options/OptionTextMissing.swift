import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A deployment option has no label or description.
  static let optionTextMissing = Rule(
    id: "option-text-missing",
    group: .descriptor,
    title: "A deployment option has no label or description",
    severity: .warning,
    basis: .clause("DSP0243 9.8"),
    why: "Whoever deploys chooses by these texts; the schema demands both.",
    fix: "Add `<Label>` and `<Description>`.",
    triggering: [
      Example(
        adding: "  <DeploymentOptionSection>\n    <Info>Sizes</Info>\n"
          + "    <Configuration ovf:id=\"small\"/>\n  </DeploymentOptionSection>\n",
        before: "  <VirtualSystem ")
    ],
    passing: [
      .sound(.folder),
      Example(adding: Example.options("small"), before: "  <VirtualSystem "),
    ]
  ) { checked, findings in
    for option in checked.envelope.deploymentOptions {
      let missing = [
        option.label == nil ? "Label" : nil, option.description == nil ? "Description" : nil,
      ].compactMap(\.self)
      guard !missing.isEmpty else { continue }
      findings.add(
        "the deployment option '\(option.id?.text ?? "")' has no "
          + missing.joined(separator: " and no "), at: option.place)
    }
  }
}
