import OVARules

extension FollowedFix {
  /// The descriptor's XML and the sections that every version has.
  static let envelope: [FollowedFix] = [
    Self(
      "attribute-unqualified",
      .replace(#" userConfigurable=""#, #" ovf:userConfigurable=""#)),
    Self(
      "annotation-text-missing",
      .replace("<Info>A note</Info>", "<Info>A note</Info><Annotation>Text</Annotation>")),
    Self(
      "configuration-undeclared",
      .replace(
        "  <VirtualSystem ",
        #"  <DeploymentOptionSection>\#n    <Info>Sizes</Info>\#n    <Configuration ovf:id="large">\#n      <Label>L</Label>\#n      <Description>D</Description>\#n    </Configuration>\#n  </DeploymentOptionSection>\#n  <VirtualSystem "#
      )),
    Self(
      "doctype-present",
      .delete("<!DOCTYPE Envelope>\n")),
    Self(
      "element-unknown",
      .replace(
        #"<vmw:StorageGroup ovf:id="fast"/>"#,
        #"<vmw:StorageGroup ovf:required="false" ovf:id="fast"/>"#)),
    Self(
      "encoding-not-kept",
      .replace(#"encoding="UTF-16""#, #"encoding="UTF-8""#)),
    Self(
      "eula-license-missing",
      .replace("<Info>License</Info>", "<Info>License</Info><License>Free</License>")),
    Self(
      "install-delay-missing",
      .replace("<InstallSection>", #"<InstallSection ovf:initialBootStopDelay="0">"#)),
    Self(
      "message-duplicate",
      .delete(#"    <Msg ovf:msgid="hello">Guten Tag</Msg>\#n"#)),
    Self(
      "message-id-missing",
      .delete("    <Msg>Host name</Msg>\n")),
    Self(
      "message-unresolved",
      .replace(
        "</Envelope>",
        #"  <Strings xml:lang="en">\#n    <Msg ovf:msgid="host.label">Host</Msg>\#n  </Strings>\#n</Envelope>"#
      )),
    Self(
      "network-name-duplicate",
      .delete(#"    <Network ovf:name="VM Network"/>\#n"#)),
    Self(
      "network-name-missing",
      .delete("    <Network/>\n")),
    Self(
      "operating-system-id-malformed",
      .replace("<OperatingSystemSection", #"<OperatingSystemSection ovf:id="101""#)),
    Self(
      "option-id-missing",
      .replace("<Configuration>", #"<Configuration ovf:id="small">"#)),
    Self(
      "option-text-missing",
      .replace(
        #"<Configuration ovf:id="small"/>"#,
        #"<Configuration ovf:id="small"><Label>S</Label><Description>D</Description></Configuration>"#
      )),
    Self(
      "references-duplicate",
      .delete("  <References/>\n")),
    Self(
      "section-info-missing",
      .replace("  <DiskSection>\n", "  <DiskSection>\n    <Info>Disks</Info>\n")),
    Self(
      "section-unknown",
      .replace("<vmw:IpAssignmentSection>", #"<vmw:IpAssignmentSection ovf:required="false">"#)),
    Self(
      "startup-order-missing",
      .replace(#"<Item ovf:id="web"/>"#, #"<Item ovf:id="web" ovf:order="0"/>"#)),
    Self(
      "strings-language-missing",
      .replace("<Strings>", #"<Strings xml:lang="de">"#)),
    Self(
      "system-id-missing",
      .replace("<VirtualSystem>", #"<VirtualSystem ovf:id="web">"#)),
    Self(
      "system-info-missing",
      .replace(
        #"<VirtualSystem ovf:id="web">\#n"#,
        #"<VirtualSystem ovf:id="web">\#n    <Info>A machine</Info>\#n"#)),
    Self(
      "system-name-restricted",
      .replace("<Name>Web (staging)</Name>", "<Name>Web-staging</Name>")),
    Self(
      "value-malformed",
      .replace(#"userConfigurable="yes""#, #"userConfigurable="true""#)),
    Self(
      "unit-nonstandard",
      .replace("<rasd:AllocationUnits>MegaBytes", "<rasd:AllocationUnits>byte * 2^20")),
    Self(
      "placement-policy-unknown",
      .replace(#"ovf:policy="together""#, #"ovf:policy="affinity""#)),
    Self(
      "section-newer-version",
      .replace("<PlacementGroupSection ", #"<PlacementGroupSection ovf:required="false" "#)),
    Self("descriptor-malformed", .replace("</Reference>", "</References>")),
    Self("descriptor-malformed", example: 2, .replace("Web & more", "Web &amp; more")),
    Self("descriptor-not-ovf", .content("web.ovf", .text(descriptor))),
    Self(
      "prefix-undeclared",
      .insert("xmlns:vmx=\"http://www.vmware.com/schema/ovf\"\n    ", before: "xmlns:vmw=")),
    Self(
      "prefix-undeclared", example: 2,
      .insert(
        "xmlns:vbox=\"http://www.virtualbox.org/ovf/machine\"\n    ", before: "xmlns:vmw=")),
    Self("namespace-fault", .delete("xmlns:empty=\"\"\n    ")),
    Self("namespace-fault", example: 2, .replace("/my schema", "/my-schema")),
    Self(
      "envelope-namespace-unknown",
      .replace("http://example.com/ovf", "http://schemas.dmtf.org/ovf/envelope/1")),
    Self(
      "envelope-namespace-unknown", example: 2,
      .replace(#"envelope/1/""#, #"envelope/1""#)),
    Self(
      "element-namespace-foreign",
      .replace(
        "<o:Info xmlns:o=\"http://schemas.dmtf.org/ovf/envelope/2\">Virtual disks</o:Info>",
        "<Info>Virtual disks</Info>")),
    Self("envelope-version", .insert(#" ovf:version="0.9""#, after: "<Envelope")),
    Self("references-missing", .insert("<References/>", before: "<!--")),
    Self(
      "content-duplicate",
      .delete(
        "  <VirtualSystemCollection ovf:id=\"site\">\n    <Info>A site</Info>\n"
          + "  </VirtualSystemCollection>\n"),
      .insert(
        "  <VirtualSystemCollection ovf:id=\"site\">\n    <Info>A site</Info>\n",
        before: "  <VirtualSystem "),
      .insert("  </VirtualSystemCollection>\n", before: "</Envelope>")),
    Self(
      "machine-collection",
      .delete("  <VirtualSystemCollection ovf:id=\"site\">\n    <Info>A site</Info>\n"),
      .delete("</VirtualSystemCollection>\n")),
    Self(
      "section-misplaced",
      .delete(
        "  <AnnotationSection>\n    <Info>A note</Info>\n"
          + "    <Annotation>Hello</Annotation>\n  </AnnotationSection>\n"),
      .insert(
        "  <AnnotationSection>\n    <Info>A note</Info>\n"
          + "    <Annotation>Hello</Annotation>\n  </AnnotationSection>\n",
        before: "    <OperatingSystemSection ")),
    Self(
      "section-duplicate",
      .delete("  <NetworkSection>\n    <Info>More networks</Info>\n  </NetworkSection>\n")),
    Self(
      "element-misplaced",
      .delete("      <Property ovf:key=\"port\" ovf:type=\"uint16\" ovf:value=\"80\"/>\n"),
      .insert(
        "      <Property ovf:key=\"port\" ovf:type=\"uint16\" ovf:value=\"80\"/>\n",
        before: "    </ProductSection>")),
    Self(
      "system-id-duplicate",
      .replace(
        #"<VirtualSystemCollection ovf:id="web">"#, #"<VirtualSystemCollection ovf:id="other">"#)),
    Self("eula-license-empty", .replace("<License></License>", "<License>Free</License>")),
    Self("annotation-too-long", .delete(String(repeating: "A web server. ", count: 10))),
    Self(
      "strings-file-dangling", .delete("  <Strings xml:lang=\"de\" ovf:fileRef=\"german\"/>\n")),
    Self(
      "strings-file-dangling",
      .insert("    <File ovf:id=\"german\" ovf:href=\"de.xml\"/>\n", after: "  <References>\n"),
      .add("de.xml", bundle)),
    Self("strings-unreadable", .content("de.xml", bundle)),
    Self("strings-unreadable", example: 2, .content("de.xml", bundle)),
    Self(
      "bundle-not-first", .delete("    <File ovf:id=\"german\" ovf:href=\"de.xml\"/>\n"),
      .insert("    <File ovf:id=\"german\" ovf:href=\"de.xml\"/>\n", after: "  <References>\n")),
    Self(
      "option-missing",
      .insert(
        "    <Configuration ovf:id=\"small\"><Label>S</Label><Description>D</Description>"
          + "</Configuration>\n", before: "  </DeploymentOptionSection>")),
    Self(
      "option-missing",
      .delete(
        "  <DeploymentOptionSection>\n    <Info>Options</Info>\n  </DeploymentOptionSection>\n")),
    Self(
      "option-id-duplicate",
      .replace(#"<Configuration ovf:id="small""#, #"<Configuration ovf:id="large""#)),
    Self("option-default-duplicate", .delete(#" ovf:default="true""#)),
    Self(
      "schema-violation",
      .delete(
        "  <NetworkSection>\n    <Info>Networks</Info>\n    <Network ovf:name=\"VM Network\">\n"
          + "      <Description>The network of the machine</Description>\n    </Network>\n"
          + "  </NetworkSection>\n"),
      .delete(
        item([
          "AutomaticAllocation": "true", "Connection": "VM Network",
          "ElementName": "Network adapter 1", "InstanceID": "5", "ResourceSubType": "VmxNet3",
          "ResourceType": "10",
        ]))),
    Self("startup-item-dangling", .replace(#"<Item ovf:id="database""#, #"<Item ovf:id="web""#)),
    Self("startup-action-unknown", .replace(#""unplug""#, #""guestShutdown""#)),
  ]

  /// A message bundle.
  static let bundle = Example.Content.text(
    "<Strings xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\""
      + " xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/1\" xml:lang=\"de\">"
      + "<Msg ovf:msgid=\"a\">b</Msg></Strings>")
}
