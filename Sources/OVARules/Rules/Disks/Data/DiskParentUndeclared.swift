import OVAPackage
import OVFDescriptor

extension Rule {
  /// A difference without what it differs from.
  static let diskParentUndeclared = Rule(
    id: "disk-parent-undeclared",
    group: .disks,
    title: "A disk holds only the changes to another",
    severity: .error,
    version: 2,
    basis: .clause("DSP0243 9.1"),
    why: "The file was exported from a snapshot or a linked clone. Without its parent, which the "
      + "descriptor does not name, most of the disk is missing.",
    fix: "Consolidate the machine's snapshots and export it again.",
    triggering: [
      Example(
        .ova, edits: [.withoutSize], [.content("web-disk1.vmdk", .shapedDisk(.withParent))])
    ],
    passing: [.sound(.ova)]
  ) { checked, findings in
    for seen in checked.seenDisks where seen.disk.disk.parentReference == nil {
      findings.add(seen, .parent)
    }
  }
}
