import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A disk item hangs on no controller.
  static let diskWithoutParent = Rule(
    id: "disk-without-parent",
    group: .hardware,
    title: "A disk hangs on no controller",
    severity: .warning,
    basis: .clause("DSP0243 8.3"),
    why: "Without Parent the importer chooses a controller, or refuses; the guest may not find its "
      + "boot disk there.",
    fix: "Add `<rasd:Parent>` with the instance id of a controller.",
    triggering: [
      Example(
        .folder,
        edits: [
          Example.Edit(old: "        <rasd:AddressOnParent>0</rasd:AddressOnParent>\n", new: ""),
          Example.Edit(old: "        <rasd:Parent>3</rasd:Parent>\n", new: ""),
        ], [])
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    // oVirt's variant has no controllers.
    guard checked.envelope.dialect != .oVirt else { return }
    for (_, hardware) in checked.hardware {
      for disk in hardware.disks where disk.parentID == nil {
        findings.add("\(disk.item.title) has no Parent", at: disk.item.place)
      }
    }
  }
}
