import OVAPackage
import OVFDescriptor

extension Rule {
  /// A disk with content and no format.
  static let diskMissingFormat = Rule(
    id: "disk-missing-format",
    group: .disks,
    title: "A Disk does not say its format",
    severity: .error,
    basis: .clause("DSP0243 9.1"),
    why: "Importers choose how to read the file by `ovf:format`; without it they refuse the disk.",
    fix: "Add `ovf:format`, for a VMDK `http://www.vmware.com/interfaces/specifications/"
      + "vmdk.html#streamOptimized`.",
    triggering: [
      Example(
        replacing:
          #" ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized""#,
        with: "")
    ],
    passing: [.sound(.folder), Example(.folder, edits: [.blankDisk(), .usesSecondDisk], [])]
  ) { checked, findings in
    let envelope = checked.package.envelope
    for disk in envelope.disks where disk.format?.text.isEmpty ?? true {
      guard let reference = disk.fileReference?.text, !reference.isEmpty else { continue }
      findings.add("\(disk.title) has a file and no format", at: disk.place, expected: "ovf:format")
    }
  }
}
