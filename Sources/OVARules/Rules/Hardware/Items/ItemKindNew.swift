import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// Items of OVF 2 that few importers know.
  static let itemKindNew = Rule(
    id: "item-kind-new",
    group: .hardware,
    title: "Items are of a kind that few importers know",
    severity: .warning,
    basis: .practice("VMware's tools: unsupported element 'StorageItem'."),
    why: "StorageItem and EthernetPortItem came with OVF 2.0. VMware's products and many others "
      + "read Item only, and refuse the package.",
    fix: "Export the machine as OVF 1.0.",
    triggering: [
      Example(
        .folder,
        edits: [
          Example.Edit(
            old: "    </VirtualHardwareSection>",
            new: "      <StorageItem>\n        <rasd:ElementName>Disk</rasd:ElementName>\n"
              + "        <rasd:InstanceID>9</rasd:InstanceID>\n"
              + "        <rasd:ResourceType>32</rasd:ResourceType>\n      </StorageItem>\n"
              + "    </VirtualHardwareSection>")
        ], [])
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    for (item, count) in checked.items.filter({ $0.kind != .item }).counted(by: \.kind.rawValue) {
      findings.add(
        "the machine has a \(item.kind.rawValue)\(times(count))", at: item.place,
        expected: "Item", found: item.kind.rawValue)
    }
  }
}
