import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// The guest's type is none that vSphere knows.
  static let guestTypeUnknown = Rule(
    id: "guest-type-unknown",
    group: .hardware,
    title: "vSphere has no such guest system",
    severity: .warning,
    basis: .practice("vSphere: \"the guest operating system 'centos7-64' is not supported\"."),
    why: "`vmw:osType` is one of the names of vSphere's API; they are told apart by case. With "
      + "another the import is refused, or the machine becomes \"Other (32-bit)\" with slow "
      + "devices.",
    fix: "Write the name that vSphere has for the guest, such as `ubuntu64Guest`.",
    triggering: [
      Example(replacing: "ubuntu64Guest", with: "ubuntu-64"),
      Example(replacing: "ubuntu64Guest", with: "Ubuntu64Guest", documented: false),
    ],
    passing: [.sound(.folder), Example(replacing: "ubuntu64Guest", with: "otherGuest64")]
  ) { checked, findings in
    for system in checked.envelope.virtualSystems {
      guard let type = system.operatingSystem?.vmwareType,
        VMwareGuest.firstFamily(of: type.text) == nil
      else { continue }
      let spelling = VMwareGuest.spelling(of: type.text)
      findings.add(
        "the guest system '\(type.text)' of \(system.title) is none that vSphere 8 knows",
        at: type.place, expected: spelling, found: type.text,
        fix: spelling.map { "Write `\($0)`." } ?? Placeholder.fix(type.text))
    }
  }
}
