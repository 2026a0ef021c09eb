import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// The operating system's number is missing or none.
  static let operatingSystemIDMalformed = Rule(
    id: "operating-system-id-malformed",
    group: .descriptor,
    title: "The operating system has no usable id",
    severity: .error,
    basis: .clause("DSP0243 9.9"),
    why: "`ovf:id` is the number of the operating system in CIM, 0 to 65535. VirtualBox and others "
      + "refuse a descriptor with another.",
    fix: "Write the number of CIM_OperatingSystem.OSType: 1 for other, 36 for Linux, 101 for "
      + "64-bit Linux, 103 for 64-bit Windows.",
    triggering: [
      Example(replacing: #"<OperatingSystemSection ovf:id="94""#, with: "<OperatingSystemSection"),
      Example(
        replacing: #"<OperatingSystemSection ovf:id="94""#,
        with: #"<OperatingSystemSection ovf:id="-100""#),
      Example(
        replacing: #"<OperatingSystemSection ovf:id="94""#,
        with: #"<OperatingSystemSection ovf:id="linux""#, documented: false),
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    // oVirt's variant has a UUID there.
    guard checked.envelope.dialect != .oVirt else { return }
    for section in checked.envelope.allSections {
      guard case .operatingSystem(let system) = section.body else { continue }
      guard let id = system.id else {
        findings.add("the \(section.name.local) has no id", at: section.place)
        continue
      }
      guard let fault = id.fault else { continue }
      findings.add(
        "the operating system's id is '\(id.text)', which \(fault)", at: id.place,
        expected: "a number from 0 to 65535", found: id.text,
        fix: Placeholder.fix(id.text))
    }
  }
}
