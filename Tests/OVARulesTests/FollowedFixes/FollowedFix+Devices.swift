import OVARules

extension FollowedFix {
  /// The devices of a machine.
  static let devices: [FollowedFix] = [
    Self(
      "parent-cycle",
      .delete("        <rasd:Parent>3</rasd:Parent>\n")),
    Self("parent-cycle", example: 2, .delete("        <rasd:Parent>4</rasd:Parent>\n")),
    Self(
      "host-resource-dangling",
      .insert(
        "    <Disk ovf:diskId=\"disk2\" ovf:capacity=\"1073741824\"/>\n",
        before: "  </DiskSection>")),
    Self("host-resource-dangling", example: 2, .replace("ovf:/file/iso", "ovf:/file/file1")),
    Self(
      "host-resource-several",
      .delete("<rasd:HostResource>ovf:/file/file1</rasd:HostResource>")),
    Self(
      "network-of-the-host", .replace(#"ovf:name="NAT""#, #"ovf:name="Management""#),
      .replace(">NAT<", ">Management<")),
    Self("mac-address-duplicate", .replace("00-50-56-01-02-03", "00-50-56-01-02-04")),
    Self(
      "mac-address-duplicate",
      .delete("        <rasd:Address>00:50:56:01:02:03</rasd:Address>\n"),
      .delete("        <rasd:Address>00-50-56-01-02-03</rasd:Address>\n")),
    Self(
      "sound-card-required",
      .replace(
        "<Item>\n        <rasd:AddressOnParent>3",
        "<Item ovf:required=\"false\">\n        <rasd:AddressOnParent>3")),
    Self("device-family-too-old", .replace("vmx-11", "vmx-13")),
    Self("device-family-too-old", example: 2, .replace("vmx-07", "vmx-08")),
    Self("device-family-too-old", example: 3, .replace("vmx-04", "vmx-07")),
    Self(
      "item-type-unknown",
      .replace(
        "<Item>\n        <rasd:ElementName>Gadget",
        "<Item ovf:required=\"false\">\n        <rasd:ElementName>Gadget")),
    Self(
      "virtualbox-disk-unmatched",
      .replace("22222222-2222-4222-8222-222222222222", "11111111-1111-4111-8111-111111111111")),
    Self("slot-out-of-range", .replace("<rasd:AddressOnParent>7<", "<rasd:AddressOnParent>0<")),
    Self(
      "slot-out-of-range", example: 2,
      .replace("<rasd:AddressOnParent>16<", "<rasd:AddressOnParent>0<")),
    Self(
      "slot-out-of-range", example: 3,
      .replace("<rasd:AddressOnParent>2<", "<rasd:AddressOnParent>0<")),
    Self("controller-out-of-range", .replace("<rasd:Address>2<", "<rasd:Address>0<")),
    Self("controller-out-of-range", example: 2, .replace("<rasd:Address>4<", "<rasd:Address>0<")),
    Self(
      "controller-address-duplicate",
      .replace(
        "<rasd:Address>0</rasd:Address>\n        <rasd:ElementName>SCSI controller 1",
        "<rasd:Address>1</rasd:Address>\n        <rasd:ElementName>SCSI controller 1")),
    Self(
      "controller-address-duplicate", example: 2,
      .replace(
        "<rasd:Address>0</rasd:Address>\n        <rasd:ElementName>IDE 1",
        "<rasd:Address>1</rasd:Address>\n        <rasd:ElementName>IDE 1")),
    Self(
      "device-required-rare",
      .replace(
        "<Item>\n        <rasd:ElementName>Firmware",
        "<Item ovf:required=\"false\">\n        <rasd:ElementName>Firmware")),
    Self("guest-controller-unsupported", .replace(">lsilogic<", ">VirtualSCSI<")),
    Self("guest-controller-unsupported", example: 2, .replace(">buslogic<", ">VirtualSCSI<")),
    Self("scsi-subtype-unknown", .replace(">virtualscsi<", ">VirtualSCSI<")),
    Self("scsi-subtype-unknown", example: 2, .replace(">pvscsi<", ">VirtualSCSI<")),
    Self("scsi-subtype-unknown", example: 3, .replace(">LSI Logic SAS<", ">lsilogicsas<")),
    Self("network-subtype-unknown", .replace(">VMXNET 3<", ">VmxNet3<")),
    Self("network-subtype-unknown", example: 3, .replace(">pcnet32<", ">PCNet32<")),
    Self(
      "tpm-without-efi",
      .insert(
        "      <vmw:Config ovf:required=\"false\" vmw:key=\"firmware\" vmw:value=\"efi\"/>\n",
        before: end)),
    Self(
      "tpm-without-efi", example: 2,
      .delete(
        item(
          "ovf:required=\"false\"",
          [
            "AutomaticAllocation": "false", "ElementName": "Virtual TPM", "InstanceID": "13",
            "ResourceSubType": "vmware.vtpm", "ResourceType": "1",
          ]))),
    Self("drive-image-missing", .replace(">vmware.cdrom.iso<", ">vmware.cdrom.remotepassthrough<")),
    Self(
      "drive-image-missing", example: 2,
      .insert(
        "        <rasd:HostResource>ovf:/file/file2</rasd:HostResource>\n",
        before: "        <rasd:InstanceID>9"),
      .insert(
        "    <File ovf:id=\"file2\" ovf:href=\"seed.iso\" ovf:size=\"2048\"/>\n",
        before: "  </References>"),
      .add("seed.iso", .filled(with: 1, count: 2048))),
  ]
}
