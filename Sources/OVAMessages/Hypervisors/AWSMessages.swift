extension MessageSource {
  /// AWS VM Import.
  static let aws = MessageSource(
    id: "aws", title: "AWS VM Import",
    messages: [
      ImporterMessage(
        "No valid partition. Not a valid volume",
        also: ["No valid partitions. Not a valid volume"],
        means: """
          No partition table was found: the disk is blank, compressed or of another format than \
          was said, such as a VMDK that was uploaded as raw.
          """,
        fix: "Name the disk's real format when importing.",
        rules: ["disk-not-vmdk", "disk-format-mismatch", "disk-blank"]),
      ImporterMessage(
        "Disk validation failed [Unsupported OVA format]",
        also: ["Unsupported OVA format"],
        means: """
          The archive could not be read. It was also seen where the service's role may not use the \
          key that the bucket is encrypted with.
          """,
        fix: "Check the package, then the permissions of the role vmimport on bucket and key.",
        rules: ["archive-not-tar", "descriptor-not-first", "member-truncated"]),
      ImporterMessage(
        """
        Disk validation failed [OVF file parsing error: OVA with chunked disk files is not \
        supported]
        """,
        also: ["OVA with chunked disk files is not supported"],
        means: "A disk is split into chunks.",
        fix: "Put the chunks together into one file and remove `ovf:chunkSize`.",
        conditions: ["aws-chunk"]),
      ImporterMessage(
        "Disk validation failed [Unsupported VMDK File Format]",
        also: ["Disk validation failed [Unsupported VHD File Format]"],
        means: "A disk is not a streamOptimized VMDK; what qemu-img writes was refused, too.",
        rules: ["disk-format-mismatch", "disk-not-vmdk"],
        conditions: ["aws-disk-format"]),
      ImporterMessage(
        "Uncompressed data has an invalid length",
        means: "A disk is damaged.",
        rules: ["disk-grain-damaged", "disk-truncated"]),
      ImporterMessage(
        "File uses unsupported compression algorithm 0",
        means: "A disk is not compressed.",
        rules: ["disk-format-mismatch"]),
      ImporterMessage(
        "Parameter disk-image-size=0 has an invalid format",
        means: "The disk's format is not supported.",
        rules: ["disk-not-vmdk", "disk-format-mismatch"]),
      ImporterMessage(
        "Footers not identical",
        means: "A disk in VHD form holds only the changes to another, or is damaged.",
        rules: ["image-damaged"]),
      ImporterMessage(
        "No bootable partition found",
        also: ["Unknown OS / Missing OS files", "Unsupported kernel version"],
        role: .elsewhere,
        means: "The disk was read; what is installed on it cannot be imported.",
        fix: """
          Check that the guest system is one that AWS imports and that its boot loader is on the \
          first disk.
          """),
    ])
}
