import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// Only VirtualBox knows the machine's hardware family.
  static let familyVirtualBoxOnly = Rule(
    id: "family-virtualbox-only",
    group: .hardware,
    title: "The hardware family is VirtualBox's alone",
    severity: .warning,
    basis: .practice("ESXi and ovftool refuse it: unsupported hardware family 'virtualbox-2.2'."),
    why: "VMware's products import only machines of a `vmx` family. A VirtualBox export has to be "
      + "edited first.",
    fix: "For VMware write a family such as `vmx-13` as VirtualSystemType; else leave it.",
    triggering: [Example(replacing: "vmx-13", with: "virtualbox-2.2")],
    passing: [
      .sound(.folder),
      Example(replacing: "vmx-13", with: "virtualbox-2.2 vmx-13", documented: false),
    ]
  ) { checked, findings in
    for (machine, section) in checked.hardwareSections where section.isVirtualBoxOnly {
      guard let field = section.system?.field("VirtualSystemType") else { continue }
      findings.add(
        "\(machine.title) is of the hardware family '\(field.text)', which only VirtualBox knows",
        at: field.place, found: field.text)
    }
  }
}

extension HardwareSection {
  /// True if all families are VirtualBox's.
  var isVirtualBoxOnly: Bool {
    !families.isEmpty && families.allSatisfy { $0.lowercased().hasPrefix("virtualbox") }
  }

  /// The numbers of VMware's families, such as 13 of `vmx-13`.
  var vmwareVersions: [Int] {
    families.compactMap { family in
      let lower = family.lowercased()
      return lower.hasPrefix("vmx-") ? Int(lower.dropFirst(4)) : nil
    }
  }
}
