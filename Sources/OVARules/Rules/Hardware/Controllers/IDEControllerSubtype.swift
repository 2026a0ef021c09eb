import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// An IDE controller has a subtype that VMware refuses.
  static let ideControllerSubtype = Rule(
    id: "ide-controller-subtype",
    group: .hardware,
    title: "An IDE controller names VirtualBox's chip",
    severity: .warning,
    basis: .practice("vSphere: value 'PIIX4' of ResourceSubType not found in []."),
    why: "VMware's products know no subtype of an IDE controller and refuse PIIX3, PIIX4 and ICH6, "
      + "which VirtualBox writes.",
    fix: "Delete the ResourceSubType of the controller.",
    triggering: [
      Example(
        item: [
          "Address": "0", "ElementName": "ideController0", "InstanceID": "9",
          "ResourceSubType": "PIIX4", "ResourceType": "5",
        ])
    ],
    passing: [
      .sound(.folder),
      Example(
        item: ["Address": "0", "ElementName": "IDE 0", "InstanceID": "9", "ResourceType": "5"]),
    ]
  ) { checked, findings in
    for (_, section) in checked.hardwareSections {
      for item in section.items where item.resourceType?.value == 5 {
        guard let subtype = item.resourceSubType,
          ["piix3", "piix4", "ich6"].contains(subtype.text.lowercased())
        else { continue }
        // A package of VirtualBox's own family makes no claim on VMware.
        findings.add(
          "\(item.title) is of the subtype '\(subtype.text)'", at: subtype.place,
          found: subtype.text, severity: section.isVirtualBoxOnly ? .info : nil)
      }
    }
  }
}
