import Foundation
import OVATestSupport
import Testing

/// A section that version 2 of the standard added, and what `ova inspect` tells of it.
private struct AddedSection: CustomTestStringConvertible {
  let name: String
  let attributes: String
  let children: String
  /// The content as JSON.
  let content: String
  var testDescription: String { name }

  static let all = [
    AddedSection(
      name: "EnvironmentFilesSection", attributes: "",
      children: #"<File ovf:fileRef="keys" ovf:path="setup/keys"/>"#,
      content: #"{"files":[{"file_ref":"keys","path":"setup/keys","line":5}]}"#),
    AddedSection(
      name: "BootDeviceSection", attributes: "",
      children: #"<b:CIM_BootConfigSetting xmlns:b="\#(boot)ConfigSetting">"#
        + #"<s:CIM_BootSourceSetting xmlns:s="\#(boot)SourceSetting"><s:InstanceID>1</s:InstanceID>"#
        + "<s:StructuredBootString>CIM:Hard-Disk:1</s:StructuredBootString>"
        + "</s:CIM_BootSourceSetting></b:CIM_BootConfigSetting>",
      content:
        #"{"boot":[{"line":5,"sources":[{"device":"CIM:Hard-Disk:1","instance_id":"1","line":5}]}]}"#
    ),
    AddedSection(
      name: "ScaleOutSection", attributes: #"ovf:id="web""#,
      children: "<Description>Shops</Description>"
        + #"<InstanceCount ovf:minimum="many" ovf:default="2" ovf:configuration="big"/>"#,
      content: #"{"counts":[{"configurations":["big"],"default":2,"line":5,"maximum":null,"#
        + #""minimum":{"fault":"is not a number","text":"many"}}],"description":"Shops","id":"web"}"#
    ),
    AddedSection(
      name: "PlacementGroupSection", attributes: #"ovf:id="tier" ovf:policy="affinity""#,
      children: "<Description>Close</Description>",
      content: #"{"description":"Close","id":"tier","policy":"affinity"}"#),
    AddedSection(
      name: "PlacementSection", attributes: #"ovf:group="tier""#, children: "",
      content: #"{"group":"tier"}"#),
    AddedSection(
      name: "EncryptionSection", attributes: "",
      children: ##"<x:EncryptedKey xmlns:x="http://www.w3.org/2001/04/xmlenc#"><x:ReferenceList>"##
        + ##"<x:DataReference URI="#one"/></x:ReferenceList></x:EncryptedKey>"##,
      content: ##"{"keys":[{"line":5,"references":["#one"]}]}"##),
  ]

  private static let boot = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_Boot"

  /// An OVF 2 descriptor with the section.
  var descriptor: String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/2"
        xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/2"><References/>
      <VirtualSystem ovf:id="web"><Info/>
        <\(name) \(attributes)><Info/>\(children)</\(name)>
      </VirtualSystem></Envelope>
    """
  }
}

@Suite struct InspectSectionTests {
  @Test(arguments: AddedSection.all)
  private func theSectionsOfVersionTwoAreToldWithWhatStandsInThem(section: AddedSection) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(section.descriptor, to: "web.ovf")
    let object = try OVATool.run("inspect", "--format", "json", path).object()
    let told = try #require(object["sections"] as? [[String: Any]]).first
    #expect(told?["name"] as? String == section.name)
    let content = try JSONSerialization.data(
      withJSONObject: try #require(told?["content"]), options: [.sortedKeys])
    let expected = try JSONSerialization.data(
      withJSONObject: try JSONSerialization.jsonObject(with: Data(section.content.utf8)),
      options: [.sortedKeys])
    #expect(String(decoding: content, as: UTF8.self) == String(decoding: expected, as: UTF8.self))
    let line = try JSONSerialization.data(withJSONObject: object)
    #expect(try complaints("inspect-1.schema.json", about: Array(line) + [0x0A]) == [])
  }
}
