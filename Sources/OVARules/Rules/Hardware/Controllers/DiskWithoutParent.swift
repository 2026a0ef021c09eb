import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A disk item hangs on no controller.
  static let diskWithoutParent = Rule(
    id: "disk-without-parent",
    group: .hardware,
    title: "A disk hangs on no controller",
    severity: .error,
    version: 2,
    basis: .practice(
      "VirtualBox: \"disk item with instance ID '9' specifies invalid parent ''\"; COT: \"no parent "
        + "controller for device\"."),
    why: "Parent says on which controller a disk hangs. Where it is missing or empty importers "
      + "cannot attach the disk and refuse the machine, or choose a controller on which the guest "
      + "does not find its boot disk.",
    fix: "Add `<rasd:Parent>` with the instance id of a controller.",
    triggering: [
      Example(
        .folder,
        edits: [
          Example.Edit(old: "        <rasd:AddressOnParent>0</rasd:AddressOnParent>\n", new: ""),
          Example.Edit(old: "        <rasd:Parent>3</rasd:Parent>\n", new: ""),
        ], []),
      Example(
        replacing: "<rasd:Parent>3</rasd:Parent>", with: "<rasd:Parent></rasd:Parent>"),
      Example(
        replacing: "<rasd:Parent>3</rasd:Parent>", with: "<rasd:Parent> </rasd:Parent>",
        documented: false),
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder,
        edits: [
          .init(old: "<rasd:Parent>3</rasd:Parent>", new: "<rasd:Parent>30</rasd:Parent>"),
          .init(
            old: "<rasd:InstanceID>3</rasd:InstanceID>",
            new: "<rasd:InstanceID>30</rasd:InstanceID>"),
        ], [], documented: false),
    ]
  ) { checked, findings in
    // oVirt's variant has no controllers.
    guard checked.envelope.dialect != .oVirt else { return }
    for (_, hardware) in checked.hardware {
      for disk in hardware.disks where disk.parentID == nil {
        let parent = disk.item.parent
        findings.add(
          "\(disk.item.title) has \(parent == nil ? "no Parent" : "an empty Parent")",
          at: parent?.place ?? disk.item.place, expected: "the id of a controller",
          found: parent?.text,
          // XenServer's disks hang on no controller, and its importers do not ask for one.
          severity: hardware.section.isXenOnly ? .warning : nil)
      }
    }
  }
}

extension HardwareSection {
  /// True if all families are Xen's.
  fileprivate var isXenOnly: Bool {
    !families.isEmpty
      && families.allSatisfy {
        $0.lowercased().hasPrefix("xen") || $0.lowercased().hasPrefix("hvm")
      }
  }
}
