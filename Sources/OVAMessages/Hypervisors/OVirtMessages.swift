extension MessageSource {
  /// oVirt.
  static let oVirt = MessageSource(
    id: "ovirt", title: "oVirt",
    messages: [
      ImporterMessage(
        "Error parsing ovf information: no memory size",
        also: ["Error parsing ovf information"],
        means: """
          The smaller reader on the host, which takes over for packages of other products, finds \
          no memory, name or disks: mostly an envelope in another namespace, or no memory item.
          """,
        rules: [
          "memory-missing", "quantity-missing", "envelope-namespace-unknown",
          "element-namespace-foreign",
        ]),
      ImporterMessage(
        "Failed to find OVF in file …",
        also: ["Failed to find OVF in dir …"],
        means: "The archive has no descriptor.",
        rules: ["descriptor-missing"]),
      ImporterMessage(
        "Failed to read VM '…' OVF, it may be corrupted. Underlying error message: …",
        also: ["Failed to read Template '…' OVF, it may be corrupted"],
        role: .frame,
        means: "It only introduces the message behind it."),
      ImporterMessage(
        "cannot read '…' with value: …",
        means: "An element is absent, or spelled otherwise (InstanceID, InstanceId).",
        rules: ["item-instance-id-missing", "item-type-missing"],
        conditions: ["ovirt-item-type"]),
      ImporterMessage(
        "The given name contains special characters",
        means: """
          The machine's name has other characters than letters, digits, dot, hyphen and \
          underscore.
          """,
        rules: ["system-name-restricted"],
        conditions: ["ovirt-name"]),
      ImporterMessage(
        "PaxHeader: file not found in archive",
        also: ["@PaxHeader"],
        means: "The archive has extended headers (pax).",
        rules: ["tar-pax"],
        conditions: ["ovirt-pax"]),
    ])
}
