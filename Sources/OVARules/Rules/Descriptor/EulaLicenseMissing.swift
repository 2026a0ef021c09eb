import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// A license section has no license.
  static let eulaLicenseMissing = Rule(
    id: "eula-license-missing",
    group: .descriptor,
    title: "A license section has no License",
    severity: .error,
    basis: .clause("DSP0243 9.6"),
    why: "The section is there for the text that somebody has to accept; without a License "
      + "importers refuse it or show an empty page.",
    fix: "Add `<License>…</License>`, or delete the section.",
    triggering: [
      Example(
        adding: "    <EulaSection>\n      <Info>License</Info>\n    </EulaSection>\n",
        before: "    <VirtualHardwareSection ")
    ],
    passing: [
      .sound(.folder),
      Example(
        adding: "    <EulaSection>\n      <Info>License</Info>\n      <License>Do as you like"
          + "</License>\n    </EulaSection>\n", before: "    <VirtualHardwareSection "),
    ]
  ) { checked, findings in
    for section in checked.envelope.allSections {
      guard case .eula(license: nil) = section.body else { continue }
      findings.add("the \(section.name.local) has no License", at: section.place)
    }
  }
}
