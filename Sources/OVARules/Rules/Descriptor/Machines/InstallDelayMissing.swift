import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// An install section does not say how long the first boot may take.
  static let installDelayMissing = Rule(
    id: "install-delay-missing",
    group: .descriptor,
    title: "An install section has no initialBootStopDelay",
    severity: .warning,
    basis: .clause("DSP0243 9.10"),
    why: "The number of seconds that the first boot may take is what the section is about; the "
      + "schema of 1.1.1 demands it.",
    fix: "Add `ovf:initialBootStopDelay=\"0\"` to wait for the machine to stop by itself.",
    triggering: [
      Example(
        adding: "    <InstallSection>\n      <Info>First boot</Info>\n    </InstallSection>\n",
        before: "    <VirtualHardwareSection ")
    ],
    passing: [
      .sound(.folder),
      Example(
        adding: "    <InstallSection ovf:initialBootStopDelay=\"300\">\n"
          + "      <Info>First boot</Info>\n    </InstallSection>\n",
        before: "    <VirtualHardwareSection "),
    ]
  ) { checked, findings in
    for section in checked.envelope.allSections {
      guard case .install(stopDelay: nil) = section.body else { continue }
      findings.add("the \(section.name.local) has no initialBootStopDelay", at: section.place)
    }
  }
}
