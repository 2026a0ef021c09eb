import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// The System element lacks what the schema demands.
  static let systemChildMissing = Rule(
    id: "system-child-missing",
    group: .hardware,
    title: "The System element lacks its name or instance id",
    severity: .info,
    version: 2,
    basis: .clause("DSP0243 8.1 and CIM_VirtualSystemSettingData"),
    why: "ElementName and InstanceID are mandatory in the schema. Importers take a System without "
      + "them, since nothing is read from them; validators refuse it.",
    fix: "Add `<vssd:ElementName>Virtual Hardware Family</vssd:ElementName>` and "
      + "`<vssd:InstanceID>0</vssd:InstanceID>`.",
    triggering: [
      Example(replacing: "        <vssd:InstanceID>0</vssd:InstanceID>\n", with: ""),
      Example(
        replacing: "vssd:InstanceID>0</vssd:InstanceID", with: "vssd:InstanceId>0</vssd:InstanceId"),
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder,
        edits: [
          Example.Edit(old: "<System>", new: "<!--"), Example.Edit(old: "</System>", new: "-->"),
        ], [], caption: "there need not be a System"),
    ]
  ) { checked, findings in
    // VMware's early version and oVirt's variant do without both.
    guard checked.envelope.dialect == .ovf1 || checked.envelope.dialect == .ovf2 else { return }
    for (machine, section) in checked.hardwareSections {
      guard let system = section.system else { continue }
      let hasOldID = system.field("InstanceId") != nil
      let hasID = system.field("InstanceID") != nil || hasOldID
      let hasName = system.field("ElementName") != nil
      let missing = [hasName ? nil : "ElementName", hasID ? nil : "InstanceID"].compactMap(\.self)
      if !missing.isEmpty {
        findings.add(
          "the System of \(machine.title) has no \(missing.joined(separator: " and no "))",
          at: system.place)
      }
      if hasOldID, system.field("InstanceID") == nil {
        findings.add(
          "the System of \(machine.title) writes InstanceId for InstanceID", at: system.place,
          expected: "InstanceID", found: "InstanceId",
          fix: "Write `<vssd:InstanceID>` instead of `<vssd:InstanceId>`.")
      }
    }
  }
}
