import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// An element of the standard stands where the standard does not put it.
  static let elementMisplaced = Rule(
    id: "element-misplaced",
    group: .descriptor,
    title: "An element of the standard is in the wrong place",
    severity: .warning,
    basis: .clause("DSP0243 7 to 9"),
    why: "Each element has its place: properties are in a ProductSection, devices in a "
      + "VirtualHardwareSection, files in the References. Elsewhere importers pass over it, or "
      + "refuse the package: \"unsupported element 'Property'\".",
    fix: "Move the element to where it belongs.",
    triggering: [
      Example(
        adding: "      <Property ovf:key=\"port\" ovf:type=\"uint16\" ovf:value=\"80\"/>\n",
        before: "    </VirtualHardwareSection>"),
      Example(
        adding: "      <AnnotationSection>\n        <Info>A note</Info>\n"
          + "        <Annotation>Hello</Annotation>\n      </AnnotationSection>\n",
        before: "    </VirtualHardwareSection>", caption: "a section inside a section"),
      Example(
        adding: "    <File ovf:required=\"false\" ovf:id=\"file2\" ovf:href=\"a.iso\"/>\n",
        before: "  </DiskSection>", documented: false),
    ],
    passing: [
      .sound(.folder),
      Example(
        adding: "      <vmw:Property ovf:required=\"false\" vmw:key=\"port\"/>\n",
        before: "    </VirtualHardwareSection>", caption: "a vendor's own element"),
      Example(
        adding: "      <Gadget ovf:required=\"false\"/>\n",
        before: "    </VirtualHardwareSection>",
        caption: "one that the standard does not know is something else", documented: false),
    ]
  ) { checked, findings in
    guard checked.envelope.dialect != .oVirt else { return }
    let misplaced = checked.unplaced.filter { checked.home(of: $0) != nil }
    for (element, count) in misplaced.counted(by: { $0.name.local }) {
      let home = checked.home(of: element) ?? ""
      findings.add(
        "the element '\(element.name)' belongs in \(home)\(times(count))", at: element.place,
        expected: home, found: element.name.description)
    }
  }
}
