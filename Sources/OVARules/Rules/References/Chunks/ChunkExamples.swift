extension Example {
  /// A disk in three sound chunks, the last one shorter.
  static let soundChunks = Example(
    .folder, edits: [.inChunks, .rawFormat],
    [.remove("web-disk1.vmdk"), .chunk(0, 1024), .chunk(1, 1024), .chunk(2, 452)],
    documented: false)
}

extension Example.Edit {
  /// The disk is declared in chunks of 1,024 bytes.
  static let inChunks = Example.Edit(
    old: #"ovf:size="SIZE""#, new: #"ovf:size="2500" ovf:chunkSize="1024""#)

  /// The disk is no VMDK.
  static let rawFormat = Example.Edit(
    old: "http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized",
    new: "http://example.com/raw")
}

extension Example.Change {
  /// A chunk of the disk.
  static func chunk(_ number: Int, _ size: Int) -> Example.Change {
    .add("web-disk1.vmdk.00000000\(number)", .filled(with: 1, count: size))
  }
}
