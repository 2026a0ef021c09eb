extension MessageSource {
  /// qemu-img.
  static let qemuImage = MessageSource(
    id: "qemu-img", title: "qemu-img",
    messages: [
      ImporterMessage(
        "invalid VMDK image descriptor",
        means: """
          The file is not a VMDK: the data of a raw disk, a web page, a text without a type.
          """,
        rules: ["disk-not-vmdk", "disk-descriptor-malformed", "disk-extent-missing"]),
      ImporterMessage(
        "Image not in VMDK format",
        means: "A disk's data is in no VMDK file.",
        rules: ["disk-not-vmdk", "disk-extent-missing"]),
      ImporterMessage(
        "Invalid footer",
        also: ["Failed to read footer"],
        means: "The end of a streamed disk is damaged, or data follows it.",
        rules: ["disk-footer-damaged", "disk-truncated", "disk-trailing-data"]),
      ImporterMessage(
        "File truncated, expecting at least … bytes",
        also: ["File is too small, not a valid image"],
        means: "A disk is cut short.",
        rules: ["disk-truncated"]),
      ImporterMessage(
        "Unsupported VMDK version …",
        also: ["L2 table size too big", "L1 entry size is invalid", "L1 size too big"],
        means: "A disk's header is damaged.",
        rules: ["disk-header-damaged"]),
      ImporterMessage(
        "VMDK version 3 must be read only",
        role: .elsewhere,
        means: "QEMU does not write streamed disks; that is no fault of the disk.",
        fix: "Convert the disk with `qemu-img convert` first, or open it read-only."),
      ImporterMessage(
        "Unsupported image type '…'",
        also: ["Unsupported extent type '…'"],
        means: "A disk is of a type that qemu does not open.",
        rules: ["disk-format-mismatch", "disk-parent-undeclared", "disk-type-refused"]),
      ImporterMessage(
        "Invalid extent line: …",
        also: ["Cannot use relative extent paths with VMDK descriptor file"],
        means: "The text that describes a disk is malformed, or its data lies in another file.",
        rules: ["disk-descriptor-malformed", "disk-extent-unlisted", "disk-extent-outside"]),
    ])
}
