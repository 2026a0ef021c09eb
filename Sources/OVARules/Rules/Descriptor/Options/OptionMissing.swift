import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A section of deployment options has none.
  static let optionMissing = Rule(
    id: "option-missing",
    group: .descriptor,
    title: "A section of deployment options has none",
    severity: .warning,
    basis: .clause("DSP8023 (the OVF schema), DeploymentOptionSection_Type"),
    why: "The schema demands at least one Configuration; an importer that asks which one to take "
      + "has nothing to offer.",
    fix: "Add the Configuration elements, or delete the section.",
    triggering: [
      Example(
        adding: "  <DeploymentOptionSection>\n    <Info>Options</Info>\n"
          + "  </DeploymentOptionSection>\n", before: "  <VirtualSystem ")
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder,
        edits: [
          Example.Edit(
            old: "  <VirtualSystem ", new: Example.options("small") + "  <VirtualSystem ")
        ], []),
    ]
  ) { checked, findings in
    for section in checked.envelope.sections {
      guard case .deploymentOptions(let options) = section.body, options.isEmpty else { continue }
      findings.add("the DeploymentOptionSection has no Configuration", at: section.place)
    }
  }
}
