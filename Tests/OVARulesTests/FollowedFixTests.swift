import OVARules
import Testing

/// The fixes of rules that are edits of the descriptor, followed to the letter.
@Suite struct FollowedFixTests {
  /// What somebody writes who follows a rule's fix on its first example.
  private static let edits: [String: [Example.Edit]] = [
    "attribute-unqualified": [
      Example.Edit(
        old: #" userConfigurable=""#,
        new: #" ovf:userConfigurable=""#)
    ],
    "annotation-text-missing": [
      Example.Edit(
        old: "<Info>A note</Info>",
        new: "<Info>A note</Info><Annotation>Text</Annotation>")
    ],
    "configuration-undeclared": [
      Example.Edit(
        old: "  <VirtualSystem ",
        new:
          #"  <DeploymentOptionSection>\#n    <Info>Sizes</Info>\#n    <Configuration ovf:id="large">\#n      <Label>L</Label>\#n      <Description>D</Description>\#n    </Configuration>\#n  </DeploymentOptionSection>\#n  <VirtualSystem "#
      )
    ],
    "doctype-present": [
      Example.Edit(
        old: "<!DOCTYPE Envelope>\n",
        new: "")
    ],
    "element-unknown": [
      Example.Edit(
        old: #"<vmw:StorageGroup ovf:id="fast"/>"#,
        new: #"<vmw:StorageGroup ovf:required="false" ovf:id="fast"/>"#)
    ],
    "encoding-not-kept": [
      Example.Edit(
        old: #"encoding="UTF-16""#,
        new: #"encoding="UTF-8""#)
    ],
    "eula-license-missing": [
      Example.Edit(
        old: "<Info>Licence</Info>",
        new: "<Info>Licence</Info><License>Free</License>")
    ],
    "guest-contradiction": [
      Example.Edit(
        old: "Debian GNU/Linux 12 (64-bit)",
        new: "Ubuntu Linux (64-bit)")
    ],
    "guest-not-told": [
      Example.Edit(
        old: #"<OperatingSystemSection ovf:id="1""#,
        new: #"<OperatingSystemSection ovf:id="94" vmw:osType="ubuntu64Guest""#)
    ],
    "install-delay-missing": [
      Example.Edit(
        old: "<InstallSection>",
        new: #"<InstallSection ovf:initialBootStopDelay="0">"#)
    ],
    "message-duplicate": [
      Example.Edit(
        old: #"    <Msg ovf:msgid="hello">Guten Tag</Msg>\#n"#,
        new: "")
    ],
    "message-id-missing": [
      Example.Edit(
        old: "    <Msg>Host name</Msg>\n",
        new: "")
    ],
    "message-unresolved": [
      Example.Edit(
        old: "</Envelope>",
        new:
          #"  <Strings xml:lang="en">\#n    <Msg ovf:msgid="host.label">Host</Msg>\#n  </Strings>\#n</Envelope>"#
      )
    ],
    "network-name-duplicate": [
      Example.Edit(
        old: #"    <Network ovf:name="VM Network"/>\#n"#,
        new: "")
    ],
    "network-name-missing": [
      Example.Edit(
        old: "    <Network/>\n",
        new: "")
    ],
    "operating-system-id-malformed": [
      Example.Edit(
        old: "<OperatingSystemSection",
        new: #"<OperatingSystemSection ovf:id="101""#)
    ],
    "option-id-missing": [
      Example.Edit(
        old: "<Configuration>",
        new: #"<Configuration ovf:id="small">"#)
    ],
    "option-text-missing": [
      Example.Edit(
        old: #"<Configuration ovf:id="small"/>"#,
        new:
          #"<Configuration ovf:id="small"><Label>S</Label><Description>D</Description></Configuration>"#
      )
    ],
    "references-duplicate": [
      Example.Edit(
        old: "  <References/>\n",
        new: "")
    ],
    "section-info-missing": [
      Example.Edit(
        old: "  <DiskSection>\n",
        new: "  <DiskSection>\n    <Info>Disks</Info>\n")
    ],
    "section-unknown": [
      Example.Edit(
        old: "<vmw:IpAssignmentSection>",
        new: #"<vmw:IpAssignmentSection ovf:required="false">"#)
    ],
    "startup-order-missing": [
      Example.Edit(
        old: #"<Item ovf:id="web"/>"#,
        new: #"<Item ovf:id="web" ovf:order="0"/>"#)
    ],
    "strings-language-missing": [
      Example.Edit(
        old: "<Strings>",
        new: #"<Strings xml:lang="de">"#)
    ],
    "system-id-missing": [
      Example.Edit(
        old: "<VirtualSystem>",
        new: #"<VirtualSystem ovf:id="web">"#)
    ],
    "system-info-missing": [
      Example.Edit(
        old: #"<VirtualSystem ovf:id="web">\#n"#,
        new: #"<VirtualSystem ovf:id="web">\#n    <Info>A machine</Info>\#n"#)
    ],
    "system-name-restricted": [
      Example.Edit(
        old: "<Name>Web (staging)</Name>",
        new: "<Name>Web-staging</Name>")
    ],
    "value-malformed": [
      Example.Edit(
        old: #"userConfigurable="yes""#,
        new: #"userConfigurable="true""#)
    ],
    "unit-nonstandard": [
      Example.Edit(
        old: "<rasd:AllocationUnits>MegaBytes",
        new: "<rasd:AllocationUnits>byte * 2^20")
    ],
    "cores-per-socket-uneven": [
      Example.Edit(
        old: #"ovf:required="false">4<"#,
        new: #"ovf:required="false">2<"#)
    ],
    "disk-without-backing": [
      Example.Edit(
        old: "        <rasd:InstanceID>9</rasd:InstanceID>",
        new:
          "        <rasd:HostResource>ovf:/disk/disk2</rasd:HostResource>\n        <rasd:InstanceID>9</rasd:InstanceID>"
      ),
      Example.Edit(
        old: "  </DiskSection>",
        new: #"    <Disk ovf:diskId="disk2" ovf:capacity="1073741824"/>\#n  </DiskSection>"#),
    ],
    "disk-without-parent": [
      Example.Edit(
        old: "        <rasd:ResourceType>17",
        new: "        <rasd:Parent>3</rasd:Parent>\n        <rasd:ResourceType>17")
    ],
    "family-list-separator": [
      Example.Edit(
        old: "vmx-11,vmx-13",
        new: "vmx-11 vmx-13")
    ],
    "family-recent": [
      Example.Edit(
        old: "vmx-21",
        new: "vmx-13")
    ],
    "family-virtualbox-only": [
      Example.Edit(
        old: "virtualbox-2.2",
        new: "vmx-13")
    ],
    "guest-newer-than-family": [
      Example.Edit(
        old: "debian12_64Guest",
        new: "otherLinux64Guest")
    ],
    "guest-type-unknown": [
      Example.Edit(
        old: "ubuntu-64",
        new: "ubuntu64Guest")
    ],
    "host-resource-malformed": [
      Example.Edit(
        old: "<rasd:HostResource>web-disk1.vmdk",
        new: "<rasd:HostResource>ovf:/disk/disk1")
    ],
    "ide-controller-subtype": [
      Example.Edit(
        old: "        <rasd:ResourceSubType>PIIX4</rasd:ResourceSubType>\n",
        new: "")
    ],
    "instance-id-conflict": [
      Example.Edit(
        old: "        <rasd:InstanceID>5</rasd:InstanceID>\n        <rasd:ResourceType>21",
        new: "        <rasd:InstanceID>9</rasd:InstanceID>\n        <rasd:ResourceType>21")
    ],
    "item-name-missing": [
      Example.Edit(
        old: "        <rasd:InstanceID>5",
        new:
          "        <rasd:ElementName>Network adapter 1</rasd:ElementName>\n        <rasd:InstanceID>5"
      )
    ],
    "item-instance-id-missing": [
      Example.Edit(
        old: "        <rasd:ResourceType>21",
        new: "        <rasd:InstanceID>9</rasd:InstanceID>\n        <rasd:ResourceType>21")
    ],
    "item-value-malformed": [
      Example.Edit(
        old: "<rasd:VirtualQuantity>2 GB<",
        new: "<rasd:VirtualQuantity>2048<")
    ],
    "mac-address-malformed": [
      Example.Edit(
        old: "00:50:56:01:02<",
        new: "00:50:56:01:02:03<")
    ],
    "memory-units-missing": [
      Example.Edit(
        old: "        <rasd:Description>Memory size",
        new:
          "        <rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits>\n        <rasd:Description>Memory size"
      )
    ],
    "network-undeclared": [
      Example.Edit(
        old: "  </NetworkSection>",
        new: #"    <Network ovf:name="Backup"/>\#n  </NetworkSection>"#)
    ],
    "network-unused": [
      Example.Edit(
        old: #"    <Network ovf:name="Backup"/>\#n"#,
        new: "")
    ],
    "parent-dangling": [
      Example.Edit(
        old: "<rasd:Parent>7",
        new: "<rasd:Parent>3")
    ],
    "parent-not-controller": [
      Example.Edit(
        old: "<rasd:Parent>5",
        new: "<rasd:Parent>3")
    ],
    "quantity-missing": [
      Example.Edit(
        old: "<rasd:ResourceType>4</rasd:ResourceType>",
        new:
          "<rasd:ResourceType>4</rasd:ResourceType>\n        <rasd:VirtualQuantity>2048</rasd:VirtualQuantity>"
      )
    ],
    "setting-required": [
      Example.Edit(
        old: "<vmw:Config vmw:key",
        new: #"<vmw:Config ovf:required="false" vmw:key"#)
    ],
    "slot-taken-twice": [
      Example.Edit(
        old: "        <rasd:AddressOnParent>0</rasd:AddressOnParent>\n        <rasd:ElementName>CD",
        new: "        <rasd:AddressOnParent>1</rasd:AddressOnParent>\n        <rasd:ElementName>CD")
    ],
    "storage-subtype-unknown": [
      Example.Edit(
        old: ">fastdisk<",
        new: ">vmware.sata.ahci<")
    ],
    "system-child-missing": [
      Example.Edit(
        old: "        <vssd:VirtualSystemIdentifier>",
        new: "        <vssd:InstanceID>0</vssd:InstanceID>\n        <vssd:VirtualSystemIdentifier>")
    ],
    "disk-bad-capacity": [
      Example.Edit(
        old: #"ovf:capacity="{{RAWSIZE}}""#,
        new: #"ovf:capacity="64""#)
    ],
    "disk-bad-populatedsize": [
      Example.Edit(
        old: #" ovf:populatedSize="${POPULATED}""#,
        new: "")
    ],
    "disk-capacity-is-file-size": [
      Example.Edit(
        old: #"ovf:capacity="SIZE""#,
        new: #"ovf:capacity="67108864""#)
    ],
    "disk-capacity-too-large": [
      Example.Edit(
        old: #"ovf:capacity="67108864""#,
        new: #"ovf:capacity="64""#)
    ],
    "disk-capacity-too-small": [
      Example.Edit(
        old: #"ovf:capacity="63""#,
        new: #"ovf:capacity="64""#)
    ],
    "disk-dangling-fileref": [
      Example.Edit(
        old: #"ovf:fileRef="file9""#,
        new: #"ovf:fileRef="file1""#)
    ],
    "disk-missing-capacity": [
      Example.Edit(
        old: #"ovf:fileRef="file1""#,
        new: #"ovf:fileRef="file1" ovf:capacity="64""#)
    ],
    "disk-missing-format": [
      Example.Edit(
        old: #"ovf:fileRef="file1""#,
        new:
          #"ovf:fileRef="file1" ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized""#
      )
    ],
    "disk-populated-exceeds-capacity": [
      Example.Edit(
        old: #" ovf:populatedSize="67108865""#,
        new: "")
    ],
    "disk-unknown-format": [
      Example.Edit(
        old: #"vmdk.html#""#,
        new: #"vmdk.html#streamOptimized""#)
    ],
    "disk-zero-capacity": [
      Example.Edit(
        old: #"ovf:capacity="0""#,
        new: #"ovf:capacity="64""#)
    ],
    "disk-empty-fileref": [
      Example.Edit(
        old: #" ovf:fileRef="""#,
        new: "")
    ],
    "placement-policy-unknown": [
      Example.Edit(
        old: #"ovf:policy="together""#,
        new: #"ovf:policy="affinity""#)
    ],
    "section-newer-version": [
      Example.Edit(
        old: "<PlacementGroupSection ",
        new: #"<PlacementGroupSection ovf:required="false" "#)
    ],
  ]

  @Test(arguments: edits.keys.sorted())
  func `an edit that follows the fix leaves nothing of the rule's weight`(_ id: String) async throws
  {
    let rule = try #require(Rule.named(id))
    var example = try #require(rule.triggering.first)
    example.edits += try #require(Self.edits[id])
    let left = try await RuleExample(rule: rule, number: 1, example: example).findings()
      .filter { $0.severity >= rule.severity }
    #expect(left == [])
  }
}
