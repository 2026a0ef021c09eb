extension Rule {
  /// Something follows the disk.
  static let diskTrailingData = Rule(
    id: "disk-trailing-data",
    group: .disks,
    title: "Something follows the end of a disk",
    severity: .error,
    version: 2,
    basis: .practice("Nothing but zeros follows the last sector of a disk that was written whole."),
    why: "Bytes that belong to nothing: two files were joined, the disk was written over a longer "
      + "one, or the file was filled up with zeros. Readers of the stream stop or fail there, those "
      + "that look for the footer at the end of the file do not find it, and digests differ.",
    fix: "Convert the disk again, or cut the file at the end of the disk and recreate the manifest "
      + "(`ova manifest`); `ova fix` cuts off zeros.",
    triggering: [
      Example(
        .ova, replacing: #" ovf:size="SIZE""#, with: "",
        .content("web-disk1.vmdk", .shapedDisk(.qemuStream)),
        .content("web-disk1.vmdk", .followed(by: [UInt8](repeating: 7, count: 512)))),
      Example(
        .ova, replacing: #" ovf:size="SIZE""#, with: "",
        .content("web-disk1.vmdk", .followed(by: [UInt8](repeating: 0, count: 8192))),
        caption: "zeros"),
    ],
    passing: [.sound(.ova)]
  ) { checked, findings in
    for seen in checked.seenDisks { findings.add(seen, .trailingData) }
  }
}
