import OVABasics
import OVAPackage
import OVFDescriptor
import VirtualDisks

extension Rule {
  /// The end of a disk is not there.
  static let diskTruncated = Rule(
    id: "disk-truncated",
    group: .disks,
    title: "A disk is cut short",
    severity: .error,
    version: 2,
    basis: .practice("The commonest failure in the field: VERR_ZIP_CORRUPTED, 'unexpected EOF'."),
    why: "The disk's own structure leads past the end of its file: a copy or download stopped "
      + "early. The import fails late, or the machine lacks part of its data.",
    fix: "Fetch the disk again and compare its size and digest with the publisher's.",
    triggering: [
      Example(.ova, .content("web-disk1.vmdk", .shortened(by: 512))),
      Example(.ova, .content("web-disk1.vmdk", .shortened(by: 3000))),
      Example(
        .folder, edits: [.sparseFormat, .withoutSize],
        [
          .content("web-disk1.vmdk", .shapedDisk(.monolithicSparse)),
          .content("web-disk1.vmdk", .shortened(by: 70_000)),
        ], documented: false),
      Example(
        .folder, edits: [.flatFormat, .withoutSize],
        [
          .content("web-disk1.vmdk", .shapedDisk(.textDescriptor)),
          .add("web-disk1-flat.vmdk", .bytes([UInt8](repeating: 0, count: 4096))),
        ], caption: "a flat extent shorter than its descriptor says"),
    ],
    passing: [.sound(.ova), Example(.ova, .archive(.shortened(by: 2000)), documented: false)]
  ) { checked, findings in
    for seen in checked.seenDisks {
      guard let first = seen.diagnostics(of: .truncation).first else { continue }
      let declared = seen.disk.reference.reference.size?.value
      let real = seen.disk.reference.storedSize
      findings.add(
        "'\(seen.name)': \(first.text)", at: first.place,
        expected: declared == real ? nil : declared.map { "\($0) bytes" },
        found: declared == real ? nil : real.map { "\($0) bytes" })
    }
  }
}
