import OVAPackage
import OVARules
import OVATestSupport
import Testing

/// Tests that what oVirt usually writes is not faulty for oVirt.
@Suite struct OVirtFilesTests {
  /// The form in which oVirt writes it: in an archive, or in a storage domain.
  enum Form: CaseIterable {
    case archive, storage

    var namespace: String {
      self == .archive
        ? "http://schemas.dmtf.org/ovf/envelope/1" : "http://schemas.dmtf.org/ovf/envelope/1/"
    }

    func section(_ name: String, _ attributes: String, _ children: String) -> String {
      self == .archive
        ? "<\(name) \(attributes)>\(children)</\(name)>"
        : "<Section \(attributes) xsi:type=\"ovf:\(name)_Type\">\(children)</Section>"
    }

    func machine(_ children: String) -> String {
      self == .archive
        ? "<VirtualSystem ovf:id=\"m\">\(children)</VirtualSystem>"
        : "<Content ovf:id=\"out\" xsi:type=\"ovf:VirtualSystem_Type\">\(children)</Content>"
    }
  }

  /// The devices of oVirt's engine, one of each.
  private static let devices: [(type: Int, fields: String)] = [
    (23, "<rasd:Caption>USB Controller</rasd:Caption><rasd:UsbPolicy>DISABLED</rasd:UsbPolicy>"),
    (20, "<Type>video</Type><Device>vga</Device><rasd:VirtualQuantity>1</rasd:VirtualQuantity>"),
    (26, "<Type>graphics</Type><Device>vnc</Device>"),
    (0, "<Type>rng</Type><Device>virtio</Device><SpecParams><source>urandom</source></SpecParams>"),
    (0, "<Type>controller</Type><Device>virtio-scsi</Device><IsPlugged>true</IsPlugged>"),
    (0, "<Type>balloon</Type><Device>memballoon</Device><BootOrder>0</BootOrder>"),
    (0, "<Type>tpm</Type><Device>tpm</Device>"),
    (0, "<Type>sound</Type><Device>ich6</Device><IsReadOnly>true</IsReadOnly>"),
    (
      15,
      "<rasd:Caption>CDROM</rasd:Caption><Type>disk</Type><Device>cdrom</Device>"
        + "<rasd:Address>{type=drive, bus=0, controller=0, target=0, unit=2}</rasd:Address>"
    ),
    (
      10,
      "<rasd:OtherResourceType>net</rasd:OtherResourceType>"
        + "<rasd:ResourceSubType>3</rasd:ResourceSubType><rasd:Connection>net</rasd:Connection>"
        + "<rasd:Linked>false</rasd:Linked><rasd:Name>nic1</rasd:Name>"
        + "<rasd:MACAddress>56:6f:1a:1b:00:00</rasd:MACAddress><rasd:speed>1000</rasd:speed>"
        + "<rasd:Address>{type=pci, slot=0x03, bus=0x00, domain=0x0000, function=0x0}</rasd:Address>"
    ),
    (
      17,
      "<rasd:HostResource>DISK</rasd:HostResource><Type>disk</Type><Device>disk</Device>"
        + "<rasd:Parent>00000000-0000-0000-0000-000000000000</rasd:Parent>"
        + "<rasd:Template>00000000-0000-0000-0000-000000000000</rasd:Template>"
        + "<rasd:ApplicationList></rasd:ApplicationList><BootOrder>1</BootOrder>"
        + "<rasd:Address>{type=drive, bus=0, controller=0, target=0, unit=0}</rasd:Address>"
    ),
  ]

