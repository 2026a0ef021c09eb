import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// The guest's type came with a later vSphere than the machine's family.
  static let guestNewerThanFamily = Rule(
    id: "guest-newer-than-family",
    group: .hardware,
    title: "The guest system is newer than the hardware family",
    severity: .info,
    basis: .practice("vSphere: \"the guest operating system 'centos7_64Guest' is not supported\"."),
    why: "The family says which hosts the machine is for. Those that know no newer family do not "
      + "know the guest's name either, and refuse it or take it for another; newer hosts import "
      + "the machine.",
    fix: "Raise the VirtualSystemType, or write an older name such as `otherLinux64Guest`.",
    triggering: [
      Example(replacing: "ubuntu64Guest", with: "debian12_64Guest")
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder,
        edits: [
          .family("vmx-20"), Example.Edit(old: "ubuntu64Guest", new: "debian12_64Guest"),
        ], []),
    ]
  ) { checked, findings in
    for (system, section) in checked.hardwareSections {
      guard let type = system.operatingSystem?.vmwareType,
        let first = VMwareGuest.firstFamily(of: type.text),
        let newest = section.vmwareVersions.max(), first > newest
      else { continue }
      findings.add(
        "the guest system '\(type.text)' of \(system.title) came with \(first.asFamily); the newest "
          + "family here is \(newest.asFamily)", at: type.place,
        expected: "\(first.asFamily) or later", found: newest.asFamily)
    }
  }
}
