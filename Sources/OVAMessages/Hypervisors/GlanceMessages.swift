extension MessageSource {
  /// OpenStack Glance.
  static let glance = MessageSource(
    id: "glance", title: "OpenStack Glance",
    messages: [
      ImporterMessage(
        "Could not find OVF file in OVA archive file",
        means: "No member of the archive has a name that ends in .ovf in lower case.",
        rules: ["upper-case-extension", "descriptor-missing"],
        conditions: ["glance-ovf-case"]),
      ImporterMessage(
        "Currently, OVA packages containing multiple disk are not supported",
        means: "The package has more than one disk.",
        fix: "Import each disk as an image of its own.",
        conditions: ["glance-one-disk"]),
      ImporterMessage(
        "Invalid VMDK create-type specified",
        means: "A disk is neither a streamOptimized nor a monolithicSparse VMDK.",
        rules: ["disk-format-mismatch", "disk-extent-missing"],
        conditions: ["glance-vmdk-type"]),
      ImporterMessage(
        "Image disk_format … does not match stream data …",
        means: """
          The format that was told of the image is not the file's: an archive was uploaded as a \
          disk, for example.
          """,
        rules: ["disk-not-vmdk"]),
    ])
}
