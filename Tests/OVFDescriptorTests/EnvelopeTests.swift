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
    let isSaid = envelope.observations.contains { $0.kind == .unknownNamespace("urn:invented") }
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
      envelope.observations.map(\.kind)
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

@Suite struct StructureOfAnEnvelope {
  @Test func `collections nest`() throws {
    let envelope = try read(
      Text.envelope(
        """
        <VirtualSystemCollection ovf:id="a"><Info>i</Info><Name>A</Name>
          <VirtualSystem ovf:id="x"><Info>i</Info></VirtualSystem>
          <VirtualSystemCollection ovf:id="b"><Info>i</Info>
            <VirtualSystem ovf:id="y"><Info>i</Info></VirtualSystem></VirtualSystemCollection>
        </VirtualSystemCollection>
        """))
    #expect(envelope.collections.map(\.path) == [["a"], ["a", "b"]])
    #expect(envelope.virtualSystems.map(\.path) == [["a", "x"], ["a", "b", "y"]])
    #expect(envelope.collections.first?.name?.text == "A")
  }

  @Test func `what is missing is nil, what is double is kept`() throws {
    let envelope = try read(
      Text.envelope(
        """
        <DiskSection><Disk/></DiskSection><DiskSection><Info>i</Info></DiskSection>
        <VirtualSystem/><VirtualSystem ovf:id="x"/>
        """))
    #expect(envelope.references.isEmpty)
    #expect(envelope.sections.map { $0.info == nil } == [true, false])
    #expect(envelope.sections.map(\.infoIsFirst) == [false, true])
    #expect(envelope.disks.first?.id == nil)
    #expect(envelope.contents.count == 2)
    #expect(envelope.virtualSystems.map { $0.id == nil } == [true, false])
    #expect(envelope.children.map(\.section) == [.disk, .disk, nil, nil])
  }

  @Test func `unknown sections and elements are kept, required unless they say no`() throws {
    let envelope = try read(
      Text.envelope(
        """
        <vmw:ASection ovf:required="false"><Info>i</Info></vmw:ASection>
        <vmw:BSection><Info>i</Info></vmw:BSection><vmw:Thing/>
        <DiskSection><Info>i</Info><vmw:Other/></DiskSection>
        <VirtualSystem ovf:id="x"><Info>i</Info><vbox:Machine ovf:required="false"/></VirtualSystem>
        """))
    #expect(envelope.sections.map(\.name.local) == ["ASection", "BSection", "DiskSection"])
    #expect(envelope.sections.map(\.isRequired) == [false, true, true])
    #expect(envelope.extensions.map(\.name.local) == ["Thing"])
    #expect(envelope.sections.last?.extensions.map(\.name.local) == ["Other"])
    #expect(envelope.virtualSystems.first?.extensions.map(\.isRequired) == [false])
  }

  @Test func `a section where it does not belong is kept there and declares nothing`() throws {
    let envelope = try read(
      Text.envelope(
        """
        <VirtualSystem ovf:id="x"><Info>i</Info>
        <DiskSection><Info>i</Info><Disk ovf:diskId="d"/></DiskSection></VirtualSystem>
        """))
    #expect(envelope.disks.isEmpty)
    #expect(envelope.virtualSystems.first?.sections.first?.disks.count == 1)
  }

  @Test func `fields that no schema knows are marked`() throws {
    let machine = try hardware(
      items: Text.item("1", 3, ("Unknown", "x"), more: "<vmw:Mine ovf:required=\"false\"/>"),
      system: "<vssd:VirtualSystemType>vmx-7</vssd:VirtualSystemType><vssd:Nonsense/>")
    let item = try #require(machine.devices.first?.item)
    #expect(item.fields.filter { !$0.isKnown }.map(\.name.local) == ["Unknown"])
    #expect(item.extensions.map(\.name.local) == ["Mine"])
    let system = try #require(machine.section.system)
    #expect(system.fields.map(\.isKnown) == [true, false])
    #expect(system.field("ElementName") == nil)
  }