  private static func descriptor(_ form: Form, disk: String) -> String {
    let items = devices.enumerated().map { number, device in
      let fields = device.fields.replacing(
        "DISK", with: form == .archive ? "ovf:/disk/d" : "group/image")
      return "<Item><rasd:InstanceId>00000000-0000-0000-0000-0000000000\(number + 10)"
        + "</rasd:InstanceId><rasd:ResourceType>\(device.type)</rasd:ResourceType>\(fields)</Item>"
    }.joined()
    let image = form == .archive ? "image" : "group/image"
    return """
      <?xml version='1.0' encoding='UTF-8'?><ovf:Envelope xmlns:ovf="\(form.namespace)" \
      xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData" \
      xmlns:vssd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData" \
      xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:ovirt="http://www.ovirt.org/ovf" \
      ovf:version="4.4.0.0"><References><File ovf:href="\(image)" ovf:id="image" ovf:size="65536" \
      ovf:description="Active VM" ovf:disk_storage_type="IMAGE"/></References>\
      \(form.section(
        "NetworkSection", "", "<Info>List of networks</Info><Network ovf:name=\"net\"/>"))\
      \(form.section(
        "DiskSection", "", """
          <Info>List of Virtual Disks</Info><Disk ovf:diskId="d" ovf:size="1" ovf:actual_size="1" \
          ovf:parentRef="" ovf:fileRef="\(image)" ovf:volume-format="RAW" ovf:volume-type="Sparse" \
          ovf:capacity="65536" ovf:boot="true" \(disk)/>\
          <Disk ovf:diskId="lun" ovf:disk_storage_type="LUN" ovf:lun_id="36" ovf:boot="false"/>
          """))\
      \(form.machine("""
        <Name>m</Name><Description></Description><Comment></Comment>\
        <CreationDate>2024/01/01 00:00:00</CreationDate><DeleteProtected>false</DeleteProtected>\
        <BiosType>2</BiosType><VmInit ovf:hostname="m"/>\
        \(form.section(
          "OperatingSystemSection", "ovf:id=\"80\" ovirt:id=\"24\" ovf:required=\"false\"",
          "<Info>Guest Operating System</Info><Description>rhel_8x64</Description>"))\
        \(form.section(
          "VirtualHardwareSection", "", """
            <Info>2 CPU, 1024 Memory</Info><System>\
            <vssd:VirtualSystemType>ENGINE 4.4.0.0</vssd:VirtualSystemType></System>\
            <Item><rasd:Caption>2 virtual cpu</rasd:Caption><rasd:InstanceId>1</rasd:InstanceId>\
            <rasd:ResourceType>3</rasd:ResourceType><rasd:num_of_sockets>2</rasd:num_of_sockets>\
            <rasd:cpu_per_socket>1</rasd:cpu_per_socket><rasd:threads_per_cpu>1\
            </rasd:threads_per_cpu><rasd:VirtualQuantity>2</rasd:VirtualQuantity></Item>\
            <Item><rasd:Caption>1024 MB of memory</rasd:Caption><rasd:InstanceId>2\
            </rasd:InstanceId><rasd:ResourceType>4</rasd:ResourceType>\
            <rasd:AllocationUnits>MegaBytes</rasd:AllocationUnits>\
            <rasd:VirtualQuantity>1024</rasd:VirtualQuantity></Item>\(items)
            """))\
        \(form.section(
          "SnapshotsSection", "",
          "<Snapshot ovf:id=\"s\"><Type>ACTIVE</Type></Snapshot>"))
        """))</ovf:Envelope>
      """
  }

  @Test(
    arguments: Form.allCases,
    ["VirtIO", "VirtIO_SCSI", "SATA", "IDE", "SPAPR_VSCSI"])
  func ordinaryFilesGetNoWarning(form: Form, interface: String) throws {
    for format in [
      "http://www.vmware.com/specifications/vmdk.html#sparse", "http://en.wikipedia.org/wiki/Byte",
      "http://www.gnome.org/~markmc/qcow-image-format.html",
    ] {
      let folder = try TemporaryFolder()
      let disk = "ovf:disk-interface=\"\(interface)\" ovf:format=\"\(format)\""
      let path = try folder.write(Self.descriptor(form, disk: disk), to: "vm.ovf")
      let package = CheckedPackage(package: try Package.open(path), evidence: .none)
      let groups: [Rule.Group] = [.descriptor, .hardware, .properties]
      let findings = Rule.findings(
        of: Rule.all.filter { groups.contains($0.group) }, in: package
      ).filter { $0.severity > .info }
      #expect(findings == [])
    }
  }
}
