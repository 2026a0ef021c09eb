import OVABasics
import OVFDescriptor
import OVFXML
import Testing

@Suite struct Dialects {
  @Test func `version 0.9 names sections by xsi type, whatever the prefix`() throws {
    let envelope = try read(
      """
      <e:Envelope xmlns:e="\(Text.ovf09)" xmlns:o="\(Text.ovf09)" xmlns:v="http://www.vmware.com/schema/ovf"
        xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData"
        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" e:version="0.9">
      <References><File e:id="f" e:href="d.vmdk"/></References>
      <Section xsi:type="o:DiskSection_Type"><Info>i</Info>
        <Disk e:diskId="d" e:fileRef="f" e:capacity="1"/></Section>
      <Section xsi:type="v:IpAssignmentSection_Type"><Info>i</Info></Section>
      <Content xsi:type="o:VirtualSystemCollection_Type" e:id="c"><Info>i</Info>
        <Content xsi:type="e:VirtualSystem_Type" e:id="vm"><Info>i</Info>
          <Section xsi:type="e:VirtualHardwareSection_Type"><Info>i</Info>
            <Item><rasd:InstanceId>1</rasd:InstanceId><rasd:ResourceType>17</rasd:ResourceType>
            <rasd:HostResource>/disk/d</rasd:HostResource></Item></Section></Content></Content>
      </e:Envelope>
      """)
    #expect(envelope.dialect == .ovf09)
    #expect(envelope.version?.text == "0.9")
    #expect(envelope.disks.count == 1)
    #expect(envelope.virtualSystems.map(\.path) == [["c", "vm"]])
    #expect(try hardware(envelope).disks.count == 1)
    let unknown = try #require(envelope.sections.last)
    #expect(unknown.kind == nil)
    #expect(
      unknown.name == XMLName("IpAssignmentSection", namespace: "http://www.vmware.com/schema/ovf"))
  }

  @Test(arguments: [
    (Text.ovf1, Envelope.Dialect.ovf1), (Text.ovf2, .ovf2), (Text.ovf09, .ovf09),
    (Text.ovf1 + "/", .oVirt), ("urn:invented", .unknown),
  ])
  func `the namespace is the dialect`(namespace: String, dialect: Envelope.Dialect) throws {
    let envelope = try read(
      Text.envelope(
        "<References><File ovf:id=\"f\" ovf:href=\"x\"/></References>" + Text.machine(""),
        namespace: namespace))
    #expect(envelope.dialect == dialect)
    #expect(envelope.files.count == 1)
    #expect(envelope.virtualSystems.count == 1)
    let isSaid = envelope.diagnostics.contains { $0.kind == .unknownNamespace("urn:invented") }
    #expect(isSaid == (dialect == .unknown))
  }

  @Test func `prefixed and unprefixed siblings both count`() throws {
    let envelope = try read(
      Text.envelope("<References><File ovf:id='a'/><ovf:File ovf:id='b'/></References>"))
    #expect(envelope.files.map(\.id?.text) == ["a", "b"])
  }

  @Test func `an attribute without its namespace counts, and is said`() throws {
    let envelope = try read(
      Text.envelope("<References><File id='a' href='x'/></References>"))
    #expect(envelope.files.first?.href?.text == "x")
    #expect(
      envelope.diagnostics.map(\.kind)
        == [.unqualifiedAttribute("id"), .unqualifiedAttribute("href")])
  }

  @Test func `a qualified attribute comes before an unqualified one`() throws {
    let envelope = try read(
      Text.envelope("<References><File id='a' ovf:id='b'/></References>"))
    #expect(envelope.files.first?.id?.text == "b")
  }

  @Test func `oVirt's numbers and references are followed`() throws {
    let envelope = try read(
      Text.envelope(
        """
        <References><File ovf:id="i" ovf:href="g/i"/></References>
        <Section xsi:type="ovf:DiskSection_Type"><Info>i</Info>
        <Disk ovf:diskId="i" ovf:fileRef="g/i" ovf:size="3" ovf:parentRef=""/></Section>
        <Content ovf:id="out" xsi:type="ovf:VirtualSystem_Type"><Name>n</Name>
        <Section xsi:type="ovf:VirtualHardwareSection_Type"><Info>i</Info>
        <Item><rasd:InstanceId>1</rasd:InstanceId><rasd:ResourceType>3</rasd:ResourceType>
        <rasd:num_of_sockets>2</rasd:num_of_sockets><rasd:cpu_per_socket>3</rasd:cpu_per_socket>
        <rasd:threads_per_cpu>2</rasd:threads_per_cpu></Item>
        <Item><rasd:InstanceId>2</rasd:InstanceId><rasd:ResourceType>20</rasd:ResourceType></Item>
        <Item><rasd:InstanceId>3</rasd:InstanceId><rasd:ResourceType>17</rasd:ResourceType>
        <rasd:HostResource>g/i</rasd:HostResource>
        <rasd:Parent>00000000-0000-0000-0000-000000000000</rasd:Parent></Item>
        </Section></Content>
        """, namespace: Text.ovf1 + "/"))
    let machine = try hardware(envelope)
    #expect(machine.virtualCPUs == 12)
    #expect(machine.coresPerSocket?.value == 3)
    #expect(machine.otherDevices.map(\.kind) == [.other(.graphics)])
    let disk = try #require(envelope.disks.first)
    #expect(envelope.capacity(of: disk, in: nil) == .success(3 << 30))
    #expect(machine.disks.first?.slot == nil)
    #expect(machine.disks.first?.backing == .disk(disk, file: envelope.files.first))
    #expect(envelope.producer.kind == .oVirt)
  }
}
