extension Rule {
  /// Something follows the disk.
  static let diskTrailingData = Rule(
    id: "disk-trailing-data",
    group: .disks,
    title: "Something follows the end of a disk",
    severity: .error,
    basis: .practice("Nothing but zeros follows the last sector of a disk that was written whole."),
    why: "Bytes that belong to nothing: two files were joined, or the disk was written over a "
      + "longer one. Readers of the stream stop or fail there, and their digests differ.",
    fix: "Convert the disk anew, or cut the file at the end of the disk.",
    triggering: [
      Example(
        .ova, replacing: #" ovf:size="SIZE""#, with: "",
        .content("web-disk1.vmdk", .shapedDisk(.qemuStream)),
        .content("web-disk1.vmdk", .followed(by: [UInt8](repeating: 7, count: 512))))
    ],
    passing: [.sound(.ova)]
  ) { checked, findings in
    for seen in checked.seenDisks { findings.add(seen, .trailingData) }
  }
}