  @Test func `every value knows its line`() throws {
    let envelope = try read(
      """
      <Envelope xmlns="\(Text.ovf1)"
        xmlns:ovf="\(Text.ovf1)">
        <References>
          <File ovf:id="f"
                ovf:href="x"
                ovf:size="y"/>
        </References>
      </Envelope>
      """)
    let file = try #require(envelope.files.first)
    #expect(file.place == Place("a.ovf", line: 4))
    #expect(file.href?.place == Place("a.ovf", line: 5))
    #expect(file.size?.place == Place("a.ovf", line: 6))
    #expect(
      envelope.observations == [
        Observation(
          kind: .badValue(element: "File", name: "size", text: "y", fault: .notANumber),
          place: Place("a.ovf", line: 6))
      ])
  }

  @Test func `operating systems have a number, CIM's name and the vendors' names`() throws {
    let envelope = try read(
      Text.envelope(
        """
        <VirtualSystem ovf:id="x"><Info>i</Info>
        <OperatingSystemSection ovf:id="94" ovf:version="8" vmw:osType="ubuntu64Guest"><Info>i</Info>
        <Description>Ubuntu</Description><vbox:OSType ovf:required="false">Ubuntu_64</vbox:OSType>
        </OperatingSystemSection></VirtualSystem>
        """))
    let system = try #require(envelope.virtualSystems.first?.operatingSystem)
    #expect(system.id?.value == 94)
    #expect(system.cimName == "Ubuntu 64-Bit")
    #expect(system.vmwareType?.text == "ubuntu64Guest")
    #expect(system.virtualBoxType?.text == "Ubuntu_64")
    #expect(system.version?.text == "8")
    #expect(system.description?.text == "Ubuntu")
  }

  @Test(
    arguments: [
      (0, "Unknown"), (36, "LINUX"), (80, "RedHat Enterprise Linux 64-Bit"), (102, "Other 64-Bit"),
      (115, "Microsoft Windows Server 2012 R2"), (116, nil),
    ] as [(UInt16, String?)])
  func `CIM's names`(id: UInt16, name: String?) {
    #expect(OperatingSystem.cimName(of: id) == name)
  }

  @Test func `start and stop, resources and installing are read`() throws {
    let envelope = try read(
      Text.envelope(
        """
        <VirtualSystemCollection ovf:id="c"><Info>i</Info>
        <StartupSection><Info>i</Info><Item ovf:id="x" ovf:order="1" ovf:startDelay="30"
          ovf:waitingForGuest="true" ovf:startAction="powerOn" ovf:stopAction="guestShutdown"/>
          <Item ovf:id="y" ovf:order="70000"/></StartupSection>
        <ResourceAllocationSection><Info>i</Info>\(Text.item("1", 4, ("Limit", "5")))
        </ResourceAllocationSection>
        <VirtualSystem ovf:id="x"><Info>i</Info>
        <InstallSection ovf:initialBootStopDelay="300"><Info>i</Info></InstallSection>
        <AnnotationSection><Info>i</Info><Annotation> a
        b </Annotation></AnnotationSection><EulaSection><Info>i</Info></EulaSection>
        </VirtualSystem></VirtualSystemCollection>
        """))
    let collection = try #require(envelope.collections.first)
    guard case .startup(let starts)? = collection.sections.first?.body,
      case .resourceAllocation(let items)? = collection.sections.last?.body,
      let system = envelope.virtualSystems.first
    else {
      Issue.record("sections are missing")
      return
    }
    #expect(starts.first?.startDelay?.value == 30)
    #expect(starts.first?.waitingForGuest?.value == true)
    #expect(starts.last?.order?.fault == .overflow(bound: "65535"))
    #expect(items.first?.limit?.value == 5)
    guard case .install(let delay)? = system.sections.first?.body,
      case .annotation(let note)? = system.sections.dropFirst().first?.body,
      case .eula(let license)? = system.sections.last?.body
    else {
      Issue.record("sections are missing")
      return
    }
    #expect(delay?.value == 300)
    #expect(note?.text.hasPrefix("a\n") == true)
    #expect(license == nil)
  }
}

