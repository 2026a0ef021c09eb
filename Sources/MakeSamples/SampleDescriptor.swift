/// The text of a sample's descriptor, put together from what differs between the samples.
struct SampleDescriptor {
  /// A file of the References with the disk in it.
  struct DiskFile {
    let href: String
    let size: Int
    /// Capacity in MiB.
    let capacity: Int
    /// Bytes in use.
    let populated: Int
  }

  /// A machine.
  struct Machine {
    let id: String
    let name: String
    let product: String
    /// Numbers of the disks in the References, from 1.
    let disks: [Int]
    let networks: [String]
    var processors = 2
    var memory = 2048
    /// Items that count in some deployment options only, finished.
    var optionItems = ""
    var properties = ""
  }

  var files: [DiskFile]
  var machines: [Machine]
  var networks: [String]
  /// Finished sections of the envelope, or nothing.
  var options = ""
  /// The collection's id and finished sections; nil for a single machine.
  var collection: (id: String, name: String, sections: String)?

  /// The descriptor.
  var text: String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1"
        xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"
        xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData"
        xmlns:vssd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData"
        xmlns:vmw="http://www.vmware.com/schema/ovf">
      <References>
    \(files.enumerated().map(reference).joined())\
      </References>
      <DiskSection>
        <Info>The disks</Info>
    \(files.enumerated().map(disk).joined())\
      </DiskSection>
      <NetworkSection>
        <Info>The networks</Info>
    \(networks.map { "    <Network ovf:name=\"\($0)\"/>\n" }.joined())\
      </NetworkSection>
    \(options)\(content)\
    </Envelope>

    """
  }

  private var content: String {
    let systems = machines.map(system).joined()
    guard let collection else { return systems }
    return """
        <VirtualSystemCollection ovf:id="\(collection.id)">
          <Info>Several machines</Info>
          <Name>\(collection.name)</Name>
      \(collection.sections)\(systems)\
        </VirtualSystemCollection>

      """
  }

  private func reference(_ index: Int, _ file: DiskFile) -> String {
    """
        <File ovf:id="file\(index + 1)" ovf:href="\(file.href)" ovf:size="\(file.size)"/>

    """
  }

  private func disk(_ index: Int, _ file: DiskFile) -> String {
    """
        <Disk ovf:diskId="disk\(index + 1)" ovf:fileRef="file\(index + 1)"
            ovf:capacity="\(file.capacity)" ovf:capacityAllocationUnits="byte * 2^20"
            ovf:populatedSize="\(file.populated)"
            ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"/>

    """
  }

  private func system(_ machine: Machine) -> String {
    """
      <VirtualSystem ovf:id="\(machine.id)">
        <Info>A machine</Info>
        <Name>\(machine.name)</Name>
        <OperatingSystemSection ovf:id="96" vmw:osType="debian10_64Guest">
          <Info>The guest operating system</Info>
          <Description>Debian GNU/Linux 10 (64-bit)</Description>
        </OperatingSystemSection>
        <ProductSection>
          <Info>The product</Info>
          <Product>\(machine.product)</Product>
          <Vendor>OVAKit samples</Vendor>
          <Version>1.0</Version>
    \(machine.properties)\
        </ProductSection>
        <VirtualHardwareSection ovf:transport="com.vmware.guestInfo">
          <Info>The hardware</Info>
          <System>
            <vssd:ElementName>Virtual Hardware Family</vssd:ElementName>
            <vssd:InstanceID>0</vssd:InstanceID>
            <vssd:VirtualSystemIdentifier>\(machine.id)</vssd:VirtualSystemIdentifier>
            <vssd:VirtualSystemType>vmx-13</vssd:VirtualSystemType>
          </System>
    \(items(machine))\
          <vmw:Config ovf:required="false" vmw:key="firmware" vmw:value="efi"/>
        </VirtualHardwareSection>
      </VirtualSystem>

    """
  }

  private func items(_ machine: Machine) -> String {
    var items =
      Self.item(
        [
          ("AllocationUnits", "hertz * 10^6"), ("Description", "Number of virtual CPUs"),
          ("ElementName", "\(machine.processors) virtual CPUs"), ("InstanceID", "1"),
          ("ResourceType", "3"), ("VirtualQuantity", "\(machine.processors)"),
        ])
      + Self.item(
        [
          ("AllocationUnits", "byte * 2^20"), ("Description", "Memory size"),
          ("ElementName", "\(machine.memory) MB of memory"), ("InstanceID", "2"),
          ("ResourceType", "4"), ("VirtualQuantity", "\(machine.memory)"),
        ])
      + machine.optionItems
      + Self.item(
        [
          ("Address", "0"), ("Description", "SCSI controller"),
          ("ElementName", "SCSI controller 0"), ("InstanceID", "3"),
          ("ResourceSubType", "VirtualSCSI"), ("ResourceType", "6"),
        ])
    for (place, disk) in machine.disks.enumerated() {
      items += Self.item(
        [
          ("AddressOnParent", "\(place)"), ("ElementName", "Hard disk \(place + 1)"),
          ("HostResource", "ovf:/disk/disk\(disk)"), ("InstanceID", "\(10 + place)"),
          ("Parent", "3"), ("ResourceType", "17"),
        ])
    }
    for (place, network) in machine.networks.enumerated() {
      items += Self.item(
        [
          ("AutomaticAllocation", "true"), ("Connection", network),
          ("ElementName", "Network adapter \(place + 1)"), ("InstanceID", "\(20 + place)"),
          ("ResourceSubType", "VmxNet3"), ("ResourceType", "10"),
        ])
    }
    return items
  }

  /// An item; in all configurations unless one is named.
  static func item(_ fields: [(String, String)], configuration: String? = nil) -> String {
    let attribute = configuration.map { " ovf:configuration=\"\($0)\"" } ?? ""
    let lines = fields.map { "        <rasd:\($0.0)>\($0.1)</rasd:\($0.0)>\n" }.joined()
    return "      <Item\(attribute)>\n\(lines)      </Item>\n"
  }
}
