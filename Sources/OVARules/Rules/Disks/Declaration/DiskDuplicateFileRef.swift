import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// Two disks with one file.
  static let diskDuplicateFileReference = Rule(
    id: "disk-duplicate-fileref",
    group: .disks,
    title: "Two Disks have the same file",
    severity: .error,
    version: 2,
    basis: .practice("ovftool rejects it; packages with deployment options rely on it."),
    why: "Each disk is made from its file; that two are made from one is rarely meant, and "
      + "VMware's products refuse it. Where no configuration has both, it is an info.",
    fix: "Give each `Disk` a file of its own, or delete one `Disk` with its Item.",
    triggering: [
      Example(
        .folder,
        edits: [
          .secondDisk(
            #"ovf:diskId="disk2" ovf:fileRef="file1" ovf:capacity="67108864" "#
              + #"ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized""#
          ), .usesSecondDisk,
        ], [])
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    let envelope = checked.package.envelope
    var seen: [[UInt8]: Disk] = [:]
    for disk in envelope.disks {
      guard let reference = disk.fileReference, !reference.text.isEmpty else { continue }
      guard let first = seen[Array(reference.text.utf8)] else {
        seen[Array(reference.text.utf8)] = disk
        continue
      }
      let isShared = checked.disksByConfiguration.contains {
        $0.disks.contains(first.place) && $0.disks.contains(disk.place)
      }
      findings.add(
        "\(disk.title) has the file '\(reference.text)', as \(first.title) has",
        at: reference.place, found: reference.text,
        severity: isShared || envelope.deploymentOptions.isEmpty ? nil : .info)
    }
  }
}