@Suite struct ProductsAndProperties {
  static let text = Text.envelope(
    """
    <VirtualSystem ovf:id="x"><Info>i</Info>
    <ProductSection ovf:class="com.x" ovf:instance="2"><Info>i</Info>
    <Product>P</Product><Vendor>V</Vendor><Version>1</Version><FullVersion>1.2</FullVersion>
    <Icon ovf:fileRef="icon" ovf:width="16" ovf:height="16" ovf:mimeType="image/png"/>
    <Category>Net</Category>
    <Property ovf:key="ip" ovf:type="string" ovf:qualifiers="MinLen(1)" ovf:userConfigurable="true"
      ovf:value="1.2.3.4" vmw:qualifiers="Ip"><Label>L</Label><Description>D</Description>
      <Value ovf:value="5.6.7.8" ovf:configuration="large huge"/></Property>
    <Property ovf:key="pw" ovf:type="string" ovf:password="true"/>
    </ProductSection></VirtualSystem>
    """)

  @Test func `a product has its names, icons and properties under categories`() throws {
    let product = try #require(try read(Self.text).products.first)
    #expect(product.product?.text == "P")
    #expect(product.vendor?.text == "V")
    #expect(product.version?.text == "1")
    #expect(product.fullVersion?.text == "1.2")
    #expect(product.icons.first?.width?.value == 16)
    #expect(product.properties.map(\.category?.text) == ["Net", "Net"])
    let property = try #require(product.properties.first)
    #expect(property.fullKey == "com.x.ip.2")
    #expect(property.qualifiers?.text == "MinLen(1)")
    #expect(property.vmwareQualifiers?.text == "Ip")
    #expect(property.userConfigurable?.value == true)
    #expect(product.properties.last?.password?.value == true)
    #expect(product.properties.last?.userConfigurable == nil)
  }

  @Test(
    arguments: [("huge", "5.6.7.8"), ("small", "1.2.3.4"), (nil, "1.2.3.4")] as [(String?, String)])
  func `a value is the configuration's own, else the default`(
    configuration: String?, value: String
  ) throws {
    let property = try #require(try read(Self.text).property("ip"))
    #expect(property.value(for: configuration)?.text == value)
  }

  @Test func `a property is found by its key and by its full name`() throws {
    let envelope = try read(Self.text)
    #expect(envelope.property("com.x.ip.2") == envelope.property("ip"))
    #expect(envelope.property("com.x.ip") == nil)
  }
}

@Suite struct Messages {
  static func text(_ bundles: String, language: String = "") -> String {
    Text.envelope(
      "<References><File ovf:id=\"b\" ovf:href=\"de.xml\"/></References>"
        + "<VirtualSystem ovf:id=\"x\"><Info ovf:msgid=\"m\">in place</Info></VirtualSystem>"
        + bundles, attributes: language)
  }
  static let bundles = """
    <Strings xml:lang="en-US"><Msg ovf:msgid="m">American</Msg></Strings>
    <Strings xml:lang="de"><Msg ovf:msgid="m">deutsch</Msg></Strings>
    <Strings xml:lang="de-CH"><Msg ovf:msgid="m">schweizerisch</Msg></Strings>
    """

  @Test(
    arguments: [
      ("de-CH", "schweizerisch"), ("de_CH.UTF-8", "schweizerisch"), ("DE-ch", "schweizerisch"),
      ("de-AT", "deutsch"), ("de", "deutsch"), ("en-GB", "American"), ("fr", "in place"),
      (nil, "in place"),
    ] as [(String?, String)])
  func `a text falls back from region to language to what stands there`(
    locale: String?, text: String
  ) throws {
    let envelope = try read(Self.text(Self.bundles))
    let message = try #require(envelope.virtualSystems.first?.info)
    #expect(envelope.text(of: message, locale: locale) == text)
  }

