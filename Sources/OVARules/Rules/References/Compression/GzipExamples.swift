extension Example {
  /// The disk compressed, and declared so.
  static let soundGzip = Example(
    .ova, edits: [.gzipDeclared], [.content("web-disk1.vmdk", .gzipped)], documented: false)
}

extension Example.Edit {
  /// The disk is declared compressed.
  static let gzipDeclared = Example.Edit(
    old: #"ovf:size="SIZE""#, new: #"ovf:compression="gzip""#)
}
