import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// An item has no name.
  static let itemNameMissing = Rule(
    id: "item-name-missing",
    group: .hardware,
    title: "An item has no name",
    severity: .warning,
    version: 2,
    basis: .clause("DSP0243 8.3"),
    why: "ElementName is mandatory in the schema (Caption in older versions). People are shown it, "
      + "and VirtualBox tells controllers by it.",
    fix: "Add `<rasd:ElementName>` with a name for people, such as `Hard disk 1`.",
    triggering: [
      Example(
        replacing: "        <rasd:ElementName>Network adapter 1</rasd:ElementName>\n", with: "")
    ],
    passing: [
      .sound(.folder),
      Example(
        replacing: "<rasd:ElementName>Network adapter 1</rasd:ElementName>",
        with: "<rasd:Caption>Network adapter 1</rasd:Caption>"),
    ]
  ) { checked, findings in
    // oVirt tells devices by words of its own.
    guard checked.envelope.dialect != .oVirt else { return }
    for item in checked.items
    where item.isDevice && item.field("ElementName") == nil && item.field("Caption") == nil {
      findings.add("\(item.title) has no ElementName", at: item.place)
    }
  }
}