  @Test func `where nothing stands, the envelope's language is taken`() throws {
    let text = Self.text(Self.bundles, language: "xml:lang=\"de\"")
      .replacing("in place", with: "")
    let envelope = try read(text)
    let message = try #require(envelope.virtualSystems.first?.info)
    #expect(envelope.text(of: message) == "deutsch")
    #expect(envelope.text(of: message, locale: "fr") == "deutsch")
  }

  @Test func `a bundle outside is asked for, and read`() throws {
    let envelope = try read(Self.text("<Strings xml:lang=\"de\" ovf:fileRef=\"b\"/>")) { file in
      #expect(file.href?.text == "de.xml")
      return Array(
        "<Strings xmlns='\(Text.ovf1)' xmlns:ovf='\(Text.ovf1)'><Msg ovf:msgid='m'>fern</Msg></Strings>"
          .utf8)
    }
    let message = try #require(envelope.virtualSystems.first?.info)
    #expect(envelope.text(of: message, locale: "de") == "fern")
    #expect(envelope.bundles.map(\.isRead) == [true])
    #expect(envelope.hasText(id: "m"))
    #expect(!envelope.hasText(id: "n"))
  }

  @Test func `a bundle that is not listed, or no XML, is said`() throws {
    let envelope = try read(
      Self.text("<Strings ovf:fileRef=\"other\"/><Strings ovf:fileRef=\"b\"/>")
    ) { _ in Array("no".utf8) }
    let files = envelope.observations.compactMap { observation in
      if case .bundleUnread(let file, _) = observation.kind { file } else { nil }
    }
    #expect(files == ["other", "b"])
    #expect(envelope.bundles.map { $0.language == nil } == [true, true])
  }
}

@Suite struct Producers {
  @Test(
    arguments: [
      (
        "<!--Generated by VMware ovftool 4.6.2 (build-22220919), UTC time: 2024-01-01-->", "",
        Producer.Kind.vmware, "VMware ovftool 4.6.2 (build-22220919)"
      ),
      ("", "vmw:buildId=\"build-1\"", .vmware, "VMware build 1"),
      ("", "vmw:buildId=\"4242\"", .vmware, "VMware build 4242"),
      ("<!-- Imported by import2vbox.pl -->", "", .other, "import2vbox.pl"),
      ("<!-- GENERATED BY Packer 1.9, on Monday -->", "", .packer, "Packer 1.9"),
      ("<!-- generated by virt-v2v -->", "", .oVirt, "virt-v2v"),
    ] as [(String, String, Producer.Kind, String?)])
  func `signatures give tool and build`(
    comment: String, attributes: String, kind: Producer.Kind, tool: String?
  ) throws {
    let producer = try read(comment + Text.envelope("", attributes: attributes)).producer
    #expect(producer.kind == kind)
    #expect(producer.tool == tool)
    #expect(!producer.evidence.isEmpty)
  }

  @Test(
    arguments: [
      ("virtualbox-2.2", .virtualBox), ("xen-3.0-unknown", .xen),
      ("vmx-13 Cisco:Internal:VMCloud-01", .cisco),
    ] as [(String, Producer.Kind)])
  func `hardware families give the producer away`(family: String, kind: Producer.Kind) throws {
    let text = Text.envelope(
      Text.machine("", system: "<vssd:VirtualSystemType>\(family)</vssd:VirtualSystemType>")
    )
    .replacing("xmlns:vbox=\"http://www.virtualbox.org/ovf/machine\"", with: "")
    #expect(try read(text).producer.kind == kind)
  }

  @Test(arguments: [
    "<!-- Copyright (c) 2023 VMware, Inc. All rights reserved. -->",
    "<!-- Tested with VirtualBox and VMware Workstation -->", "<!-- See the docs of oVirt -->",
  ])
  func `a comment that only speaks of a product was not written by it`(comment: String) throws {
    let producer = try read(comment + "<Envelope xmlns='\(Text.ovf1)'/>").producer
    #expect(producer.kind == .other)
    #expect(producer.tool == nil)
  }

