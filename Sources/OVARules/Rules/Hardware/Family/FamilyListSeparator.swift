import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// Hardware families are separated by commas.
  static let familyListSeparator = Rule(
    id: "family-list-separator",
    group: .hardware,
    title: "Hardware families are separated by commas",
    severity: .info,
    basis: .clause("DSP0243 8.1"),
    why: "The standard separates alternatives by a blank. VMware's products read commas too; "
      + "others take the whole list for one family that they do not know.",
    fix: "Write `vmx-10 vmx-11`.",
    triggering: [Example(replacing: "vmx-13", with: "vmx-11,vmx-13")],
    passing: [.sound(.folder), Example(replacing: "vmx-13", with: "vmx-11 vmx-13")]
  ) { checked, findings in
    for (machine, section) in checked.hardwareSections {
      guard let field = section.system?.field("VirtualSystemType"), field.text.contains(",")
      else { continue }
      findings.add(
        "the hardware families of \(machine.title) are '\(field.text)'", at: field.place,
        expected: section.families.joined(separator: " "), found: field.text)
    }
  }
}
