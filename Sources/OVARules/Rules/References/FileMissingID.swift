import OVAPackage
import OVFDescriptor

extension Rule {
  /// A `File` without an id.
  static let fileMissingID = Rule(
    id: "file-missing-id",
    group: .references,
    title: "A File has no id",
    severity: .error,
    basis: .clause("DSP0243 7.1"),
    why: "Disks and others mean a file by its id; one without can be used by nothing, and the "
      + "schema demands it.",
    fix: "Give the `File` an `ovf:id` that no other has: the one that its `Disk` names as "
      + "`ovf:fileRef`.",
    triggering: [
      Example(replacing: #"<File ovf:id="file1" "#, with: "<File "),
      Example(
        replacing: #"<File ovf:id="file1" "#, with: #"<File ovf:id="" "#, documented: false),
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    for file in checked.package.envelope.files where file.id?.text.isEmpty ?? true {
      findings.add(
        "the File '\(file.href?.text ?? "")' has no id", at: file.place, expected: "ovf:id")
    }
  }
}
