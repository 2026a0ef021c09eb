import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// Several deployment options are the default.
  static let optionDefaultDuplicate = Rule(
    id: "option-default-duplicate",
    group: .descriptor,
    title: "Several deployment options are the default",
    severity: .error,
    basis: .clause("DSP0243 9.8"),
    why: "At most one option may be marked default. Which of several is deployed when nobody "
      + "chooses depends on the product.",
    fix: "Leave `ovf:default=\"true\"` on one option.",
    triggering: [
      Example(
        adding: Example.options("small", "large", defaults: ["small", "large"]),
        before: "  <VirtualSystem ")
    ],
    passing: [
      .sound(.folder),
      Example(
        adding: Example.options("small", "large", defaults: ["large"]), before: "  <VirtualSystem "
      ),
      Example(
        adding: Example.options("small", "large"), before: "  <VirtualSystem ",
        caption: "without a mark the first is the default"),
    ]
  ) { checked, findings in
    let marked = checked.envelope.deploymentOptions.filter { $0.isMarkedDefault?.value == true }
    for option in marked.dropFirst() {
      findings.add(
        "the deployment option '\(option.id?.text ?? "")' is marked default, and "
          + "'\(marked.first?.id?.text ?? "")' is too", at: option.place)
    }
  }
}
