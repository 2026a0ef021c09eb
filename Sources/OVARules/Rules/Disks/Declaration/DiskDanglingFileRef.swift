import OVAPackage
import OVFDescriptor

extension Rule {
  /// A `fileRef` to no `File`.
  static let diskDanglingFileReference = Rule(
    id: "disk-dangling-fileref",
    group: .disks,
    title: "A Disk refers to a File that there is not",
    severity: .error,
    basis: .clause("DSP0243 9.1"),
    why: "The disk's content cannot be found; importers refuse the package or make a blank disk.",
    fix: "List the file in the References, or correct `ovf:fileRef`.",
    triggering: [
      Example(replacing: #"ovf:fileRef="file1""#, with: #"ovf:fileRef="file9""#),
      Example(
        replacing: #"ovf:fileRef="file1""#, with: #"ovf:fileRef="File1""#,
        caption: "the letters' case counts"),
    ],
    passing: [.sound(.folder), Example(.folder, edits: [.blankDisk(), .usesSecondDisk], [])]
  ) { checked, findings in
    let envelope = checked.package.envelope
    for disk in envelope.disks {
      guard let reference = disk.fileReference, !reference.text.isEmpty,
        envelope.file(of: disk) == nil
      else { continue }
      let likeness = NameLikeness(reference.text, among: envelope.files.compactMap { $0.id?.text })
      findings.add(
        "\(disk.title) refers to the File '\(reference.text)', which there is not",
        at: reference.place, expected: likeness?.name ?? "the id of a File", found: reference.text,
        fix: likeness?.fix)
    }
  }
}
