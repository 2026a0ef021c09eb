extension MessageSource {
  /// Xen Orchestra.
  static let xenOrchestra = MessageSource(
    id: "xen-orchestra", title: "Xen Orchestra",
    messages: [
      ImporterMessage(
        "not a VMDK file",
        means: "A disk is not a VMDK.",
        rules: ["disk-not-vmdk"],
        conditions: ["xo-vmdk-kind"]),
      ImporterMessage(
        "unsupported VMDK version …, only version 1 and 3 are supported",
        means: "The version in a disk's header is neither 1 nor 3.",
        rules: ["disk-header-damaged"],
        conditions: ["xo-vmdk-version"]),
      ImporterMessage(
        "expected grain marker, received …",
        means: "A disk's stream is damaged or has a marker where none is expected.",
        rules: [
          "disk-grain-damaged", "disk-tables-damaged", "disk-trailing-data", "disk-truncated",
        ]),
      ImporterMessage(
        "Unsupported VMDK, … is too big",
        also: ["high order bits are too high in field …"],
        means: "A disk's header is damaged.",
        rules: ["disk-header-damaged"]),
      ImporterMessage(
        "Offset is outside the bounds of the DataView",
        means: "Early releases fail with large disks and with extended headers.",
        rules: ["tar-pax"],
        conditions: ["xo-long-name"]),
      ImporterMessage(
        "Cannot read property 'DiskSection' of undefined",
        also: [
          "Cannot read properties of undefined (reading 'DiskSection')",
          "Cannot read properties of undefined (reading 'References')",
          "Cannot read properties of undefined (reading 'VirtualHardwareSection')",
        ],
        means: """
          A part that Xen Orchestra needs is absent: References, DiskSection, one machine or its \
          hardware. Early releases also fail with namespace prefixes.
          """,
        rules: ["references-missing", "content-missing", "hardware-missing", "machine-collection"],
        conditions: ["xo-structure"]),
    ])
}
