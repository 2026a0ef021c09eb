import OVABasics
import OVFDescriptor
import Testing

/// An archive's descriptor as oVirt's engine writes it, in the standard's namespace.
private func exported(
  disk: String = "", items: String = "", family: String = "ENGINE 4.5.0.0", id: String = ""
) -> String {
  """
  <ovf:Envelope xmlns:ovf="\(Text.ovf1)" xmlns:ovirt="http://www.ovirt.org/ovf"
    xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData"
    xmlns:vssd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData">
  <References><File ovf:id="image" ovf:href="image" ovf:size="1"/></References>
  <DiskSection><Info/>
    <Disk ovf:diskId="d" ovf:fileRef="image" ovf:capacity="8" \(disk)/></DiskSection>
  <VirtualSystem ovf:id="vm"><Name>vm</Name>
    <OperatingSystemSection ovf:id="1" \(id)><Info/></OperatingSystemSection>
    <VirtualHardwareSection><Info/><System>
      <vssd:VirtualSystemType>\(family)</vssd:VirtualSystemType></System>
      <Item><rasd:InstanceId>image</rasd:InstanceId><rasd:ResourceType>17</rasd:ResourceType>
        <rasd:HostResource>ovf:/disk/d</rasd:HostResource>
        <rasd:Parent>00000000-0000-0000-0000-000000000000</rasd:Parent>\(items)</Item>
    </VirtualHardwareSection></VirtualSystem></ovf:Envelope>
  """
}

@Suite struct OVirt {
  @Test(
    arguments: [
      (#"ENGINE 4.5.0.0"#, "", true), ("vmx-13", #"ovirt:id="5001""#, true),
      ("vmx-13", "", false), ("ENGINE", "", false),
    ] as [(String, String, Bool)])
  func `an archive is told by what only oVirt writes`(
    family: String, id: String, isOVirt: Bool
  ) throws {
    let envelope = try read(exported(family: family, id: id))
    #expect((envelope.dialect == .oVirt) == isOVirt)
    #expect(try hardware(envelope).section.familyText == family)
  }

  @Test(
    arguments: [
      (
        "VirtIO_SCSI", "{type=drive, bus=0, controller=0, target=0, unit=1}", "SCSI 0:1"
      ),
      ("VirtIO_SCSI", "{type=drive,bus=0,controller=1,target=2,unit=3}", "SCSI 1:2:3"),
      ("SATA", "{type=drive, bus=0, controller=0, target=0, unit=4}", "SATA 0:4"),
      ("IDE", "{type=drive, bus=1, controller=0, target=0, unit=1}", "IDE 1:1"),
      (
        "VirtIO", "{type=pci, slot=0x07, bus=0x00, domain=0x0000, function=0x0}",
        "VIRTIO 0000:00:07.0"
      ),
      ("VirtIO", "", "VIRTIO"), ("", "", nil), ("", "somewhere", nil),
      ("VirtIO_SCSI", "{type=drive, bus=0}", "SCSI"), ("Unheard", "{}", nil),
      (
        "IDE", "{type=drive, bus=9223372036854775807, controller=9223372036854775807, unit=1}",
        "IDE 9223372036854775807:1"
      ),
    ] as [(String, String, String?)])
  func `the place of a disk is in its address`(
    interface: String, address: String, slot: String?
  ) throws {
    let envelope = try read(
      exported(
        disk: interface.isEmpty ? "" : "ovf:disk-interface=\"\(interface)\"",
        items: "<rasd:Address>\(address)</rasd:Address>"))
    #expect(try hardware(envelope).disks.first?.slot?.description == slot)
  }

  @Test(arguments: ["true", "True", "1", "false", "False", "0", "maybe"])
  func `the mark of a boot disk is read in every spelling`(text: String) throws {
    let envelope = try read(exported(disk: "ovf:boot=\"\(text)\""))
    let expected: Bool? =
      ["true", "1"].contains(text.lowercased())
      ? true : text == "maybe" ? nil : false
    #expect(envelope.disks.first?.isBootable?.value == expected)
  }

  @Test(
    arguments: [
      ("0", "rtl8139 and VirtIO"), ("1", "rtl8139"), ("2", "e1000"), ("3", "VirtIO"),
      ("5", "PCI passthrough"), ("6", "e1000e"), ("77", "77"),
    ] as [(String, String)])
  func `an adapter has the kind of its number, and its own MAC address`(
    number: String, kind: String
  ) throws {
    let item = """
      </Item><Item><rasd:InstanceId>n</rasd:InstanceId><rasd:ResourceType>10</rasd:ResourceType>
      <rasd:ResourceSubType>\(number)</rasd:ResourceSubType><rasd:Connection>x</rasd:Connection>
      <rasd:Address>{type=pci, slot=0x03, bus=0x00, domain=0x0000, function=0x0}</rasd:Address>
      <rasd:MACAddress>56:6f:00:00:00:07</rasd:MACAddress>
      """
    let adapter = try #require(
      hardware(read(exported(items: item))).networkAdapters.first)
    #expect(adapter.model == kind)
    #expect(adapter.item.macAddress?.text == "56:6f:00:00:00:07")
  }

