extension MessageSource {
  /// govmomi and VM Service.
  static let govmomi = MessageSource(
    id: "govmomi", title: "govmomi and VM Service",
    messages: [
      ImporterMessage(
        "missing diskID \"…\"",
        means: "A device names a disk that the DiskSection does not have.",
        rules: ["host-resource-dangling"]),
      ImporterMessage(
        """
        capacity references property "…" which is not defined or has no value for this \
        configuration
        """,
        also: ["has empty property reference in capacity"],
        means: "A capacity is given by a property, and the property has no value.",
        rules: ["disk-unresolved-capacity"]),
      ImporterMessage(
        "disk=… has invalid capacity=\"…\"",
        also: ["capacity property \"…\" value \"…\" is not a valid integer"],
        means: "A capacity is not a number.",
        rules: ["disk-bad-capacity", "disk-unresolved-capacity"]),
      ImporterMessage(
        "multiple HostResource elements",
        means: "A device names several disks or files.",
        rules: ["host-resource-several"]),
      ImporterMessage(
        "missing Parent",
        means: "A drive hangs on no controller.",
        rules: ["disk-without-parent"]),
      ImporterMessage(
        "unsupported resource subtype",
        means: "A controller or an adapter is of an unknown kind.",
        rules: ["storage-subtype-unknown", "scsi-subtype-unknown", "network-subtype-unknown"]),
      ImporterMessage(
        "invalid AddressOnParent=\"…\"",
        also: ["invalid Address=\"…\"", "invalid pci slot number"],
        means: "A value of a device that has to be a number is none.",
        rules: ["item-value-malformed"]),
      ImporterMessage(
        "failed to parse prop=\"…\", type=…",
        also: ["due to min=… > max=…"],
        means: """
          A property's value does not fit its type, or its qualifiers contradict each other.
          """,
        rules: [
          "property-value-invalid", "property-value-outside-qualifiers",
          "property-qualifiers-malformed",
        ]),
      ImporterMessage(
        "deployment configuration \"…\" not found in DeploymentOptionSection",
        also: ["specified but no DeploymentOptionSection"],
        means: """
          A deployment option was chosen that the package does not declare; or its id is missing.
          """,
        rules: ["option-id-missing", "option-missing"]),
    ])
}
