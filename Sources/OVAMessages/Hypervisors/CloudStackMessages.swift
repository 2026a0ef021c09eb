extension MessageSource {
  /// Apache CloudStack.
  static let cloudStack = MessageSource(
    id: "cloudstack", title: "Apache CloudStack",
    messages: [
      ImporterMessage(
        "OVA package has bad ovf file …",
        role: .frame,
        means: """
          It only introduces the message behind it; `null` means a HostResource that leads \
          nowhere, or attributes without the prefix `ovf:`.
          """,
        rules: ["host-resource-dangling", "attribute-unqualified", "disk-without-backing"]),
      ImporterMessage(
        "Failed to read capacity and capacityAllocationUnits from the OVF file: …",
        means: "A disk's capacity is zero, or its unit is not told, which the standard allows.",
        rules: ["disk-zero-capacity", "disk-missing-capacity"],
        conditions: ["cs-units-missing"]),
      ImporterMessage(
        "Unable to parse OVF XML document … to get the virtual disk … size due to …",
        means: "A capacity is not a number; early releases also fail with prefixed elements.",
        rules: ["disk-bad-capacity", "disk-unresolved-capacity"],
        conditions: ["cs-prefix-ovf"]),
      ImporterMessage(
        "did not find a guest os with type …",
        means: "The guest identifier is not in CloudStack's table.",
        rules: ["guest-type-unknown"]),
    ])
}
