import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A license section has a License without text.
  static let eulaLicenseEmpty = Rule(
    id: "eula-license-empty",
    group: .descriptor,
    title: "A License has no text",
    severity: .info,
    basis: .practice(
      "CloudStack stops at an EulaSection without text; vSphere shows an empty page."),
    why: "Whoever deploys is asked to accept a license that says nothing; some importers take the "
      + "empty text for a fault and stop.",
    fix: "Write the license's text, or leave the section out if there is nothing to accept.",
    triggering: [
      Example(license: "<License></License>"),
      Example(license: "<License>  </License>", documented: false),
      Example(
        license: "<License>Do as you like</License>\n    </EulaSection>\n    <EulaSection>\n"
          + "      <Info>More terms</Info>\n      <License/>",
        caption: "the second of two", documented: false),
    ],
    passing: [
      .sound(.folder), Example(license: "<License>Do as you like</License>"),
      Example(
        .folder,
        edits: [
          .init(
            old: "    <VirtualHardwareSection ",
            new: "    <EulaSection>\n      <Info>License</Info>\n"
              + "      <License ovf:msgid=\"terms\"/>\n    </EulaSection>\n"
              + "    <VirtualHardwareSection "),
          .init(
            old: "</Envelope>",
            new:
              "  <Strings xml:lang=\"en-US\">\n    <Msg ovf:msgid=\"terms\">Do as you like</Msg>\n"
              + "  </Strings>\n</Envelope>"),
        ], [], caption: "the text is in a message bundle"),
    ]
  ) { checked, findings in
    for section in checked.envelope.allSections {
      guard case .eula(license: let license?) = section.body,
        checked.envelope.text(of: license).allSatisfy(\.isWhitespace)
      else { continue }
      // A key without a text anywhere is said by message-unresolved.
      if let id = license.id?.text, !checked.envelope.hasText(id: id) { continue }
      findings.add("the License is empty", at: license.place, expected: "the license's text")
    }
  }
}

extension Example {
  /// An example with a license section that has this in it.
  fileprivate init(
    license text: String, caption: String? = nil, documented: Bool = true,
    fileID: String = #fileID, line: UInt = #line, column: UInt = #column
  ) {
    self.init(
      adding: "    <EulaSection>\n      <Info>License</Info>\n      \(text)\n    </EulaSection>\n",
      before: "    <VirtualHardwareSection ", caption: caption, documented: documented,
      fileID: fileID, line: line, column: column)
  }
}
