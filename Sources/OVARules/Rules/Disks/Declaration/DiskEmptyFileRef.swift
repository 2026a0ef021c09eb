import OVAPackage
import OVFDescriptor

extension Rule {
  /// An empty `fileRef`.
  static let diskEmptyFileReference = Rule(
    id: "disk-empty-fileref",
    group: .disks,
    title: "A Disk's reference to a file is empty",
    severity: .warning,
    basis: .practice("VMware's own appliances have it; products take the disk for blank."),
    why: "A blank disk has no `ovf:fileRef`. An empty one is read as blank by some and as a "
      + "dangling reference by others.",
    fix: "Remove the attribute for a blank disk, or name the file.",
    triggering: [
      Example(
        .folder,
        edits: [.blankDisk(#" ovf:fileRef="""#), .usesSecondDisk], [])
    ],
    passing: [.sound(.folder), Example(.folder, edits: [.blankDisk(), .usesSecondDisk], [])]
  ) { checked, findings in
    for disk in checked.package.envelope.disks {
      guard let reference = disk.fileReference, reference.text.isEmpty else { continue }
      findings.add("\(disk.title) has an empty fileRef", at: reference.place)
    }
  }
}
