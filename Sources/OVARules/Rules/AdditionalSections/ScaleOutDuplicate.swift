import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// Two numbers of instances hold for one machine.
  static let scaleOutDuplicate = Rule(
    id: "scale-out-duplicate",
    group: .descriptor,
    title: "How many instances to make is said twice",
    severity: .warning,
    basis: .clause("DSP8023 2.0.1 (the OVF schema), ScaleOutSection_Type"),
    why: "Which of the numbers counts depends on the product.",
    fix: "Keep one InstanceCount for each configuration, and one ScaleOutSection for each machine "
      + "or collection.",
    triggering: [
      Example(
        inCollection: "ScaleOutSection", #"ovf:id="web""#,
        #"<InstanceCount ovf:default="2"/><InstanceCount ovf:default="3"/>"#)
    ],
    passing: [
      .sound(.folder),
      Example(
        inCollection: "ScaleOutSection", #"ovf:id="web""#, #"<InstanceCount ovf:default="2"/>"#),
    ]
  ) { checked, findings in
    let scaleOuts = checked.envelope.scaleOuts
    for (first, again) in scaleOuts.repeated(by: { $0.scaleOut.id?.text }) {
      findings.add(
        "\(again.scaleOut.title) is there already, in \(first.section.place.position)",
        at: again.section.place, found: again.scaleOut.id?.text)
    }
    for (_, scaleOut) in scaleOuts {
      let uses = scaleOut.counts.flatMap { count in
        (count.configurations?.value ?? [""]).map { (configuration: $0, place: count.place) }
      }
      for (first, again) in uses.repeated(by: { $0.configuration }) {
        let choice =
          again.configuration.isEmpty ? "" : " for the configuration '\(again.configuration)'"
        findings.add(
          "\(scaleOut.title) has another InstanceCount\(choice), after that of "
            + "\(first.place.position)", at: again.place)
      }
    }
  }
}
