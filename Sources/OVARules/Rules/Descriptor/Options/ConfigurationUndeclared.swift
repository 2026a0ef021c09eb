import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// A configuration is named that no deployment option has.
  static let configurationUndeclared = Rule(
    id: "configuration-undeclared",
    group: .descriptor,
    title: "A configuration is named that is not declared",
    severity: .error,
    basis: .clause("DSP0243 9.8"),
    why: "An item or property with a configuration counts only when that option is chosen. Nobody "
      + "can choose one that is not declared: the device is never made, or the importer refuses.",
    fix: "Declare the option in the DeploymentOptionSection, or correct the attribute.",
    triggering: [
      Example(
        item: "ovf:configuration=\"large\"",
        ["ElementName": "More memory", "InstanceID": "2", "ResourceType": "4"],
        caption: "there are no options at all"),
      Example(
        .folder,
        edits: [
          Example.Edit(
            old: "  <VirtualSystem ", new: Example.options("small") + "  <VirtualSystem "),
          Example.Edit(
            old: "<Label>Host name</Label>",
            new: "<Label>Host name</Label>"
              + "<Value ovf:value=\"web2\" ovf:configuration=\"tiny\"/>"),
        ], [], caption: "a property's value"),
      Example(
        .folder,
        edits: [
          Example.Edit(
            old: "  <VirtualSystem ", new: Example.options("small", "large") + "  <VirtualSystem "),
          Example.Edit(
            old: "<Label>Host name</Label>",
            new: "<Label>Host name</Label>"
              + "<Value ovf:value=\"web2\" ovf:configuration=\"small,large\"/>"),
        ], [], caption: "commas between configurations"),
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder,
        edits: [
          Example.Edit(
            old: "  <VirtualSystem ",
            new: Example.options("small", "large") + "  <VirtualSystem "),
          Example.Edit(
            old: "    </VirtualHardwareSection>",
            new: Example.item(
              "ovf:configuration=\"large\"",
              [
                "AllocationUnits": "byte * 2^20", "ElementName": "More memory", "InstanceID": "2",
                "ResourceType": "4", "VirtualQuantity": "4096",
              ]) + "    </VirtualHardwareSection>"),
        ], []),
    ]
  ) { checked, findings in
    var lists = checked.items.compactMap(\.configurations)
    for section in checked.envelope.allSections {
      guard case .resourceAllocation(let items) = section.body else { continue }
      lists += items.compactMap(\.configurations)
    }
    lists += checked.envelope.scaleOuts.flatMap(\.scaleOut.counts).compactMap(\.configurations)
    for property in checked.properties {
      if let configurations = property.configurations { lists.append(configurations) }
      lists += property.values.compactMap(\.configurations)
    }
    guard !lists.isEmpty else { return }
    let declared = checked.optionIDs
    let unknown = lists.flatMap { list in
      (list.value ?? []).filter { !declared.contains(ExactName($0)) }.map { (id: $0, list.place) }
    }
    let options = checked.envelope.deploymentOptions.compactMap(\.id?.text)
    for (use, count) in unknown.counted(by: \.id) {
      findings.add(
        "the configuration '\(use.id)' is named\(times(count)) and not declared", at: use.1,
        expected: options.isEmpty
          ? "no configuration, as there are no deployment options"
          : options.joined(separator: ", "), found: use.id, fix: fix(use.id, declared: options))
    }
  }
  /// The fix for a name that is almost an option's, or for several options' names in one.
  private static func fix(_ id: String, declared options: [String]) -> String? {
    let parts = id.split { $0 == "," || $0 == ";" }.map { String($0).trimmingBlanks }
    if parts.count > 1, parts.allSatisfy({ part in options.contains { $0.isExactly(part) } }) {
      return "Separate the configurations by blanks: `\(parts.joined(separator: " "))`."
    }
    return NameLikeness(id, among: options)?.fix
  }
}
