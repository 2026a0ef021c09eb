import Foundation
import OVATestSupport
import Testing

/// A descriptor with the parts that a test is about.
func descriptor(
  sections: String = "", system: String = "", bundles: String = "", lang: String = "en-US"
) -> String {
  """
  <?xml version="1.0" encoding="UTF-8"?>
  <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xml:lang="\(lang)"
      xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1">
    <References/>
    \(sections)
    <VirtualSystem ovf:id="vm">
      <Info>A machine</Info>
      <Name>Box</Name>
      \(system)
    </VirtualSystem>
    \(bundles)
  </Envelope>
  """
}

private func vss(_ text: String, _ arguments: String...) throws -> [String: Any] {
  let folder = try TemporaryFolder()
  let path = try folder.write(text, to: "a.ovf")
  return try run(OVATool.path, ["inspect", "--format", "vss", path] + arguments).object()
}

@Suite struct VSSTests {
  @Test func aPackageIsShownInTheShapeOfTheAPIsOwnClient() throws {
    let object = try OVATool.run("inspect", "--format", "vss", OVATool.sample("good/sizes.ova"))
      .object()
    let text = try String(
      decoding: JSONSerialization.data(
        withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes]), as: UTF8.self)
    #expect(
      Set(object.keys).isSubset(of: [
        "Files", "Disks", "Networks", "DeploymentOptionParams", "Name", "Product", "Version",
        "Vendor", "PropertyParams",
      ]), "\(text)")
    let options = try #require(object["DeploymentOptionParams"] as? [[String: Any]])
    #expect(Set(options.flatMap(\.keys)) == ["id", "description", "label"])
    #expect(options.contains { $0["id"] as? String == "medium" })
    let disk = try #require((object["Disks"] as? [[String: Any]])?.first)
    #expect(Set(disk.keys) == ["capacity", "capacityAllocationUnits", "diskId", "fileRef"])
    #expect(disk["capacity"] is String)
    let file = try #require((object["Files"] as? [[String: Any]])?.first)
    #expect(Set(file.keys) == ["href", "id", "size"])
  }

  @Test func whatThereIsNotHasNoKey() throws {
    let object = try vss(descriptor())
    #expect(Set(object.keys) == ["Name"])
    #expect(object["Name"] as? String == "Box")
  }

  @Test func allProductSectionsCountAndOnlyWhatTheUserMaySet() throws {
    let object = try vss(
      descriptor(
        system: """
          <ProductSection ovf:class="net"><Info/><Product>Router</Product><Vendor>Acme</Vendor>
            <Version>7</Version>
            <Property ovf:key="ip" ovf:type="string" ovf:userConfigurable="true" ovf:value="dhcp">
              <Label>Address</Label></Property>
            <Property ovf:key="fixed" ovf:type="string" ovf:value="x"/></ProductSection>
          <ProductSection ovf:class="os"><Info/>
            <Property ovf:key="root" ovf:type="string" ovf:userConfigurable="1"
              ovf:password="true" ovf:value="hunter2"/></ProductSection>
          """))
    #expect(object["Product"] as? String == "Router")
    #expect(object["Version"] as? String == "7")
    #expect(object["Vendor"] as? String == "Acme")
    let properties = try #require(object["PropertyParams"] as? [[String: Any]])
    #expect(properties.map { $0["key"] as? String } == ["ip", "root"])
    #expect(properties.map { $0["default"] as? String } == ["dhcp", nil])
    #expect(properties.first?["description"] as? String == "Address")
  }

  @Test func textsOfMessageBundlesStandWhereTheClientHasKeys() throws {
    let object = try vss(
      descriptor(
        sections: """
          <NetworkSection><Info/><Network ovf:name="lan">
            <Description ovf:msgid="net">in place</Description></Network></NetworkSection>
          """,
        bundles: #"<Strings xml:lang="de"><Msg ovf:msgid="net">Das Netz</Msg></Strings>"#),
      "--locale", "de")
    let network = try #require((object["Networks"] as? [[String: Any]])?.first)
    #expect(network["description"] as? String == "Das Netz")
  }
}

@Suite struct LocaleTests {
  private static let section = """
    <NetworkSection><Info/><Network ovf:name="lan">
      <Description ovf:msgid="net">the network</Description></Network></NetworkSection>
    """

  @Test(arguments: [
    ("de-CH", "Das Netzli"), ("de-AT", "Das Netz"), ("de", "Das Netz"), ("fr", "the network"),
  ])
  func aTextIsInTheRegionsLanguageElseTheLanguageElseAsItStands(
    locale: String, text: String
  ) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      descriptor(
        sections: Self.section,
        bundles: """
          <Strings xml:lang="de"><Msg ovf:msgid="net">Das Netz</Msg></Strings>
          <Strings xml:lang="de-CH"><Msg ovf:msgid="net">Das Netzli</Msg></Strings>
          """), to: "a.ovf")
    let result = try OVATool.run("inspect", "--locale", locale, path)
    #expect(result.text.contains("lan  \(text)\n"), "\(result.text)")
  }

  @Test func aBundleInAFileOfItsOwnIsFoundBesideTheDescriptor() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      descriptor(
        sections: Self.section,
        bundles: #"<Strings xml:lang="de" ovf:fileRef="texts"/>"#
      ).replacing(
        "<References/>",
        with: #"<References><File ovf:id="texts" ovf:href="de.msg"/></References>"#), to: "a.ovf")
    try folder.write(
      """
      <Strings xmlns="http://schemas.dmtf.org/ovf/envelope/1" xml:lang="de"
          xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1">
        <Msg ovf:msgid="net">Das Netz von nebenan</Msg></Strings>
      """, to: "de.msg")
    let result = try OVATool.run("inspect", "--locale", "de", path)
    #expect(result.text.contains("Das Netz von nebenan"), "\(result.text)")
  }
}
