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

@Suite struct Configurations {
  static let options = """
    <DeploymentOptionSection><Info>i</Info>
    <Configuration ovf:id="small"><Label>S</Label><Description>d</Description></Configuration>
    <Configuration ovf:id="large" ovf:default="true"><Label>L</Label><Description>d</Description>
    </Configuration></DeploymentOptionSection>
    """
  static let machine = Text.machine(
    Text.item("1", 3, ("VirtualQuantity", "2"), ("ElementName", "cpu"))
      + Text.item("1", 3, ("VirtualQuantity", "16"), attributes: "ovf:configuration=\"large\"")
      + Text.item("5", 17, attributes: "ovf:configuration=\"small large\"")
      + Text.item("6", 17, attributes: "ovf:configuration=\"other\""))

  @Test func `the one marked default counts when nobody chooses`() throws {
    let envelope = try read(Text.envelope(Self.options + Self.machine))
    #expect(envelope.defaultConfiguration == "large")
    #expect(try hardware(envelope).virtualCPUs == 16)
    #expect(try hardware(envelope, in: "small").virtualCPUs == 2)
    #expect(try hardware(envelope).disks.map(\.item.instanceID) == ["5"])
  }

  @Test func `without a mark the first counts`() throws {
    let text = Text.envelope(
      Self.options.replacing(" ovf:default=\"true\"", with: "") + Self.machine)
    #expect(try read(text).defaultConfiguration == "small")
  }

  @Test func `a merged device has the later fields and keeps the others`() throws {
    let envelope = try read(Text.envelope(Self.options + Self.machine))
    let device = try #require(try hardware(envelope).devices.first)
    #expect(device.item.displayName?.text == "cpu")
    #expect(device.places.count == 2)
    #expect(try hardware(envelope).conflicts.isEmpty)
  }

  @Test func `an item for a configuration does not count where there are none`() throws {
    let envelope = try read(Text.envelope(Self.machine))
    #expect(try hardware(envelope).virtualCPUs == 2)
    #expect(try hardware(envelope).disks.isEmpty)
  }

  @Test func `an unqualified configuration counts, and is noticed once`() throws {
    let text = Text.envelope(
      Self.options + Self.machine.replacing("ovf:configuration", with: "configuration"))
    let envelope = try read(text)
    #expect(try hardware(envelope).virtualCPUs == 16)
    #expect(
      envelope.observations.map(\.kind).filter { $0 == .unqualifiedAttribute("configuration") }
        .count == 1)
  }

  @Test func `bounds are a device's range and no devices`() throws {
    let machine = try hardware(
      items: Text.item("1", 4, ("VirtualQuantity", "512"), attributes: "ovf:bound=\"normal\"")
        + Text.item("1", 4, ("VirtualQuantity", "128"), attributes: "ovf:bound=\"min\"")
        + Text.item("1", 4, ("VirtualQuantity", "1024"), attributes: "ovf:bound=\"max\""))
    #expect(machine.memoryBytes == 512)
    let device = try #require(machine.devices.first)
    #expect(machine.devices.count == 1)
    #expect(device.minimum?.virtualQuantity?.value == .number(128))
    #expect(device.maximum?.virtualQuantity?.value == .number(1024))
  }

  @Test func `a bound that is no bound is a fault, and the item a device`() throws {
    let envelope = try read(
      Text.envelope(
        Text.machine(
          Text.item("1", 3, ("VirtualQuantity", "1"), attributes: "ovf:bound=\"most\""))))
    #expect(try hardware(envelope).virtualCPUs == 1)
    #expect(
      envelope.observations.map(\.kind) == [
        .badValue(
          element: "Item", name: "bound", text: "most",
          fault: .notOneOf(["normal", "min", "max"]))
      ])
  }

  @Test func `two unconditional items with one id are merged, and said`() throws {
    let machine = try hardware(
      items: Text.item("1", 3, ("VirtualQuantity", "1"))
        + Text.item("1", 3, ("VirtualQuantity", "4")))
    #expect(machine.virtualCPUs == 4)
    #expect(machine.conflicts.map(\.kind) == [.bothUnconditional])
  }

  @Test func `items with one id and different types stay apart, and it is said`() throws {
    let machine = try hardware(
      items: Text.item("1", 3, ("VirtualQuantity", "1")) + Text.item("1", 17))
    #expect(machine.devices.count == 2)
    #expect(machine.conflicts.map(\.kind) == [.differentTypes])
  }
}

@Suite struct DisksAndFiles {
  static func package(
    disk: String, references: String = "<File ovf:id=\"f\" ovf:href=\"d.vmdk\"/>",
    resource: String = "ovf:/disk/d", more: String = ""
  ) -> String {
    Text.envelope(
      "<References>\(references)</References><DiskSection><Info>i</Info>\(disk)</DiskSection>"
        + more + Text.machine(Text.item("1", 17, ("HostResource", resource))))
  }

  @Test(arguments: [
    "ovf:/disk/d", "/disk/d", "ovf://disk/d", "ovf:disk/d", "OVF:/disk/d",
  ])
  func `a disk is found by every form of HostResource`(resource: String) throws {
    let envelope = try read(
      Self.package(
        disk: "<Disk ovf:diskId=\"d\" ovf:fileRef=\"f\" ovf:capacity=\"1\"/>", resource: resource))
    guard case .disk(let disk, let file)? = try hardware(envelope).disks.first?.backing else {
      Issue.record("no disk")
      return
    }
    #expect(disk.id?.text == "d")
    #expect(file?.href?.text == "d.vmdk")
  }

