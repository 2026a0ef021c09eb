extension MessageSource {
  /// Forklift and the Migration Toolkit for Virtualization.
  static let forklift = MessageSource(
    id: "forklift", title: "Forklift and the Migration Toolkit for Virtualization",
    messages: [
      ImporterMessage(
        "unexpected end of file while looking for .ovf",
        means: "The archive has no descriptor.",
        rules: ["descriptor-missing"]),
      ImporterMessage(
        "units '…' are invalid, only 'byte' is supported",
        also: [
          "item is invalid, units: '…'", "base component is invalid, units: '…'",
          "pow component is invalid, units: '…'",
        ],
        means: """
          The unit of memory or capacity is written in a form that Forklift does not read, such as \
          with blanks around `^`.
          """,
        rules: ["unit-nonstandard", "memory-units-missing"],
        conditions: ["ff-memory-unit", "ff-capacity-unit"]),
      ImporterMessage(
        "Disk '…' has an invalid capacity of … bytes",
        means: "A disk's capacity is zero.",
        rules: ["disk-zero-capacity"],
        conditions: ["ff-capacity-zero"]),
      ImporterMessage(
        "VM has … disks, which exceeds the limit of …",
        also: ["Unsupported OVA source"],
        means: "The machine has more disks than Forklift takes, or was not made by VMware.",
        fix: """
          Attach the further disks after the migration; a package of another producer is migrated \
          with a warning.
          """,
        conditions: ["ff-disk-count"]),
    ])
}