  @Test(
    arguments: [
      ("<rasd:Linked>false</rasd:Linked>", true), ("<IsPlugged>False</IsPlugged>", true),
      ("<rasd:Linked>true</rasd:Linked><IsPlugged>true</IsPlugged>", false), ("", false),
      ("<rasd:AutomaticAllocation>false</rasd:AutomaticAllocation>", true),
      ("<rasd:AutomaticAllocation>true</rasd:AutomaticAllocation>", false),
    ] as [(String, Bool)])
  func `a device that is not plugged in starts disconnected`(
    fields: String, isDisconnected: Bool
  ) throws {
    let device = try #require(hardware(read(exported(items: fields))).disks.first)
    #expect(device.item.startsDisconnected == isDisconnected)
  }

  @Test(
    arguments: [
      (#"ovf:disk_storage_type="LUN" ovf:lun_id="36""#, "36"),
      (#"ovf:disk_storage_type="lun""#, "lun"), (#"ovf:lun_id="36""#, "36"),
      (#"ovf:disk_storage_type="IMAGE" ovf:lun_id="""#, nil), ("", nil),
    ] as [(String, String?)])
  func `a direct LUN is told by its kind or its id`(attributes: String, lun: String?) throws {
    #expect(try read(exported(disk: attributes)).disks.first?.directLUN?.text == lun)
  }

  @Test func `devices of oVirt's own numbers are told by the words beside them`() throws {
    let items = [
      ("0", "tpm", "tpm", "tpm"), ("26", "graphics", "vnc", "graphics"),
      ("0", "sound", "ich6", "sound"), ("0", "rng", "virtio", "unknown"),
    ]
    .map { type, word, device, _ in
      """
      </Item><Item><rasd:InstanceId>\(word)</rasd:InstanceId>
      <rasd:ResourceType>\(type)</rasd:ResourceType><Type>\(word)</Type>
      <Device>\(device)</Device>
      """
    }.joined()
    let devices = try hardware(read(exported(items: items))).otherDevices
    #expect(
      devices.map(\.kind) == [
        .other(.tpm), .other(.graphics), .other(.sound), .other(.unknown),
      ])
    #expect(devices.map(\.model) == ["tpm", "vnc", "ich6", "virtio"])
  }
}

@Suite struct BootOrders {
  private static func order(_ sections: String, items: String = "", extra: String = "") throws
    -> [String]
  {
    let envelope = try read(
      Text.envelope(
        """
        <VirtualSystem ovf:id="a"><Info/><VirtualHardwareSection><Info/>
        \(Text.item("3", 6))\(Text.item("4", 17, ("Parent", "3"), ("AddressOnParent", "0")))
        \(Text.item("5", 17, ("Parent", "3"), ("AddressOnParent", "1")))\(items)\(extra)
        </VirtualHardwareSection>\(sections)</VirtualSystem>
        """))
    let system = try #require(envelope.virtualSystems.first)
    return envelope.bootOrder(of: system, try hardware(envelope)).map { step in
      switch step {
      case .device(let device): device.item.instanceID ?? "?"
      case .named(let name): name
      }
    }
  }

  @Test func `VMware's section names items`() throws {
    let section = #"<vmw:BootOrderSection vmw:instanceId="5 4 9" vmw:type="disk"><Info/>"#
    #expect(try Self.order(section + "</vmw:BootOrderSection>") == ["5", "4", "item 9"])
  }

  @Test func `version 2 names CIM's devices`() throws {
    let section = """
      <BootDeviceSection><Info/><b:CIM_BootConfigSetting xmlns:b="urn:b">
      <b:CIM_BootSourceSetting><b:StructuredBootString>CIM:Network:1</b:StructuredBootString>
      </b:CIM_BootSourceSetting></b:CIM_BootConfigSetting></BootDeviceSection>
      """
    #expect(try Self.order(section) == ["CIM:Network:1"])
  }

  @Test func `oVirt numbers devices, and 0 is none of the order`() throws {
    let items =
      Text.item("8", 17, more: "<BootOrder>2</BootOrder>")
      + Text.item("9", 10, more: "<BootOrder>1</BootOrder>")
      + Text.item("7", 17, more: "<BootOrder>0</BootOrder>")
    #expect(try Self.order("", items: items) == ["9", "8"])
  }

  @Test func `a line of the .vmx file names kinds of devices`() throws {
    let setting = #"<vmw:ExtraConfig vmw:key="bios.bootOrder" vmw:value="cdrom,hdd"/>"#
    #expect(try Self.order("", extra: setting) == ["cdrom", "hdd"])
  }

  @Test func `VirtualBox numbers kinds of devices`() throws {
    let machine = """
      <vbox:Machine><vbox:Hardware><vbox:Boot><vbox:Order position="2" device="HardDisk"/>
      <vbox:Order position="1" device="DVD"/><vbox:Order position="3" device="None"/>
      </vbox:Boot></vbox:Hardware></vbox:Machine>
      """
    #expect(try Self.order(machine) == ["DVD", "HardDisk"])
  }

  @Test func `where nothing is written there is no order`() throws {
    #expect(try Self.order("") == [])
  }
}
