import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// The default number of instances is outside its range.
  static let scaleOutOutOfOrder = Rule(
    id: "scale-out-out-of-order",
    group: .descriptor,
    title: "A number of instances is outside its range",
    severity: .error,
    basis: .clause("DSP8023 2.0.1 (the OVF schema), ScaleOutSection_Type"),
    why: "The number that is made when nobody chooses has to be one that may be chosen; importers "
      + "refuse the section or the choice.",
    fix: "Write minimum, default and maximum so that none is less than the one before; the minimum "
      + "is 1 unless written.",
    triggering: [
      Example(
        inCollection: "ScaleOutSection", #"ovf:id="web""#,
        #"<InstanceCount ovf:minimum="2" ovf:default="1" ovf:maximum="4"/>"#),
      Example(
        inCollection: "ScaleOutSection", #"ovf:id="web""#,
        #"<InstanceCount ovf:default="8" ovf:maximum="4"/>"#),
    ],
    passing: [
      .sound(.folder),
      Example(
        inCollection: "ScaleOutSection", #"ovf:id="web""#, #"<InstanceCount ovf:default="1"/>"#),
      Example(
        inCollection: "ScaleOutSection", #"ovf:id="web""#,
        #"<InstanceCount ovf:minimum="0" ovf:default="0" ovf:maximum="4"/>"#, documented: false),
    ]
  ) { checked, findings in
    for (_, scaleOut) in checked.envelope.scaleOuts {
      for count in scaleOut.counts {
        guard let initial = count.initial?.value else { continue }
        let least = count.minimum.map { $0.value } ?? 1
        let most = count.maximum?.value
        if let least, initial < least {
          findings.add(
            "the default \(initial) of \(scaleOut.title) is less than the minimum \(least)",
            at: count.place, expected: "\(least) or more", found: "\(initial)")
        } else if let most, initial > most {
          findings.add(
            "the default \(initial) of \(scaleOut.title) is more than the maximum \(most)",
            at: count.place, expected: "\(most) or less", found: "\(initial)")
        }
      }
    }
  }
}
