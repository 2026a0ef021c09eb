import OVAPackage
import OVFDescriptor

extension Rule {
  /// A `parentRef` to no `Disk`.
  static let diskDanglingParent = Rule(
    id: "disk-dangling-parentref",
    group: .disks,
    title: "A Disk's parent is not in the package",
    severity: .error,
    basis: .clause("DSP0243 9.1"),
    why:
      "The disk holds only the changes to its parent; without it most of the content is missing.",
    fix: "Add the parent, or consolidate the snapshots and export again; if the disk's own file "
      + "holds everything, delete `ovf:parentRef`.",
    triggering: [
      Example(replacing: #"ovf:diskId="disk1""#, with: #"ovf:diskId="disk1" ovf:parentRef="base""#)
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder,
        edits: [.blankDisk(#" ovf:parentRef="disk1""#), .usesSecondDisk], []),
    ]
  ) { checked, findings in
    for disk in checked.package.envelope.disks {
      guard let parent = disk.parentReference, !parent.text.isEmpty,
        checked.package.envelope.disk(id: parent.text) == nil
      else { continue }
      findings.add(
        "\(disk.title) has the parent '\(parent.text)', which there is not", at: parent.place,
        expected: "the id of a Disk", found: parent.text)
    }
  }
}
