import Foundation
import OVATestSupport
import Testing

/// A package with two options, properties of two products, a password and two networks.
private let appliance = descriptor(
  sections: """
    <NetworkSection><Info/><Network ovf:name="front"/><Network ovf:name="back"/></NetworkSection>
    <DeploymentOptionSection><Info/>
      <Configuration ovf:id="small"><Label>Small</Label><Description/></Configuration>
      <Configuration ovf:id="large" ovf:default="true"><Label>Large</Label><Description/>
      </Configuration></DeploymentOptionSection>
    """,
  system: """
    <AnnotationSection><Info/><Annotation>Say "hello" to ${all}</Annotation></AnnotationSection>
    <ProductSection ovf:class="com.acme" ovf:instance="1"><Info/>
      <Property ovf:key="host" ovf:type="string" ovf:userConfigurable="true" ovf:value="box">
        <Label>Host name</Label><Value ovf:configuration="small" ovf:value="tiny"/></Property>
      <Property ovf:key="dns" ovf:type="boolean" ovf:userConfigurable="true" ovf:value="true"/>
      <Property ovf:key="fixed" ovf:type="string" ovf:value="no"/>
      <Property ovf:key="pw" ovf:type="string" ovf:password="true" ovf:userConfigurable="true"
        ovf:value="hunter2"/>
    </ProductSection>
    """)

private func spec(_ arguments: String...) throws -> ToolResult {
  let folder = try TemporaryFolder()
  let path = try folder.write(appliance, to: "box.ovf")
  return try run(OVATool.path, ["spec", path] + arguments)
}

@Suite struct SpecTests {
  @Test func theClientsParametersAreYAMLWithAComment() throws {
    let result = try spec()
    #expect(result.status == 0)
    #expect(
      result.text == """
        PropertyParams:
          # Host name (string)
          "host": "box"
          # (boolean)
          "dns": "true"
          # (password)
          "pw": ""
        DeploymentOptionParams:
          # small: Small
          # large: Large
          "selected_key": "large"

        """)
  }

  @Test func anOptionChoosesItsValues() throws {
    let text = try spec("--option", "small").text
    #expect(text.contains(#""host": "tiny""#))
    #expect(text.contains(#""selected_key": "small""#))
  }

  @Test func anOptionThatThereIsNotIsWrongUse() throws {
    let result = try spec("--option", "huge")
    #expect(result.status == 2)
    #expect(result.errorText.contains("'small', 'large'"))
    #expect(result.output.isEmpty)
  }

  @Test func govcsOptionsHaveFullKeysAndVSpheresBooleans() throws {
    let object = try spec("--format", "govc").object()
    #expect(
      Set(object.keys) == [
        "Deployment", "DiskProvisioning", "IPAllocationPolicy", "IPProtocol", "PropertyMapping",
        "NetworkMapping", "Annotation", "MarkAsTemplate", "PowerOn", "InjectOvfEnv", "WaitForIP",
        "Name",
      ])
    #expect(object["Deployment"] as? String == "large")
    #expect(object["Name"] as? String == "Box")
    let properties = try #require(object["PropertyMapping"] as? [[String: String]])
    #expect(
      properties == [
        ["Key": "com.acme.host.1", "Value": "box"], ["Key": "com.acme.dns.1", "Value": "True"],
        ["Key": "com.acme.pw.1", "Value": ""],
      ])
    let networks = try #require(object["NetworkMapping"] as? [[String: String]])
    #expect(networks.compactMap { $0["Name"] } == ["front", "back"])
  }

  @Test(.enabled(if: hasTool("terraform")))
  func terraformReadsItsVariables() throws {
    let result = try spec("--format", "terraform")
    let folder = try TemporaryFolder()
    try folder.write(result.output, to: "box.tfvars")
    let formatted = try run("terraform", ["fmt", "-check", "-diff", "box.tfvars"], in: folder.path)
    #expect(formatted.status == 0, "\(formatted.text)\(formatted.errorText)")
  }

  @Test func terraformsVariablesNameNetworksAndProperties() throws {
    let text = try spec("--format", "terraform").text
    for part in [
      #"deployment_option    = "large""#, #""front" = """#, #""com.acme.host.1" = "box""#,
      "# (password)\n  \"com.acme.pw.1\" = \"\"",
    ] {
      #expect(text.contains(part), "\(text)")
    }
  }

  @Test(arguments: ["vss", "govc", "terraform"])
  func passwordsAndFixedPropertiesAreInNoTemplate(format: String) throws {
    let text = try spec("--format", format).text
    #expect(!text.contains("hunter2"))
    #expect(!text.contains("fixed"))
  }

  @Test func aPackageWithNothingToSetHasAnEmptyTemplate() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(descriptor(), to: "a.ovf")
    #expect(try OVATool.run("spec", path).text == "{}\n")
    #expect(try OVATool.run("spec", "/nonexistent.ova").status == 3)
  }
}
