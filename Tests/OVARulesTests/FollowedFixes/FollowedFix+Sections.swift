import OVARules

extension FollowedFix {
  /// The sections that version 2 added, and vSphere's.
  static let sections: [FollowedFix] = [
    Self(
      "environment-file-dangling",
      .insert("    <File ovf:id=\"keys\" ovf:href=\"keys.txt\"/>\n", before: "  </References>"),
      .add("keys.txt", .text("keys"))),
    Self("environment-file-path-unusable", .replace("../../etc/passwd", "etc/passwd")),
    Self(
      "environment-file-path-unusable", example: 2,
      .replace(#"ovf:path="""#, #"ovf:path="keys.txt""#)),
    Self(
      "environment-file-duplicate", .replace(#"ovf:path="keys.txt"/>"#, #"ovf:path="other.txt"/>"#)),
    Self(
      "boot-configuration-missing",
      .insert(
        bootConfiguration(source("CIM:Hard-Disk:1")), before: "    </BootDeviceSection>")),
    Self(
      "boot-configuration-missing",
      .delete(
        "    <BootDeviceSection ovf:required=\"false\">\n      <Info>More</Info>\n"
          + "    </BootDeviceSection>\n")),
    Self(
      "boot-configuration-duplicate", .delete(bootConfiguration(source("CIM:Hard-Disk:1"))),
      .delete(bootConfiguration(source("CIM:Network:1"))),
      .insert(
        bootConfiguration(source("CIM:Hard-Disk:1") + source("CIM:Network:1")),
        before: "\n    </BootDeviceSection>")),
    Self(
      "shared-disk-missing",
      .delete(
        "    <SharedDiskSection ovf:required=\"false\">\n      <Info>More</Info>\n"
          + "    </SharedDiskSection>\n")),
    Self(
      "scale-out-count-missing",
      .insert("<InstanceCount ovf:default=\"2\"/>", before: "    </ScaleOutSection>")),
    Self(
      "scale-out-count-missing", example: 2,
      .insert(" ovf:default=\"2\"", before: " ovf:maximum")),
    Self("scale-out-out-of-order", .replace(#"ovf:default="1""#, #"ovf:default="2""#)),
    Self("scale-out-out-of-order", example: 2, .replace(#"ovf:default="8""#, #"ovf:default="4""#)),
    Self("scale-out-dangling", .replace(#"ovf:id="database""#, #"ovf:id="web""#)),
    Self("scale-out-duplicate", .delete(#"<InstanceCount ovf:default="3"/>"#)),
    Self(
      "placement-group-incomplete", .insert(#" ovf:policy="affinity""#, after: #"ovf:id="tier""#)),
    Self(
      "placement-group-duplicate",
      .replace(
        #"ovf:id="tier" ovf:policy="availability""#, #"ovf:id="other" ovf:policy="availability""#)),
    Self(
      "placement-group-dangling",
      .delete(
        "    <PlacementSection ovf:required=\"false\" ovf:group=\"tier\">\n      <Info>More</Info>\n"
          + "    </PlacementSection>\n")),
    Self(
      "encryption-key-missing",
      .delete(
        "    <EncryptionSection ovf:required=\"false\">\n      <Info>More</Info>\n"
          + "    </EncryptionSection>\n")),
    Self(
      "encryption-reference-dangling",
      .insert(
        "    <x:EncryptedData xmlns:x=\"http://www.w3.org/2001/04/xmlenc#\" Id=\"products\"/>\n",
        before: "    <OperatingSystemSection ")),
    Self(
      "message-file-dangling",
      .replace(#"<Msg ovf:msgid="a" ovf:fileRef="eula"/>"#, #"<Msg ovf:msgid="a">Text</Msg>"#)),
    Self("boot-order-unusable", .replace(#"vmw:instanceId="40""#, #"vmw:instanceId="4""#)),
    Self(
      "boot-order-unusable", example: 2, .replace(#"vmw:instanceId="4 4""#, #"vmw:instanceId="4""#)),
    Self(
      "boot-order-unusable", example: 3, .replace(#"vmw:instanceId="5" "#, #"vmw:instanceId="4" "#)),
    Self(
      "boot-order-unusable", example: 5,
      .delete(
        "    <vmw:BootOrderSection ovf:required=\"false\" vmw:instanceId=\"4 6\" vmw:type=\"disk\">\n"
          + "      <Info>Boot order</Info>\n    </vmw:BootOrderSection>\n")),
    Self(
      "storage-policy-section",
      .delete(
        "  <vmw:StorageGroupSection ovf:required=\"false\" vmw:id=\"group1\""
          + " vmw:name=\"Gold\">\n    <Info>Storage policy</Info>\n"
          + "  </vmw:StorageGroupSection>\n")),
  ]

  private static let boot = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_Boot"

  private static func source(_ device: String) -> String {
    "<s:CIM_BootSourceSetting><s:StructuredBootString>\(device)</s:StructuredBootString>"
      + "</s:CIM_BootSourceSetting>"
  }

  private static func bootConfiguration(_ sources: String) -> String {
    "<b:CIM_BootConfigSetting xmlns:b=\"\(boot)ConfigSetting\" xmlns:s=\"\(boot)SourceSetting\">"
      + "\(sources)</b:CIM_BootConfigSetting>"
  }
}
