import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// None of the machine's families is VMware's.
  static let familyNotVMware = Rule(
    id: "family-not-vmware",
    group: .hardware,
    title: "The hardware family is not one of VMware's",
    severity: .warning,
    basis: .practice(
      "vSphere: \"no supported hardware versions among [xen-3.0-unknown]; supported: [vmx-04, …]\"."
    ),
    why: "VMware's products import only machines of a `vmx` family, such as `vmx-13`. Others' "
      + "families, and names that only look like VMware's, are refused.",
    fix: "For VMware write a family such as `vmx-13` beside it; else leave it.",
    triggering: [
      Example(replacing: "vmx-13", with: "xen-3.0-unknown"),
      Example(replacing: "vmx-13", with: "vmx13"),
      Example(replacing: "vmx-13", with: "vmx-${VERSION}", documented: false),
    ],
    passing: [
      .sound(.folder), Example(replacing: "vmx-13", with: "xen-3.0-unknown vmx-13"),
      Example(
        replacing: "vmx-13", with: "virtualbox-2.2",
        caption: "VirtualBox's have a rule of their own",
        documented: false),
    ]
  ) { checked, findings in
    // oVirt's variant names its engine.
    guard checked.envelope.dialect != .oVirt else { return }
    for (machine, section) in checked.hardwareSections {
      guard let field = section.system?.field("VirtualSystemType"), !section.families.isEmpty,
        !section.isVirtualBoxOnly,
        // Hardware for another platform may stand beside that for VMware's.
        machine.hardwareSections.allSatisfy(\.vmwareVersions.isEmpty)
      else { continue }
      // Such as vmx13, vmx_13, vmx-13.0, hw13.
      let near = section.families.lazy.compactMap(\.meantFamily).first
      findings.add(
        "\(machine.title) is of the hardware family '\(field.text)', which is not one of VMware's",
        at: field.place, expected: near, found: field.text,
        fix: section.families.contains { $0.contains("$") || $0.contains("{") }
          ? "Run the template through the tool that fills it in." : near.map { "Write `\($0)`." })
    }
  }
}

extension String {
  /// The family that a misspelled name means: `vmx-13` for `vmx13`, `vmx_13` and `VM-13`.
  fileprivate var meantFamily: String? {
    let lower = lowercased()
    guard ["vmx", "vm", "hw", "vmware"].contains(lower.prefix { $0.isLetter }) else { return nil }
    let digits = lower.drop { !$0.isNumber }.prefix { $0.isNumber }
    guard let number = Int(digits), (3...30).contains(number), number.asFamily != lower else {
      return nil
    }
    return number.asFamily
  }
}
