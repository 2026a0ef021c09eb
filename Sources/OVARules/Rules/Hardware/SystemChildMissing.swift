import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// The System element lacks what the schema demands.
  static let systemChildMissing = Rule(
    id: "system-child-missing",
    group: .hardware,
    title: "The System element lacks its name or instance id",
    severity: .warning,
    basis: .clause("DSP0243 8.1 and CIM_VirtualSystemSettingData"),
    why: "ElementName and InstanceID are mandatory in the schema. Nothing is read from them, but "
      + "validating importers refuse.",
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
      let hasID = system.field("InstanceID") != nil
      let hasName = system.field("ElementName") != nil
      let missing = [hasName ? nil : "ElementName", hasID ? nil : "InstanceID"].compactMap(\.self)
      guard !missing.isEmpty else { continue }
      let spelledOld = missing == ["InstanceID"] && system.field("InstanceId") != nil
      findings.add(
        spelledOld
          ? "the System of \(machine.title) writes InstanceId for InstanceID"
          : "the System of \(machine.title) has no \(missing.joined(separator: " and no "))",
        at: system.place, found: system.field("InstanceId").map { _ in "InstanceId" },
        severity: spelledOld ? .info : nil)
    }
  }
}
