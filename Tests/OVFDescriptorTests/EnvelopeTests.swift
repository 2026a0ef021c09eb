import OVABasics
import OVFDescriptor
import OVFXML
import Testing

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
      envelope.diagnostics == [
        DescriptorDiagnostic(
          .badValue(element: "File", name: "size", text: "y", fault: .notANumber),
          at: Place("a.ovf", line: 6))
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
