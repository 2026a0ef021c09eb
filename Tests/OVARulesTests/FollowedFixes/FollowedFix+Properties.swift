import OVARules

extension FollowedFix {
  /// Products and their properties.
  static let properties: [FollowedFix] = [
    Self("property-key-missing", .insert(#" ovf:key="hostname""#, after: "<Property")),
    Self(
      "property-key-illegal", .replace(#"ovf:key="guestinfo.hostname""#, #"ovf:key="hostname""#),
      .replace("<ProductSection>", #"<ProductSection ovf:class="guestinfo">"#)),
    Self(
      "property-key-duplicate",
      .delete("      <Property ovf:key=\"hostname\" ovf:type=\"string\"/>\n")),
    Self("property-type-missing", .insert(#" ovf:type="string""#, after: #"ovf:key="hostname""#)),
    Self(
      "property-type-unknown",
      .replace(#"ovf:type="ip""#, #"ovf:type="string" vmw:qualifiers="Ip""#)),
    Self("property-type-unknown", example: 2, .replace(#""String""#, #""string""#)),
    Self("property-type-unknown", example: 3, .replace(#""text""#, #""string""#)),
    Self("property-qualifiers-malformed", .replace("MinLen(one)", "MinLen(1)")),
    Self("property-qualifiers-malformed", example: 2, .replace("MaxLen(64", "MaxLen(64)")),
    Self(
      "property-qualifiers-malformed", example: 3,
      .delete(#" ovf:qualifiers="MinLen(9),MaxLen(3)""#)),
    Self("property-value-invalid", .replace(#"ovf:value="web""#, #"ovf:value="80""#)),
    Self("property-value-invalid", example: 2, .replace(#""uint8""#, #""uint16""#)),
    Self("property-value-invalid", example: 3, .replace(#"ovf:value="yes""#, #"ovf:value="true""#)),
    Self("property-value-outside-qualifiers", .replace("MinLen(8)", "MinLen(3)")),
    Self(
      "property-value-outside-qualifiers", example: 2,
      .replace(#"ovf:value="web""#, #"ovf:value="db""#)),
    Self("password-with-default", .delete(#" ovf:value="web""#)),
    Self(
      "product-duplicate",
      .replace(
        "<ProductSection ovf:class=\"org.example\">\n      <Info>More",
        "<ProductSection ovf:class=\"org.example\" ovf:instance=\"2\">\n      <Info>More")),
    Self(
      "icon-file-dangling",
      .delete(
        "      <Icon ovf:fileRef=\"logo\" ovf:width=\"16\" ovf:height=\"16\""
          + " ovf:mimeType=\"image/png\"/>\n")),
    Self(
      "icon-file-dangling",
      .insert("    <File ovf:id=\"logo\" ovf:href=\"logo.png\"/>\n", before: "  </References>"),
      .add("logo.png", .bytes([0x89, 0x50, 0x4E, 0x47]))),
    Self(
      "transport-missing",
      .insert(#" ovf:transport="com.vmware.guestInfo""#, after: "<VirtualHardwareSection")),
    Self(
      "transport-missing", .insert(#" ovf:transport="iso""#, after: "<VirtualHardwareSection"),
      .insert(cdDrive, before: end)),
    Self("transport-misspelled", .replace("guestinfo", "guestInfo")),
    Self("transport-misspelled", example: 2, .replace(#""guestInfo""#, #""com.vmware.guestInfo""#)),
    Self(
      "transport-misspelled", example: 3,
      .replace(#""com.vmware. guestInfo""#, #""com.vmware.guestInfo""#)),
    Self("transport-without-drive", .insert(cdDrive, before: end)),
    Self("transport-without-drive", .replace(#""iso""#, #""com.vmware.guestInfo""#)),
    Self(
      "property-without-value", .delete(#" ovf:qualifiers="MinLen(1)""#)),
    Self("property-without-value", example: 2, .replace(#"ovf:value="""#, #"ovf:value="80""#)),
  ]

  /// A CD drive on an IDE controller.
  private static let cdDrive =
    item(["Address": "0", "ElementName": "IDE 0", "InstanceID": "8", "ResourceType": "5"])
    + item([
      "AddressOnParent": "0", "AutomaticAllocation": "false", "ElementName": "CD drive 1",
      "InstanceID": "9", "Parent": "8", "ResourceType": "15",
    ])
}
