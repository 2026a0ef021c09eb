import OVABasics
import OVFDescriptor
import Testing

@Suite struct DevicesOfAMachine {
  @Test func `processors, memory and cores are counted`() throws {
    let machine = try hardware(
      items: Text.item(
        "1", 3, ("AllocationUnits", "hertz * 10^6"), ("VirtualQuantity", "8"),
        more: "<vmw:CoresPerSocket ovf:required=\"false\">4</vmw:CoresPerSocket>")
        + Text.item("2", 4, ("AllocationUnits", "byte * 2^20"), ("VirtualQuantity", "2048")))
    #expect(machine.virtualCPUs == 8)
    #expect(machine.coresPerSocket?.value == 4)
    #expect(machine.memoryBytes == 2 << 30)
  }

  @Test func `memory without units is bytes`() throws {
    #expect(try hardware(items: Text.item("1", 4, ("VirtualQuantity", "512"))).memoryBytes == 512)
  }

  @Test(
    arguments: [
      ("-1", .negative), ("many", .notANumber), ("1.5", .fraction), ("", .empty),
      ("0x10", .notANumber),
      ("1e9", .notANumber), ("٤", .notANumber),
      ("99999999999999999999", .overflow(bound: "9223372036854775807")),
      ("${nothing}", .unknownProperty("nothing")),
    ] as [(String, ValueFault)])
  func `a quantity that is none is a fault, not a zero`(text: String, fault: ValueFault) throws {
    let machine = try hardware(items: Text.item("1", 3, ("VirtualQuantity", text)))
    #expect(machine.processors == .failure(fault))
    #expect(machine.virtualCPUs == nil)
  }

  @Test func `memory that overflows is a fault`() throws {
    let machine = try hardware(
      items: Text.item(
        "1", 4, ("AllocationUnits", "byte * 2^60"), ("VirtualQuantity", "9223372036854775807")))
    #expect(machine.memory == .failure(.overflow(bound: "2^63 - 1")))
  }

  @Test func `a machine without processor and memory has none, which is no fault`() throws {
    let machine = try hardware(items: "")
    #expect(machine.processors == nil)
    #expect(machine.memory == nil)
  }

  @Test(
    arguments: [
      (5, "", .controller(.ide)), (6, "lsilogic", .controller(.scsi)),
      (7, "", .controller(.fibreChannel)),
      (8, "", .controller(.iscsi)), (20, "AHCI", .controller(.sata)),
      (20, "vmware.sata.ahci", .controller(.sata)),
      (20, "vmware.nvme.controller", .controller(.nvme)),
      (20, "vmware.nvdimm.controller", .controller(.nvdimm)),
      (20, "vmware.nvdimm.device", .other(.nvdimm)),
      (20, "VirtioSCSI", .controller(.scsi)), (20, "", .controller(.otherStorage)),
      (23, "vmware.usb.xhci", .controller(.usb)), (17, "", .disk), (19, "", .disk), (31, "", .disk),
      (15, "", .opticalDrive), (16, "", .opticalDrive), (14, "", .floppyDrive),
      (10, "VmxNet3", .networkAdapter), (24, "", .other(.graphics)),
      (35, "ensoniq1371", .other(.sound)),
      (1, "vmware.soundcard.hdaudio", .other(.sound)), (1, "vmware.vmci", .other(.vmci)),
      (1, "vmware.vtpm", .other(.tpm)), (21, "", .other(.serialPort)),
      (22, "", .other(.parallelPort)),
      (1, "vmware.pci.passthrough", .other(.pciPassthrough)), (32768, "", .other(.unknown)),
      (0, "", .other(.unknown)),
    ] as [(Int, String, Device.Kind)])
  func `the resource type says the kind`(type: Int, subtype: String, kind: Device.Kind) throws {
    let machine = try hardware(items: Text.item("1", type, ("ResourceSubType", subtype)))
    #expect(machine.devices.map(\.kind) == [kind])
  }

