import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// No ESXi ever ran the machine's family.
  static let familyNeverESXi = Rule(
    id: "family-never-esxi",
    group: .hardware,
    title: "No ESXi runs the hardware family",
    severity: .warning,
    basis: .practice("ESXi: \"unsupported hardware family 'vmx-06'\"; govmomi's list of versions."),
    why: "vmx-05 was never released; vmx-06, vmx-12 and vmx-16 came with Workstation, and ESXi "
      + "refuses them though it runs later ones. Some releases take vmx-12.",
    fix: "Write the next older family, such as `vmx-11` or `vmx-15`, beside it or in its place.",
    triggering: [
      Example(replacing: "vmx-13", with: "vmx-16"),
      Example(
        replacing: "vmx-13", with: "vmx-12", caption: "which some releases take"),
    ],
    passing: [
      .sound(.folder), Example(replacing: "vmx-13", with: "vmx-16 vmx-15"),
      Example(replacing: "vmx-13", with: "vmx-11", documented: false),
    ]
  ) { checked, findings in
    for (machine, section) in checked.hardwareSections {
      let versions = machine.hardwareSections.flatMap(\.vmwareVersions)
      guard let field = section.system?.field("VirtualSystemType"),
        !section.vmwareVersions.isEmpty,
        versions.allSatisfy({ VMwareFamily.neverOnESXi($0) })
      else { continue }
      findings.add(
        "\(machine.title) is of the hardware family '\(field.text)', "
          + (versions.contains(12) ? "which not every ESXi runs" : "which no ESXi runs"),
        at: field.place, found: field.text, severity: versions.contains(12) ? .info : nil)
    }
  }
}

extension VMwareFamily {
  /// Returns whether the family belongs to hosted products alone, or was never released.
  fileprivate static func neverOnESXi(_ family: Int) -> Bool {
    family < 3 || [5, 6, 12, 16].contains(family)
  }
}
