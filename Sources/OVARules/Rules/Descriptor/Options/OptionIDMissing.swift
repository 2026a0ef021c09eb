import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A deployment option has no id.
  static let optionIDMissing = Rule(
    id: "option-id-missing",
    group: .descriptor,
    title: "A deployment option has no id",
    severity: .error,
    basis: .clause("DSP0243 9.8"),
    why: "Items and properties belong to an option by its id; one without can never be chosen.",
    fix: "Add `ovf:id`, or delete the Configuration.",
    triggering: [
      Example(
        adding: "  <DeploymentOptionSection>\n    <Info>Sizes</Info>\n    <Configuration>\n"
          + "      <Label>Small</Label>\n      <Description>Few</Description>\n"
          + "    </Configuration>\n  </DeploymentOptionSection>\n", before: "  <VirtualSystem ")
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    for option in checked.envelope.deploymentOptions where option.id?.text.isEmpty ?? true {
      findings.add("a deployment option has no id", at: option.place)
    }
  }
}
