import OVABasics
import OVFDescriptor
import OVFXML
import Testing

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
