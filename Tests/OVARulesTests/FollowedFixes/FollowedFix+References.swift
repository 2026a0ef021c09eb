import OVARules

extension FollowedFix {
  /// The References and the files that they name.
  static let references: [FollowedFix] = [
    Self("file-missing", .add("web-disk1.vmdk", disk)),
    Self("file-missing", .delete(file), .delete(diskElement), .delete(diskItem)),
    Self(
      "file-missing", example: 3, .replace(#"href="web-disk1.vmdk""#, #"href="Web-Disk1.vmdk""#)),
    Self("file-not-a-file", .remove("web-disk1.vmdk"), .add("web-disk1.vmdk", disk)),
    Self("file-not-a-file", example: 2, .remove("web-disk1.vmdk"), .add("web-disk1.vmdk", disk)),
    Self(
      "file-unreadable",
      .replace("href=\"" + String(repeating: "a", count: 300) + ".vmdk", "href=\"web-disk1.vmdk")),
    Self("file-remote", .replace("https://example.com/web-disk1.vmdk", "web-disk1.vmdk")),
    Self("file-bad-size", .replace("{vmdk_size}", "SIZE")),
    Self("file-bad-size", example: 2, .replace(#"ovf:size="-2""#, #"ovf:size="SIZE""#)),
    Self("file-size-missing", .insert(#" ovf:size="SIZE""#, after: #"href="web-disk1.vmdk""#)),
    Self("file-missing-id", .insert(#" ovf:id="file1""#, after: "<File")),
    Self("file-missing-href", .insert(#" ovf:href="web-disk1.vmdk""#, after: #"ovf:id="file1""#)),
    Self(
      "file-duplicate-id",
      .replace(#"ovf:id="file1" ovf:href="b.txt""#, #"ovf:id="file2" ovf:href="b.txt""#)),
    Self("file-duplicate-href", .delete(#"<File ovf:id="file2" ovf:href="web-disk1.vmdk"/>"#)),
    Self(
      "file-unreferenced", .delete(#"<File ovf:id="file2" ovf:href="notes.txt"/>"#),
      .remove("notes.txt")),
    Self("href-unsafe", .replace("../../etc/passwd", "web-disk1.vmdk")),
    Self("href-unsafe", example: 4, .replace(#"C:\web-disk1.vmdk"#, "web-disk1.vmdk")),
    Self("href-not-uri", .replace("web disk1.vmdk", "web%20disk1.vmdk")),
    Self(
      "href-in-folder", .replace("disks/web-disk1.vmdk", "web-disk1.vmdk"),
      .rename("disks/web-disk1.vmdk", to: "web-disk1.vmdk"), .manifest),
    Self("chunk-missing", .add("web-disk1.vmdk.000000001", .filled(with: 1, count: 1024))),
    Self("chunk-unexpected", .remove("web-disk1.vmdk.000000003"), .manifest),
    Self(
      "chunk-size-mismatch", .content("web-disk1.vmdk.000000001", .filled(with: 1, count: 1024))),
    Self("chunk-size-invalid", .delete(#" ovf:chunkSize="0""#)),
    Self("chunk-size-invalid", example: 2, .delete(#" ovf:chunkSize="-1""#)),
    Self(
      "chunks-undeclared",
      .replace(#"href="web-disk1.vmdk""#, #"href="web-disk1.vmdk.000000000""#)),
    Self("file-not-chunked", .delete(#" ovf:chunkSize="1024""#)),
    Self("compression-unknown", .delete(#" ovf:compression="zstd""#)),
    Self("gzip-missing", .delete(#" ovf:compression="gzip""#)),
    Self("gzip-undeclared", .insert(#" ovf:compression="gzip""#, after: #"href="web-disk1.vmdk""#)),
    Self("gzip-trailing-data", .content("web-disk1.vmdk", .shortened(by: 4))),
    Self("gzip-too-large", .replace(#"ovf:capacity="1""#, #"ovf:capacity="20""#)),
  ]

  /// The item of the machine's disk.
  static let diskItem = item([
    "AddressOnParent": "0", "ElementName": "Hard disk 1", "HostResource": "ovf:/disk/disk1",
    "InstanceID": "4", "Parent": "3", "ResourceType": "17",
  ])
}
