import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// Only recent hosts know the machine's hardware family.
  static let familyRecent = Rule(
    id: "family-recent",
    group: .hardware,
    title: "The hardware family needs a recent host",
    severity: .info,
    basis: .practice("A host refuses families newer than itself: vmx-20 begins with ESXi 8.0."),
    why: "An older host says \"unsupported hardware family\" and imports nothing, though most "
      + "guests would run on an older family as well.",
    fix: "Unless the machine needs what is new in it, write the oldest family that does, such as "
      + "`vmx-13` for ESXi 6.5 and later.",
    triggering: [
      Example(replacing: "vmx-13", with: "vmx-21"),
      Example(replacing: "vmx-13", with: "vmx-20 vmx-21", documented: false),
    ],
    passing: [
      .sound(.folder), Example(replacing: "vmx-13", with: "vmx-21 vmx-13"),
      Example(replacing: "vmx-13", with: "vmx-19", documented: false),
    ]
  ) { checked, findings in
    for (machine, section) in checked.hardwareSections {
      guard let lowest = section.vmwareVersions.min(), lowest >= 20,
        let field = section.system?.field("VirtualSystemType")
      else { continue }
      let host = lowest == 20 ? "ESXi 8.0" : lowest == 21 ? "ESXi 8.0 Update 2" : "a newer ESXi"
      findings.add(
        "\(machine.title) is of the hardware family '\(field.text)', which begins with \(host)",
        at: field.place, found: field.text)
    }
  }
}
