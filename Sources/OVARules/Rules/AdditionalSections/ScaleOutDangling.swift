import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// A section scales out an element that does not exist.
  static let scaleOutDangling = Rule(
    id: "scale-out-dangling",
    group: .descriptor,
    title: "A scale-out section names a machine that is not there",
    severity: .error,
    basis: .clause("DSP8023 2.0.1 (the OVF schema), ScaleOutSection_Type"),
    why: "The id of the section is that of the machine or collection that is made several times. "
      + "One that is not there cannot be made at all.",
    fix: "Write the id of a machine or collection of the package, or delete the section.",
    triggering: [
      Example(
        inCollection: "ScaleOutSection", #"ovf:id="database""#, #"<InstanceCount ovf:default="2"/>"#
      ),
      Example(
        inCollection: "ScaleOutSection", "", #"<InstanceCount ovf:default="2"/>"#, documented: false
      ),
    ],
    passing: [
      .sound(.folder),
      Example(
        inCollection: "ScaleOutSection", #"ovf:id="web""#, #"<InstanceCount ovf:default="2"/>"#),
    ]
  ) { checked, findings in
    let scaleOuts = checked.envelope.scaleOuts
    guard !scaleOuts.isEmpty else { return }
    let ids = checked.siblings.flatMap { $0 }.compactMap { $0.id?.text }
    let known = Set(ids.map(ExactName.init))
    let listed = ids.listed
    for (section, scaleOut) in scaleOuts {
      guard let id = scaleOut.id else {
        findings.add(
          "a ScaleOutSection has no id", at: section.place, expected: listed)
        continue
      }
      guard !known.contains(ExactName(id.text)) else { continue }
      findings.add(
        "a ScaleOutSection names '\(id.text)', which is neither a machine nor a collection",
        at: id.place, expected: listed, found: id.text)
    }
  }
}