  @Test(
    arguments: [
      ("/file/x", .file("x")), ("ovf:/file/x y", .file("x y")), ("d.vmdk", .other("d.vmdk")),
      ("ovf:/disk/", .other("ovf:/disk/")), ("disk/x", .other("disk/x")),
    ] as [(String, HostResource)])
  func `other forms are what they are`(text: String, resource: HostResource) {
    #expect(HostResource(text) == resource)
  }

  @Test(arguments: ["nothing.vmdk", "ovf:/disk/other", "ovf:/file/other"])
  func `what names nothing stays unresolved`(resource: String) throws {
    let envelope = try read(
      Self.package(disk: "<Disk ovf:diskId=\"d\" ovf:capacity=\"1\"/>", resource: resource))
    #expect(
      try hardware(envelope).disks.first?.backing == .unresolved(HostResource(resource)))
  }

  @Test func `an empty or missing fileRef is a blank disk`() throws {
    for reference in ["", "ovf:fileRef=\"\""] {
      let envelope = try read(
        Self.package(disk: "<Disk ovf:diskId=\"d\" ovf:capacity=\"1\" \(reference)/>"))
      let disk = try #require(envelope.disks.first)
      #expect(envelope.file(of: disk) == nil)
    }
  }

  @Test(
    arguments: [
      ("ovf:capacity=\"10\" ovf:capacityAllocationUnits=\"byte * 2^30\"", .success(10 << 30)),
      ("ovf:capacity=\"10\"", .success(10)),
      ("ovf:capacity=\"${size}\" ovf:capacityAllocationUnits=\"GigaBytes\"", .success(20 << 30)),
      ("ovf:capacity=\"${c.size.1}\"", .success(20)),
      ("ovf:capacity=\"-10\"", .failure(.negative)),
      ("ovf:capacity=\"ten\"", .failure(.notANumber)),
      ("ovf:capacity=\"\"", .failure(.empty)),
      ("ovf:capacity=\"9223372036854775808\"", .failure(.overflow(bound: "9223372036854775807"))),
      (
        "ovf:capacity=\"9223372036854775807\" ovf:capacityAllocationUnits=\"byte * 2^10\"",
        .failure(.overflow(bound: "2^63 - 1"))
      ),
      ("ovf:capacity=\"1\" ovf:capacityAllocationUnits=\"hertz\"", .failure(.unknownUnit("hertz"))),
      ("ovf:capacity=\"${none}\"", .failure(.unknownProperty("none"))),
      ("ovf:capacity=\"${empty}\"", .failure(.propertyWithoutValue("empty"))),
      ("", nil),
    ] as [(String, Result<UInt64, ValueFault>?)])
  func `capacities are bytes or say what is wrong`(
    attributes: String, bytes: Result<UInt64, ValueFault>?
  ) throws {
    let envelope = try read(
      Self.package(
        disk: "<Disk ovf:diskId=\"d\" \(attributes)/>",
        more: """
          <ProductSection ovf:class="c" ovf:instance="1"><Info>i</Info>
          <Property ovf:key="size" ovf:type="int" ovf:value="20"/>
          <Property ovf:key="empty" ovf:type="int"/></ProductSection>
          """))
    let disk = try #require(envelope.disks.first)
    #expect(envelope.capacity(of: disk, in: nil) == bytes)
  }

  @Test func `a property's value for the configuration comes before its default`() throws {
    let envelope = try read(
      Self.package(
        disk: "<Disk ovf:diskId=\"d\" ovf:capacity=\"${size}\"/>",
        more: Configurations.options + """
          <ProductSection><Info>i</Info><Property ovf:key="size" ovf:type="int" ovf:value="1">
          <Value ovf:value="2" ovf:configuration="large"/></Property></ProductSection>
          """))
    let disk = try #require(envelope.disks.first)
    #expect(envelope.capacity(of: disk, in: "large") == .success(2))
    #expect(envelope.capacity(of: disk, in: "small") == .success(1))
  }

  @Test(
    arguments: [
      ("d.vmdk", .file(path: "d.vmdk")), ("a%20b.vmdk", .file(path: "a b.vmdk")),
      ("a b.vmdk", .file(path: "a b.vmdk")), ("100%.vmdk", .file(path: "100%.vmdk")),
      ("http://h/d.vmdk", .url(scheme: "http")), ("HTTPS://h/d", .url(scheme: "https")),
      ("file:///etc/passwd", .url(scheme: "file")), ("c:\\d.vmdk", .file(path: "c:\\d.vmdk")),
      ("%2e%2e/d", .file(path: "../d")), ("%ff", .undecodable),
    ] as [(String, FileReference.Target)])
  func `an href is a path or a URL`(href: String, target: FileReference.Target) {
    #expect(FileReference.Target(href: href) == target)
  }

  @Test func `sizes keep the text that is no number`() throws {
    let envelope = try read(
      Self.package(
        disk: "", references: "<File ovf:id='a' ovf:href='x' ovf:size='-5' ovf:chunkSize='7'/>"))
    let file = try #require(envelope.files.first)
    #expect(file.size?.text == "-5")
    #expect(file.size?.fault == .negative)
    #expect(file.chunkSize?.value == 7)
  }
}