  @Test(arguments: ["buslogic lsilogic", "buslogic,lsilogic", "buslogic, lsilogic"])
  func `subtypes are alternatives, the spelling kept`(text: String) throws {
    let device = try #require(
      try hardware(items: Text.item("1", 6, ("ResourceSubType", text))).devices.first)
    #expect(device.item.subTypes == ["buslogic", "lsilogic"])
    #expect(device.item.resourceSubType?.text == text)
  }

  @Test func `a drive's slot is its controller's kind and number, and its address there`() throws {
    let machine = try hardware(
      items: Text.item("3", 6, ("Address", "0")) + Text.item("4", 5, ("Address", "1"))
        + Text.item("5", 20, ("ResourceSubType", "AHCI"))
        + Text.item("7", 17, ("Parent", "3"), ("AddressOnParent", "1"))
        + Text.item("8", 15, ("Parent", "4"), ("AddressOnParent", "0"))
        + Text.item("9", 17, ("Parent", "5"))
        + Text.item("10", 17, ("Parent", "99"), ("AddressOnParent", "2")) + Text.item("11", 17))
    #expect(
      (machine.disks + machine.opticalDrives).map { $0.slot?.description }
        == ["SCSI 0:1", "SATA 0:?", "? ?:2", nil, "IDE 1:0"])
  }

  @Test func `older names of the fields are read`() throws {
    let machine = try hardware(
      items: """
        <Item><rasd:Caption>disk1</rasd:Caption><rasd:InstanceId>7</rasd:InstanceId>\
        <rasd:ResourceType>17</rasd:ResourceType></Item>
        """)
    #expect(machine.disks.first?.item.instanceID == "7")
    #expect(machine.disks.first?.item.displayName?.text == "disk1")
  }

  @Test func `storage and port items are devices like others`() throws {
    let machine = try hardware(
      items: """
        <StorageItem><sasd:InstanceID>8</sasd:InstanceID><sasd:ResourceType>17</sasd:ResourceType>
        </StorageItem><EthernetPortItem><epasd:Connection>NAT</epasd:Connection>
        <epasd:InstanceID>9</epasd:InstanceID><epasd:ResourceType>10</epasd:ResourceType>
        </EthernetPortItem>
        """)
    #expect(machine.disks.count == 1)
    #expect(machine.networkAdapters.first?.item.connections.map(\.text) == ["NAT"])
  }

  @Test(arguments: ["vmx-10 vmx-11", "vmx-10,vmx-11", "vmx-10, vmx-11"])
  func `families are a list`(text: String) throws {
    let machine = try hardware(
      items: "", system: "<vssd:VirtualSystemType>\(text)</vssd:VirtualSystemType>")
    #expect(machine.families == ["vmx-10", "vmx-11"])
  }

  @Test func `VMware's settings tell firmware, secure boot, nesting, NVRAM; a device the TPM`()
    throws
  {
    let machine = try hardware(
      items: Text.item("9", 1, ("ResourceSubType", "vmware.vtpm")) + """
        <vmw:Config ovf:required="false" vmw:key="firmware" vmw:value="efi"/>
        <vmw:Config vmw:key="bootOptions.efiSecureBootEnabled" vmw:value="true"/>
        <vmw:Config vmw:key="nestedHVEnabled" vmw:value="false"/>
        <vmw:ExtraConfig vmw:key="nvram" vmw:value="ovf:/file/file2"/>
        """)
    #expect(machine.firmware == "efi")
    #expect(machine.secureBoot == true)
    #expect(machine.nestedVirtualization == false)
    #expect(machine.nvram?.value == .file("file2"))
    #expect(machine.hasTPM)
    #expect(machine.section.settings.map(\.isRequired) == [false, true, true, true])
  }

  @Test func `what is not said is not made up`() throws {
    let machine = try hardware(items: "")
    #expect(machine.firmware == nil)
    #expect(machine.secureBoot == nil)
    #expect(machine.nestedVirtualization == nil)
    #expect(machine.nvram == nil)
    #expect(!machine.hasTPM)
  }

  @Test func `only the first of several hardware sections is shown, all are kept`() throws {
    let text = Text.envelope(
      """
      <VirtualSystem ovf:id="a"><Info>i</Info>
      <VirtualHardwareSection ovf:id="1"><Info>i</Info>\(Text.item("1", 3, ("VirtualQuantity", "1")))
      </VirtualHardwareSection>
      <VirtualHardwareSection ovf:id="2"><Info>i</Info>\(Text.item("1", 3, ("VirtualQuantity", "2")))
      </VirtualHardwareSection></VirtualSystem>
      """)
    let envelope = try read(text)
    let system = try #require(envelope.virtualSystems.first)
    #expect(envelope.hardware(of: system, in: nil)?.virtualCPUs == 1)
    #expect(
      system.hardwareSections.map { envelope.hardware(of: $0, in: nil).virtualCPUs } == [1, 2])
  }
}
