import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A machine says no hardware family.
  static let familyMissing = Rule(
    id: "family-missing",
    group: .hardware,
    title: "A machine does not say its hardware family",
    severity: .info,
    basis: .practice("XenCenter stops at hardware without a VirtualSystemType."),
    why: "The VirtualSystemType says which hosts the machine is made for. Without it some "
      + "importers take their own newest family and others refuse the machine.",
    fix: "Add `<vssd:VirtualSystemType>vmx-13</vssd:VirtualSystemType>`, with the oldest family "
      + "that has the machine's devices, to the System.",
    triggering: [
      Example(
        replacing: "        <vssd:VirtualSystemType>vmx-13</vssd:VirtualSystemType>\n", with: ""),
      Example(replacing: ">vmx-13<", with: "><"),
      Example(
        .folder,
        edits: [
          Example.Edit(old: "<System>", new: "<!--"), Example.Edit(old: "</System>", new: "-->"),
        ], [], caption: "no System at all", documented: false),
    ],
    passing: [.sound(.folder), Example(replacing: "vmx-13", with: "vmx-11", documented: false)]
  ) { checked, findings in
    guard checked.envelope.dialect != .oVirt else { return }
    for (machine, section) in checked.hardwareSections
    where machine.hardwareSections.allSatisfy(\.families.isEmpty) {
      let field = section.system?.field("VirtualSystemType")
      findings.add(
        "the hardware of \(machine.title) has "
          + (field == nil ? "no VirtualSystemType" : "an empty VirtualSystemType"),
        at: field?.place ?? section.system?.place ?? section.place,
        expected: "a family such as vmx-13",
        found: field?.text)
    }
  }
}
