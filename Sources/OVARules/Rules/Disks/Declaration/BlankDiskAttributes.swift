import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A disk without a file says how its file is made.
  static let blankDiskAttributes = Rule(
    id: "blank-disk-attributes",
    group: .disks,
    title: "A Disk without a file has what only a file has",
    severity: .info,
    basis: .practice("vCenter: ATTRIBUTE_ILLEGAL, an attribute that must not be there."),
    why: "A Disk without `ovf:fileRef` is blank: the importer makes it. There is no file whose "
      + "format could be named, and nothing in it is populated. Most importers pass over the "
      + "attributes; strict ones call them illegal.",
    fix: "Remove the attributes, or name the file that holds the disk's content.",
    triggering: [
      Example(
        .folder, edits: [.blankDisk(#" ovf:populatedSize="4096""#), .usesSecondDisk], []),
      Example(
        .folder,
        edits: [
          .blankDisk(
            #" ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html"#
              + #"#streamOptimized""#), .usesSecondDisk,
        ], []),
    ],
    passing: [
      .sound(.folder), Example(.folder, edits: [.blankDisk(), .usesSecondDisk], []),
      Example(
        .folder, edits: [.blankDisk(#" ovf:populatedSize="0""#), .usesSecondDisk], [],
        caption: "nothing of it is populated, which is so"),
    ]
  ) { checked, findings in
    // oVirt's variant writes the format of every disk; without References all disks seem blank.
    guard checked.envelope.dialect != .oVirt, !checked.envelope.references.isEmpty else { return }
    let faults = checked.envelope.disks.compactMap { disk -> (disk: Disk, names: [String])? in
      guard disk.fileReference?.text.isEmpty ?? true else { return nil }
      var names: [String] = []
      if disk.format?.text.isEmpty == false { names.append("ovf:format") }
      if let size = disk.populatedSize?.value, size > 0 { names.append("ovf:populatedSize") }
      return names.isEmpty ? nil : (disk, names)
    }
    guard let first = faults.first else { return }
    let names = ["ovf:format", "ovf:populatedSize"].filter { name in
      faults.contains { $0.names.contains { $0.isSame(name) } }
    }.joined(separator: " and ")
    findings.add(
      faults.count == 1
        ? "\(first.disk.title) has \(names) and no file"
        : "\(faults.count) disks have \(names) and no file",
      at: first.disk.place, found: names)
  }
}
