/// The package without a fault, from which every example differs.
///
/// `web.ovf`, `web.mf` and `web-disk1.vmdk`: one machine with one disk and one network card.
public enum SoundPackage {
  /// The descriptor's file name.
  public static let descriptorName = "web.ovf"
  /// The manifest's file name.
  public static let manifestName = "web.mf"
  /// The certificate's file name, where an example has one.
  public static let certificateName = "web.cert"
  /// The disk's file name.
  public static let diskName = "web-disk1.vmdk"
  /// The disk's capacity in bytes: 64 MiB.
  public static let diskCapacity: UInt64 = 64 << 20

  /// The descriptor; `SIZE` stands for the size of the disk's file.
  public static let descriptor = """
    <?xml version="1.0" encoding="UTF-8"?>
    <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1"
        xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"
        xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData"
        xmlns:vssd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData"
        xmlns:vmw="http://www.vmware.com/schema/ovf">
      <References>
        <File ovf:id="file1" ovf:href="web-disk1.vmdk" ovf:size="SIZE"/>
      </References>
      <DiskSection>
        <Info>Virtual disks</Info>
        <Disk ovf:diskId="disk1" ovf:fileRef="file1" ovf:capacity="64" ovf:capacityAllocationUnits="byte * 2^20" ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"/>
      </DiskSection>
      <NetworkSection>
        <Info>Networks</Info>
        <Network ovf:name="VM Network">
          <Description>The network of the machine</Description>
        </Network>
      </NetworkSection>
      <VirtualSystem ovf:id="web">
        <Info>A virtual machine</Info>
        <Name>web</Name>
        <OperatingSystemSection ovf:id="94" vmw:osType="ubuntu64Guest">
          <Info>The guest operating system</Info>
          <Description>Ubuntu Linux (64-bit)</Description>
        </OperatingSystemSection>
        <ProductSection>
          <Info>About the product</Info>
          <Product>Web</Product>
          <Vendor>Example</Vendor>
          <Version>1.0</Version>
          <Property ovf:key="hostname" ovf:type="string" ovf:userConfigurable="true" ovf:value="web">
            <Label>Host name</Label>
            <Description>The name of the machine</Description>
          </Property>
        </ProductSection>
        <VirtualHardwareSection ovf:transport="com.vmware.guestInfo">
          <Info>Virtual hardware</Info>
          <System>
            <vssd:ElementName>Virtual Hardware Family</vssd:ElementName>
            <vssd:InstanceID>0</vssd:InstanceID>
            <vssd:VirtualSystemIdentifier>web</vssd:VirtualSystemIdentifier>
            <vssd:VirtualSystemType>vmx-13</vssd:VirtualSystemType>
          </System>
          <Item>
            <rasd:AllocationUnits>hertz * 10^6</rasd:AllocationUnits>
            <rasd:Description>Number of virtual CPUs</rasd:Description>
            <rasd:ElementName>2 virtual CPUs</rasd:ElementName>
            <rasd:InstanceID>1</rasd:InstanceID>
            <rasd:ResourceType>3</rasd:ResourceType>
            <rasd:VirtualQuantity>2</rasd:VirtualQuantity>
          </Item>
          <Item>
            <rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits>
            <rasd:Description>Memory size</rasd:Description>
            <rasd:ElementName>2048 MB of memory</rasd:ElementName>
            <rasd:InstanceID>2</rasd:InstanceID>
            <rasd:ResourceType>4</rasd:ResourceType>
            <rasd:VirtualQuantity>2048</rasd:VirtualQuantity>
          </Item>
          <Item>
            <rasd:Address>0</rasd:Address>
            <rasd:Description>SCSI controller</rasd:Description>
            <rasd:ElementName>SCSI controller 0</rasd:ElementName>
            <rasd:InstanceID>3</rasd:InstanceID>
            <rasd:ResourceSubType>lsilogic</rasd:ResourceSubType>
            <rasd:ResourceType>6</rasd:ResourceType>
          </Item>
          <Item>
            <rasd:AddressOnParent>0</rasd:AddressOnParent>
            <rasd:ElementName>Hard disk 1</rasd:ElementName>
            <rasd:HostResource>ovf:/disk/disk1</rasd:HostResource>
            <rasd:InstanceID>4</rasd:InstanceID>
            <rasd:Parent>3</rasd:Parent>
            <rasd:ResourceType>17</rasd:ResourceType>
          </Item>
          <Item>
            <rasd:AutomaticAllocation>true</rasd:AutomaticAllocation>
            <rasd:Connection>VM Network</rasd:Connection>
            <rasd:ElementName>Network adapter 1</rasd:ElementName>
            <rasd:InstanceID>5</rasd:InstanceID>
            <rasd:ResourceSubType>VmxNet3</rasd:ResourceSubType>
            <rasd:ResourceType>10</rasd:ResourceType>
          </Item>
        </VirtualHardwareSection>
      </VirtualSystem>
    </Envelope>

    """
}