  @Test func `VMware's products may be built by tools of others`() throws {
    let text = Text.envelope(
      "<VirtualSystem ovf:id='a'><Info/><ProductSection><Info/><Vendor>VMware, Inc.</Vendor>"
        + "</ProductSection></VirtualSystem>"
    ).replacing("xmlns:vbox=\"http://www.virtualbox.org/ovf/machine\"", with: "")
    #expect(try read(text).producer.kind == .other)
  }

  @Test func `oVirt's engine tells its version`() throws {
    let system = "<vssd:VirtualSystemType>ENGINE 4.5.0.0</vssd:VirtualSystemType>"
    let producer = try read(Text.envelope(Text.machine("", system: system))).producer
    #expect(producer.kind == .oVirt)
    #expect(producer.tool == "oVirt ENGINE 4.5.0.0")
  }

  @Test func `a plain envelope is by hand`() throws {
    let producer = try read("<Envelope xmlns='\(Text.ovf1)'/>").producer
    #expect(producer.kind == .other)
    #expect(producer.evidence.isEmpty)
  }
}

@Suite struct UnreadableDescriptors {
  @Test(arguments: [
    ("", DescriptorError.Code.notXML), ("PK\u{3}\u{4}", .notXML), ("<Envelope>", .notXML),
    ("<html><body/></html>", .notAnEnvelope), ("<domain type='kvm'/>", .notAnEnvelope),
  ])
  func `what is no descriptor says what it is`(text: String, code: DescriptorError.Code) {
    do throws(DescriptorError) {
      _ = try Envelope.read(Array(text.utf8), name: "a.ovf")
      Issue.record("it was read")
    } catch {
      #expect(error.code == code)
      #expect(error.place.file == "a.ovf")
      #expect(!error.reason.isEmpty)
    }
  }

  @Test func `odd XML is read and said`() throws {
    let text =
      "<?xml version='1.0' encoding='utf-16'?>\n<!DOCTYPE x [<!ENTITY e 'v'>]>\n"
      + Text.envelope("<VirtualSystem ovf:id='x'><Name>&e;</Name><foo:Bar/></VirtualSystem>")
    let envelope = try Envelope.read(Array(text.utf8) + [0], name: "a.ovf")
    #expect(envelope.virtualSystems.first?.name?.text == "&e;")
    #expect(
      envelope.observations.map(\.kind) == [
        .encodingNotKept(declared: "utf-16"), .doctype, .entityReference("e"),
        .undeclaredPrefix("foo"), .trailingPadding(bytes: 1),
      ])
  }
}

@Suite struct TypedSections {
  @Test(
    arguments: [
      ("x:LabelStuff_Type", "LabelStuff"), ("x:Label", "Label"), ("x:Label_TypeX", "Label_TypeX"),
      ("x:MySection_Type", "MySection"), ("x:My_Section", "My_Section"), ("x:_Type", "_Type"),
      ("x:NetworkSection_Type", "NetworkSection"), ("Plain", "Plain"), ("x:Disks", "Disks"),
      (" x:Padded_Type ", "Padded"), ("unbound:Thing_Type", "Thing"), ("vmw:Thing_Type", "Thing"),
    ] as [(String, String)])
  func `a section keeps the name of its type, whatever it ends in`(
    type: String, name: String
  ) throws {
    let inside = "<Section xsi:type=\"\(type)\"><Info>i</Info></Section>"
    for namespace in [Text.ovf09, "\(Text.ovf1)/", Text.ovf1] {
      let envelope = try read(
        Text.envelope(
          "\(inside)<Content xsi:type=\"ovf:VirtualSystem_Type\" ovf:id=\"a\"><Info/>\(inside)"
            + "</Content>", namespace: namespace, attributes: "xmlns:x=\"urn:x\""))
      let sections = envelope.sections + (envelope.virtualSystems.first?.sections ?? [])
      #expect(sections.map(\.name.local) == [name, name])
      #expect(sections.allSatisfy { $0.kind == nil })
      #expect(sections.map { $0.info?.text } == ["i", "i"])
      #expect(envelope.extensions.isEmpty)
    }
  }
}
