import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A disk item names no disk.
  static let diskWithoutBacking = Rule(
    id: "disk-without-backing",
    group: .hardware,
    title: "A disk item names no disk",
    severity: .warning,
    basis: .clause("DSP0243 8.3"),
    why: "Without HostResource nobody can tell how large the disk is or what it holds. Importers "
      + "refuse it or leave it out.",
    fix: "Add `<rasd:HostResource>ovf:/disk/…</rasd:HostResource>`, or delete the item.",
    triggering: [
      Example(
        item: [
          "AddressOnParent": "1", "ElementName": "Hard disk 2", "InstanceID": "9", "Parent": "3",
          "ResourceType": "17",
        ])
    ],
    passing: [
      .sound(.folder),
      Example(
        item: [
          "AddressOnParent": "1", "AllocationUnits": "byte * 2^20", "ElementName": "Hard disk 2",
          "InstanceID": "9", "Parent": "3", "ResourceType": "17", "VirtualQuantity": "1024",
        ], caption: "the item itself gives the size of a blank disk"),
    ]
  ) { checked, findings in
    for (_, hardware) in checked.hardware {
      for disk in hardware.disks
      where disk.item.hostResources.isEmpty && disk.item.virtualQuantity == nil {
        findings.add("\(disk.item.title) names no disk", at: disk.item.place)
      }
    }
  }
}
