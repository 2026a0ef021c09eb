import OVARules

extension FollowedFix {
  /// The machine as a whole and what its items say.
  static let hardware: [FollowedFix] = [
    Self(
      "guest-contradiction",
      .replace("Debian GNU/Linux 12 (64-bit)", "Ubuntu Linux (64-bit)")),
    Self(
      "guest-not-told",
      .replace(
        #"<OperatingSystemSection ovf:id="1""#,
        #"<OperatingSystemSection ovf:id="94" vmw:osType="ubuntu64Guest""#)),
    Self(
      "item-namespace-foreign",
      .replace(
        #"xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData""#,
        #"xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData""#
      )),
    Self(
      "network-address-duplicate",
      .replace(
        "<rasd:AddressOnParent>7</rasd:AddressOnParent>\n        <rasd:AutomaticAllocation>true</rasd:AutomaticAllocation>\n        <rasd:Connection>VM Network</rasd:Connection>\n        <rasd:ElementName>Network adapter 9",
        "<rasd:AddressOnParent>8</rasd:AddressOnParent>\n        <rasd:AutomaticAllocation>true</rasd:AutomaticAllocation>\n        <rasd:Connection>VM Network</rasd:Connection>\n        <rasd:ElementName>Network adapter 9"
      )),
    Self(
      "processor-several",
      .delete(
        """
              <Item>
                <rasd:AllocationUnits>hertz * 10^6</rasd:AllocationUnits>
                <rasd:ElementName>More processors</rasd:ElementName>
                <rasd:InstanceID>9</rasd:InstanceID>
                <rasd:ResourceType>3</rasd:ResourceType>
                <rasd:VirtualQuantity>2</rasd:VirtualQuantity>
              </Item>

        """)),
    Self(
      "quantity-zero",
      .replace("<rasd:VirtualQuantity>0<", "<rasd:VirtualQuantity>2048<")),
    Self(
      "memory-uneven",
      .replace("<rasd:VirtualQuantity>2047<", "<rasd:VirtualQuantity>2048<")),
    Self(
      "unit-mismatch",
      .replace(
        "hertz * 10^6</rasd:AllocationUnits>\n        <rasd:Description>Memory size",
        "byte * 2^20</rasd:AllocationUnits>\n        <rasd:Description>Memory size")),
    Self(
      "video-memory-large",
      .replace(#"vmw:value="262144""#, #"vmw:value="131072""#)),
    Self(
      "setting-value-invalid",
      .replace(#"vmw:value="uefi""#, #"vmw:value="efi""#)),
    Self(
      "setting-contradiction",
      .delete(
        #"      <vmw:Config ovf:required="false" vmw:key="firmware" vmw:value="bios"/>\#n"#)),
    Self(
      "virtualbox-hardware-differs",
      .replace(#"<CPU count="4"/>"#, #"<CPU count="2"/>"#)),
    Self(
      "encoding-rare",
      .replace(#"encoding="ISO-8859-1""#, #"encoding="UTF-8""#)),
    Self(
      "cores-per-socket-uneven",
      .replace(#"ovf:required="false">4<"#, #"ovf:required="false">2<"#)),
    Self(
      "disk-without-backing",
      .replace(
        "        <rasd:InstanceID>9</rasd:InstanceID>",
        "        <rasd:HostResource>ovf:/disk/disk2</rasd:HostResource>\n        <rasd:InstanceID>9</rasd:InstanceID>"
      ),
      .replace(
        "  </DiskSection>",
        #"    <Disk ovf:diskId="disk2" ovf:capacity="1073741824"/>\#n  </DiskSection>"#)),
    Self(
      "disk-without-parent",
      .replace(
        "        <rasd:ResourceType>17",
        "        <rasd:Parent>3</rasd:Parent>\n        <rasd:ResourceType>17")),
    Self(
      "family-list-separator",
      .replace("vmx-11,vmx-13", "vmx-11 vmx-13")),
    Self(
      "family-recent",
      .replace("vmx-21", "vmx-13")),
    Self(
      "family-virtualbox-only",
      .replace("virtualbox-2.2", "vmx-13")),
    Self(
      "guest-newer-than-family",
      .replace("debian12_64Guest", "otherLinux64Guest")),
    Self(
      "guest-type-unknown",
      .replace("ubuntu-64", "ubuntu64Guest")),
    Self(
      "host-resource-malformed",
      .replace("<rasd:HostResource>web-disk1.vmdk", "<rasd:HostResource>ovf:/disk/disk1")),
    Self(
      "ide-controller-subtype",
      .delete("        <rasd:ResourceSubType>PIIX4</rasd:ResourceSubType>\n")),
    Self(
      "instance-id-conflict",
      .replace(
        "        <rasd:InstanceID>5</rasd:InstanceID>\n        <rasd:ResourceType>21",
        "        <rasd:InstanceID>9</rasd:InstanceID>\n        <rasd:ResourceType>21")),
    Self(
      "item-name-missing",
      .replace(
        "        <rasd:InstanceID>5",
        "        <rasd:ElementName>Network adapter 1</rasd:ElementName>\n        <rasd:InstanceID>5"
      )),
    Self(
      "item-instance-id-missing",
      .replace(
        "        <rasd:ResourceType>21",
        "        <rasd:InstanceID>9</rasd:InstanceID>\n        <rasd:ResourceType>21")),
    Self(
      "item-value-malformed",
      .replace("<rasd:VirtualQuantity>2 GB<", "<rasd:VirtualQuantity>2048<")),
    Self(
      "mac-address-malformed",
      .replace("00:50:56:01:02<", "00:50:56:01:02:03<")),
    Self(
      "memory-units-missing",
      .replace(
        "        <rasd:Description>Memory size",
        "        <rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits>\n        <rasd:Description>Memory size"
      )),
    Self(
      "network-undeclared",
      .replace("  </NetworkSection>", #"    <Network ovf:name="Backup"/>\#n  </NetworkSection>"#)),
    Self(
      "network-unused",
      .delete(#"    <Network ovf:name="Backup"/>\#n"#)),
    Self(
      "parent-dangling",
      .replace("<rasd:Parent>7", "<rasd:Parent>3")),
    Self(
      "parent-not-controller",
      .replace("<rasd:Parent>5", "<rasd:Parent>3")),
    Self(
      "quantity-missing",
      .replace(
        "<rasd:ResourceType>4</rasd:ResourceType>",
        "<rasd:ResourceType>4</rasd:ResourceType>\n        <rasd:VirtualQuantity>2048</rasd:VirtualQuantity>"
      )),
    Self(
      "setting-required",
      .replace("<vmw:Config vmw:key", #"<vmw:Config ovf:required="false" vmw:key"#)),
    Self(
      "slot-taken-twice",
      .replace(
        "        <rasd:AddressOnParent>0</rasd:AddressOnParent>\n        <rasd:ElementName>CD",
        "        <rasd:AddressOnParent>1</rasd:AddressOnParent>\n        <rasd:ElementName>CD")),
    Self(
      "storage-subtype-unknown",
      .replace(">fastdisk<", ">vmware.sata.ahci<")),
    Self(
      "system-child-missing",
      .replace(
        "        <vssd:VirtualSystemIdentifier>",
        "        <vssd:InstanceID>0</vssd:InstanceID>\n        <vssd:VirtualSystemIdentifier>")),
    Self(
      "hardware-missing", .replace("<!--", "<VirtualHardwareSection>"),
      .replace("-->", "</VirtualHardwareSection>"), .delete(diskItem)),
    Self(
      "hardware-alternatives-ambiguous",
      .replace("<VirtualHardwareSection>", "<VirtualHardwareSection ovf:id=\"other\">"),
      .insert(" ovf:id=\"usual\"", after: "<VirtualHardwareSection")),
    Self(
      "item-type-missing",
      .insert("        <rasd:ResourceType>1</rasd:ResourceType>\n", before: endOfNew)),
    Self("item-type-missing", .delete(item(["ElementName": "Thing", "InstanceID": "9"]))),
    Self("processor-missing", .insert(processor, before: end)),
    Self(
      "memory-missing",
      .insert(
        item([
          "AllocationUnits": "byte * 2^20", "ElementName": "Memory", "InstanceID": "9",
          "ResourceType": "4", "VirtualQuantity": "2048",
        ]), before: end)),
    Self(
      "memory-several", .replace(">2048<", ">3072<"),
      .delete(
        item([
          "AllocationUnits": "byte * 2^20", "ElementName": "More memory", "InstanceID": "9",
          "ResourceType": "4", "VirtualQuantity": "1024",
        ]))),
    Self(
      "instance-id-duplicate",
      .replace(
        "Network adapter 2</rasd:ElementName>\n        <rasd:InstanceID>5",
        "Network adapter 2</rasd:ElementName>\n        <rasd:InstanceID>9")),
    Self(
      "range-without-normal",
      .replace(
        "Most CPUs</rasd:ElementName>\n        <rasd:InstanceID>9",
        "Most CPUs</rasd:ElementName>\n        <rasd:InstanceID>1")),
    Self(
      "range-without-normal",
      .delete(
        item(
          "ovf:bound=\"max\"",
          [
            "ElementName": "Most CPUs", "InstanceID": "9", "ResourceType": "3",
            "VirtualQuantity": "8",
          ]))),
    Self(
      "range-end-duplicate",
      .delete(
        item(
          "ovf:bound=\"max\"",
          [
            "ElementName": "Most CPUs", "InstanceID": "1", "ResourceType": "3",
            "VirtualQuantity": "16",
          ]))),
    Self("range-normal-duplicate", .replace("ovf:bound=\"normal\"", "ovf:bound=\"max\"")),
    Self("range-out-of-order", .replace("<rasd:VirtualQuantity>4<", "<rasd:VirtualQuantity>1<")),
    Self("reservation-above-limit", .replace("<rasd:Limit>1024<", "<rasd:Limit>2048<")),
    Self("family-limit-exceeded", .replace("vmx-07", "vmx-13")),
    Self("family-limit-exceeded", example: 2, .replace("vmx-10", "vmx-13")),
    Self("firmware-family-too-old", .replace("vmx-07", "vmx-08")),
    Self("firmware-family-too-old", example: 2, .replace("vmx-11", "vmx-13")),
    Self(
      "secure-boot-without-efi",
      .insert(
        "      <vmw:Config ovf:required=\"false\" vmw:key=\"firmware\" vmw:value=\"efi\"/>\n",
        before: end)),
    Self(
      "setting-unknown",
      .replace(
        "<vmw:Config vmw:key=\"tools.syncTime\"",
        "<vmw:Config ovf:required=\"false\" vmw:key=\"tools.syncTimeWithHost\"")),
    Self("setting-unknown", example: 2, .replace(#""Firmware""#, #""firmware""#)),
    Self(
      "extra-config-refused",
      .delete(
        "      <vmw:ExtraConfig ovf:required=\"false\" vmw:key=\"ethernet1.present\""
          + " vmw:value=\"true\"/>\n")),
    Self(
      "extra-config-refused", example: 3, .replace("<vmw:ExtraConfig ", "<vmw:Config ")),
    Self(
      "extra-config-refused", example: 4,
      .replace(
        "<vmw:ExtraConfig ovf:required=\"false\" vmw:key=\"vhv.enable\" vmw:value=\"TRUE\"",
        "<vmw:Config ovf:required=\"false\" vmw:key=\"nestedHVEnabled\" vmw:value=\"true\"")),
    Self("family-never-esxi", .replace("vmx-16", "vmx-15")),
    Self("family-never-esxi", example: 2, .replace("vmx-12", "vmx-11")),
    Self("family-never-esxi", .replace("vmx-16", "vmx-15 vmx-16")),
    Self("family-not-vmware", .replace("xen-3.0-unknown", "vmx-13 xen-3.0-unknown")),
    Self("family-not-vmware", example: 2, .replace("vmx13", "vmx-13")),
    Self(
      "family-missing",
      .insert(
        "<vssd:VirtualSystemType>vmx-13</vssd:VirtualSystemType>", before: "      </System>")),
    Self(
      "family-missing", example: 2, .replace("VirtualSystemType><", "VirtualSystemType>vmx-13<")),
  ]

  private static let processor = item([
    "AllocationUnits": "hertz * 10^6", "ElementName": "CPUs", "InstanceID": "9",
    "ResourceType": "3", "VirtualQuantity": "2",
  ])
  /// The end of an item that an example has added.
  private static let endOfNew = "      </Item>\n" + end
}
