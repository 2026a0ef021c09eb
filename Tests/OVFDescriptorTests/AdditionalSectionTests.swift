import OVABasics
import OVFDescriptor
import Testing

/// The sections that version 2 of the standard added.
@Suite struct AdditionalSections {
  private static let boot = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_Boot"

  /// The body of a section that stands in the machine of an OVF 2 envelope.
  private func body(_ section: String) throws -> Section.Body {
    let envelope = try read(
      Text.envelope(
        "<VirtualSystem ovf:id='vm'><Info>i</Info>\(section)</VirtualSystem>",
        namespace: Text.ovf2))
    #expect(envelope.diagnostics == [])
    let read = try #require(envelope.virtualSystems.first?.sections.first)
    #expect(read.extensions == [])
    return read.body
  }

  @Test func `files of the environment have a reference and a path`() throws {
    let body = try body(
      """
      <EnvironmentFilesSection ovf:transport="iso"><Info>i</Info>
      <File ovf:fileRef="keys" ovf:path="setup/keys"/><File/></EnvironmentFilesSection>
      """)
    guard case .environmentFiles(let files) = body else { Issue.record("\(body)"); return }
    #expect(files.map(\.fileReference?.text) == ["keys", nil])
    #expect(files.map(\.path?.text) == ["setup/keys", nil])
  }

  @Test func `boot sources are read in their order`() throws {
    let body = try body(
      """
      <BootDeviceSection><Info>i</Info>
      <b:CIM_BootConfigSetting xmlns:b="\(Self.boot)ConfigSetting">
        <b:Caption>Boot</b:Caption>
        <s:CIM_BootSourceSetting xmlns:s="\(Self.boot)SourceSetting"><s:InstanceID>1</s:InstanceID>
          <s:StructuredBootString>CIM:Hard-Disk:1</s:StructuredBootString>
        </s:CIM_BootSourceSetting>
        <s:CIM_BootSourceSetting xmlns:s="\(Self.boot)SourceSetting">
          <s:BootString>net</s:BootString></s:CIM_BootSourceSetting>
      </b:CIM_BootConfigSetting></BootDeviceSection>
      """)
    guard case .bootDevice(let configurations) = body else { Issue.record("\(body)"); return }
    let sources = try #require(configurations.first).sources
    #expect(sources.map(\.instanceID) == ["1", nil])
    #expect(sources.map(\.device) == ["CIM:Hard-Disk:1", "net"])
  }

  @Test func `instance counts keep what is written`() throws {
    let body = try body(
      """
      <ScaleOutSection ovf:id="web"><Info>i</Info><Description>d</Description>
      <InstanceCount ovf:minimum="1" ovf:default="2" ovf:maximum="4"/>
      <InstanceCount ovf:default="3" ovf:configuration="big huge"/></ScaleOutSection>
      """)
    guard case .scaleOut(let scaleOut) = body else { Issue.record("\(body)"); return }
    #expect(scaleOut.id?.text == "web")
    #expect(scaleOut.description?.text == "d")
    #expect(scaleOut.counts.map(\.minimum?.value) == [1, nil])
    #expect(scaleOut.counts.map(\.initial?.value) == [2, 3])
    #expect(scaleOut.counts.map(\.maximum?.value) == [4, nil])
    #expect(scaleOut.counts.map(\.configurations?.value) == [nil, ["big", "huge"]])
  }

  @Test func `placement groups and their members are read`() throws {
    let group = try body(
      """
      <PlacementGroupSection ovf:id="tier" ovf:policy="availability"><Info>i</Info>
      <Description>d</Description></PlacementGroupSection>
      """)
    guard case .placementGroup(let group) = group else { Issue.record("\(group)"); return }
    #expect(group.id?.text == "tier")
    #expect(group.policy?.text == "availability")
    let member = try body("<PlacementSection ovf:group='tier'><Info>i</Info></PlacementSection>")
    guard case .placement(let named) = member else { Issue.record("\(member)"); return }
    #expect(named?.text == "tier")
  }

  @Test func `keys name what they encrypt, and encrypted parts are said`() throws {
    let xenc = "xmlns:x=\"http://www.w3.org/2001/04/xmlenc#\""
    let envelope = try read(
      Text.envelope(
        """
        <EncryptionSection><Info>i</Info><x:EncryptedKey \(xenc)><x:ReferenceList>
        <x:DataReference URI="#first"/></x:ReferenceList></x:EncryptedKey></EncryptionSection>
        <VirtualSystem ovf:id='vm'><Info>i</Info>
        <x:EncryptedData \(xenc) Id="first"/></VirtualSystem>
        """, namespace: Text.ovf2))
    let section = try #require(envelope.sections.first)
    guard case .encryption(let encryption) = section.body else {
      Issue.record("\(section)"); return
    }
    #expect(encryption.keys.map { $0.references.map(\.text) } == [["#first"]])
    #expect(section.extensions == [])
    #expect(envelope.diagnostics.map(\.kind) == [.encrypted(id: "first")])
    #expect(envelope.virtualSystems.first?.extensions.map(\.isEncrypted) == [true])
  }

  @Test func `a shared disk says whether it is only read`() throws {
    let envelope = try read(
      Text.envelope(
        """
        <SharedDiskSection><Info>i</Info>
        <SharedDisk ovf:diskId="a" ovf:capacity="1" ovf:readOnly="true"/>
        <SharedDisk ovf:diskId="b" ovf:capacity="1"/></SharedDiskSection>
        """, namespace: Text.ovf2))
    #expect(envelope.disks.map(\.isShared) == [true, true])
    #expect(envelope.disks.map(\.readOnly?.value) == [true, nil])
  }

  @Test func `a text of a bundle may lie in a file`() throws {
    let envelope = try read(
      Text.envelope(
        "<Strings xml:lang='de'><Msg ovf:msgid='eula' ovf:fileRef='terms'/></Strings>",
        namespace: Text.ovf2))
    #expect(envelope.bundles.first?.messages.map(\.fileReference?.text) == ["terms"])
  }

  @Test func `in an older envelope they are at home in their own namespace`() throws {
    let envelope = try read(
      Text.envelope(
        """
        <n:ScaleOutSection xmlns:n="\(Text.ovf2)" n:id="vm"><Info>i</Info>
        <n:InstanceCount n:default="2"/></n:ScaleOutSection>
        """))
    #expect(envelope.diagnostics == [])
    guard case .scaleOut(let scaleOut) = envelope.sections.first?.body else {
      Issue.record("\(envelope.sections)")
      return
    }
    #expect(scaleOut.counts.map(\.initial?.value) == [2])
  }
}
