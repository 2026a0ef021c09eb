extension MessageSource {
  /// The messages about machines and their disks, and those of any failure.
  static let virtualBoxOnMachines: [ImporterMessage] = [
    ImporterMessage(
      "Unsupported format for virtual disk image … in OVF: \"…\"",
      also: ["Could not find a valid medium format for the source disk '…'"],
      means: "A disk's format URI is unknown, and its extension does not help either.",
      rules: ["disk-unknown-format", "disk-format-mismatch"],
      conditions: ["vb-format"]),
    ImporterMessage(
      "Unsupported medium format for disk image '…'",
      also: ["The target disk '…' has no extension"],
      means: "A disk's href has no extension or one that no disk has.",
      rules: ["disk-unknown-format"],
      conditions: ["vb-format", "vb-gzip-suffix"]),
    ImporterMessage(
      """
      Cannot find storage controller with OVF instance ID "…" to which medium "…" should be \
      attached
      """,
      also: [
        "was configured with more than one SATA controller however VirtualBox supports a maximum of one",
        "was configured with more than one SCSI controller however VirtualBox supports a maximum of one",
        "was configured with more than one VirtioSCSI controller however VirtualBox supports a maximum of one",
        "was configured with more than one NVMe controller however VirtualBox supports a maximum of one",
      ],
      means: """
        The machine has a second controller of a kind of which VirtualBox makes only one, and \
        the second has a disk.
        """,
      fix: "Put all disks on the first controller of the kind.",
      conditions: ["vb-controllers"]),
    ImporterMessage(
      "was configured with … CPUs however VirtualBox supports a maximum of … CPUs",
      means: "The machine has more processors than VirtualBox gives; it gets the most there are.",
      fix: "Lower the number of processors if the machine is for VirtualBox."),
    ImporterMessage(
      "was configured with … MB of memory (RAM) however VirtualBox supports a minimum of",
      means:
        "The memory is below 4 MiB, or more than VirtualBox gives; mostly its unit is wrong.",
      rules: ["memory-uneven", "memory-units-missing", "unit-mismatch", "unit-nonstandard"]),
    ImporterMessage(
      "was configured with … network adapters however VirtualBox supports a maximum of",
      means: "The machine has more adapters than VirtualBox gives; the rest is left out.",
      fix: "Remove adapters if the machine is for VirtualBox."),
    ImporterMessage(
      """
      was configured with serial port(s) with "raw file" mode. This setting will not be imported
      """,
      also: [
        "was configured with machine shared folder(s) This setting will not be imported",
        "was configured with a custom NVRAM file path. This setting will not be imported",
      ],
      means: "The setting names a file or folder of the author's computer, and is left out.",
      fix: "Nothing is to be done if the machine starts.", rules: ["nvram-path-absolute"]),
    ImporterMessage(
      "Invalid channel … specified; IDE controllers support only 0, 1 or 2",
      also: ["Illegal channel: '…'. For … controllers the valid values are 0 to …"],
      means: "A drive has a place that its controller does not have.",
      rules: ["slot-out-of-range"],
      conditions: ["vb-ide-address"]),
    ImporterMessage(
      """
      <vbox:Machine> element in OVF contains a medium attachment for the disk image … but the \
      OVF describes no such image
      """,
      also: [
        "contains a medium attachment for the disk image … but the OVF describes no such image"
      ],
      means: """
        The description that VirtualBox adds names a disk that the DiskSection does not have. \
        Importing as VDI, or with an older release, says the same.
        """,
      rules: ["virtualbox-disk-unmatched"]),
    ImporterMessage(
      "Error initializing gzip decompression for '…'",
      also: [
        "Error occured decompressing '…' to '…'", "Error occurred decompressing '…' to '…'",
      ],
      means: "A file is said to be compressed by gzip and is not, or is damaged.",
      rules: ["gzip-missing", "gzip-damaged"]),
    ImporterMessage(
      "VMDK: Compressed image is corrupted '…' (VERR_ZIP_CORRUPTED)",
      also: ["VMDK: Compressed image is corrupted", "VERR_ZIP_CORRUPTED"],
      means: "A disk is damaged or cut short, most often by a download that did not finish.",
      rules: [
        "disk-grain-damaged", "disk-truncated", "manifest-digest-mismatch", "member-truncated",
      ]),
    ImporterMessage(
      "VERR_VD_VMDK_INVALID_FORMAT",
      means: "A disk's stream breaks off, or has no data where some has to be.",
      rules: [
        "disk-truncated", "disk-header-damaged", "disk-tables-damaged", "disk-trailing-data",
      ]),
    ImporterMessage(
      "VMDK: inconsistency between grain table and backup grain table in '…'",
      also: ["inconsistency between grain table and backup grain table"],
      means: """
        A disk's tables are damaged. On a machine that ran it is the disk of the host that was \
        full.
        """,
      rules: ["disk-tables-damaged"]),
    ImporterMessage(
      "VMDK: incorrect magic in sparse extent header in '…'",
      also: ["VERR_VD_VMDK_INVALID_HEADER"],
      means: "The file is not a VMDK.",
      rules: ["disk-not-vmdk", "disk-header-damaged", "gzip-undeclared"]),
    ImporterMessage(
      "VMDK: corrupted by CR/LF translation in '…'",
      means: "The disk was transferred as text.",
      rules: ["disk-text-mode-damage"]),
    ImporterMessage(
      "VMDK: incorrect version in sparse extent header in '…'",
      also: ["VERR_VD_VMDK_UNSUPPORTED_VERSION"],
      means: "The version in a disk's header is neither 1 nor 3.",
      rules: ["disk-header-damaged", "disk-version-old"]),
    ImporterMessage(
      "VERR_SHARING_VIOLATION opening image file '…'",
      role: .elsewhere,
      means: "A fault of VirtualBox 5.0.24 with compressed disks.",
      fix: "Use a newer release of VirtualBox."),
    ImporterMessage(
      "NVRAM file '…' not found",
      also: ["Failed to open NVRAM"],
      means: "The description that VirtualBox adds names a file of the author's computer.",
      rules: ["nvram-path-absolute"]),
    ImporterMessage(
      "Result Code: E_INVALIDARG (0x80070057)",
      also: ["NS_ERROR_INVALID_ARG"],
      role: .elsewhere,
      means: "It names no cause; often a folder is left from an earlier import.",
      fix: "Remove what is left of earlier imports, or import under another name."),
    ImporterMessage(
      "Result Code: VBOX_E_FILE_ERROR (0x80BB0004)",
      also: ["Component: ApplianceWrap"],
      role: .frame,
      means: "It says that a file could not be read; the line above it names the cause."),
  ]
}
