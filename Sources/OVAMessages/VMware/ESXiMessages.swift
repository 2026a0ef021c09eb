extension MessageSource {
  /// ESXi host client and the host's upload service.
  static let esxi = MessageSource(
    id: "esxi", title: "ESXi host client and the host's upload service",
    messages: [
      ImporterMessage(
        "A required disk image was missing",
        means: """
          A file of the References was not given: a disk or the NVRAM file. The wizard may say it \
          before the disk is added.
          """,
        rules: ["file-missing", "nvram-dangling", "nvram-file-recent", "file-unreferenced"]),
      ImporterMessage(
        "Failed to find deviceUrl for file '…'",
        means: """
          The host offers no place to upload the NVRAM file to; it is older than the package.
          """,
        rules: ["nvram-file-recent"]),
      ImporterMessage(
        "Capacity of uploaded disk is larger than requested",
        means: "The descriptor declares a smaller capacity than the disk has.",
        rules: ["disk-capacity-too-small", "disk-capacity-is-file-size"]),
      ImporterMessage(
        "postNFCData failed",
        role: .frame,
        means: "It only introduces the cause; alone it means an upload that broke off.",
        rules: ["disk-capacity-too-small", "disk-not-vmdk"]),
      ImporterMessage(
        "Not a supported disk format (sparse VMDK version too old)",
        means: """
          The header of a streamed disk has version 1, as early releases of qemu-img wrote it.
          """,
        rules: ["disk-version-old"]),
      ImporterMessage(
        "invalid sparse VMDK header",
        also: ["Stream reader initialization failed"],
        means: """
          The uploaded file is not a sparse VMDK: a text descriptor, a raw image, a web page.
          """,
        rules: [
          "disk-not-vmdk", "disk-header-damaged", "disk-extent-missing", "disk-format-mismatch",
        ]),
      ImporterMessage(
        "Unsupported or invalid disk type … for '…'",
        also: [
          "Unsupported or invalid disk type 2", "Unsupported or invalid disk type 7",
          "Unsupported or invalid disk type 22",
        ],
        means: """
          A disk of Workstation, or a streamed disk, was attached without being converted, or its \
          file is of another kind than declared.
          """,
        rules: ["disk-format-mismatch", "disk-version-old", "disk-type-refused"]),
    ])
}
