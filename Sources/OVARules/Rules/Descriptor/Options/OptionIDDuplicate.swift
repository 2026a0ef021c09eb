import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// Two deployment options have one id.
  static let optionIDDuplicate = Rule(
    id: "option-id-duplicate",
    group: .descriptor,
    title: "Two deployment options have the same id",
    severity: .error,
    basis: .clause("DSP0243 9.8"),
    why: "An id means one option; of two the second can never be chosen.",
    fix: "Give each its own id, and correct the `ovf:configuration` attributes that name it.",
    triggering: [
      Example(
        adding: Example.options("small", "small"), before: "  <VirtualSystem ")
    ],
    passing: [
      .sound(.folder),
      Example(adding: Example.options("small", "large"), before: "  <VirtualSystem "),
    ]
  ) { checked, findings in
    for (first, again) in checked.envelope.deploymentOptions.repeated(by: { $0.id?.text }) {
      findings.add(
        "the deployment option '\(again.id?.text ?? "")' is there already, in "
          + "\(first.place.position)", at: again.place, found: again.id?.text)
    }
  }
}

extension Example {
  /// The text of a section with these deployment options.
  static func options(_ ids: String..., defaults: Set<String> = []) -> String {
    "  <DeploymentOptionSection>\n    <Info>Sizes</Info>\n"
      + ids.map { id in
        "    <Configuration ovf:id=\"\(id)\"\(defaults.contains(id) ? " ovf:default=\"true\"" : "")>"
          + "\n      <Label>\(id)</Label>\n      <Description>The size \(id)</Description>\n"
          + "    </Configuration>\n"
      }.joined() + "  </DeploymentOptionSection>\n"
  }
}
