import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A scale-out section has no usable number.
  static let scaleOutCountMissing = Rule(
    id: "scale-out-count-missing",
    group: .descriptor,
    title: "A scale-out section does not say how many",
    severity: .error,
    basis: .clause("DSP8023 2.0.1 (the OVF schema), ScaleOutSection_Type"),
    why:
      "The section makes several machines of one, and `ovf:default` of an InstanceCount is their "
      + "number.",
    fix: "Add `<InstanceCount ovf:default=\"…\"/>`, with a whole number.",
    triggering: [
      Example(inCollection: "ScaleOutSection", #"ovf:id="web""#),
      Example(
        inCollection: "ScaleOutSection", #"ovf:id="web""#,
        #"<InstanceCount ovf:minimum="1" ovf:maximum="4"/>"#),
    ],
    passing: [
      .sound(.folder),
      Example(
        inCollection: "ScaleOutSection", #"ovf:id="web""#,
        #"<InstanceCount ovf:minimum="1" ovf:default="2" ovf:maximum="4"/>"#),
    ]
  ) { checked, findings in
    for (section, scaleOut) in checked.envelope.scaleOuts {
      if scaleOut.counts.isEmpty {
        findings.add("\(scaleOut.title) has no InstanceCount", at: section.place)
      }
      for count in scaleOut.counts where count.initial == nil {
        findings.add("an InstanceCount of \(scaleOut.title) has no default", at: count.place)
      }
    }
  }
}

extension Envelope {
  /// All scale-out sections.
  var scaleOuts: [(section: Section, scaleOut: ScaleOut)] {
    allSections.compactMap { section in
      guard case .scaleOut(let scaleOut) = section.body else { return nil }
      return (section, scaleOut)
    }
  }
}

extension ScaleOut {
  /// "the ScaleOutSection of 'web'".
  var title: String { id.map { "the ScaleOutSection of '\($0.text)'" } ?? "a ScaleOutSection" }
}
