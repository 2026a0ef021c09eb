import Foundation
import OVATestSupport
import Testing

/// A descriptor with a little of everything that may stand in one.
private let rich = """
  <?xml version="1.0" encoding="UTF-8"?>
  <ovf:Envelope xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"
      xmlns:vmw="http://www.vmware.com/schema/ovf" xmlns:x="urn:example" vmw:buildId="build-7"
      xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData"
      xmlns:vssd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData">
    <ovf:References><ovf:File ovf:id="icon" ovf:href="my%20icon.png"/>
      <ovf:File ovf:id="far" ovf:href="https://example.com/d.vmdk"/></ovf:References>
    <ovf:DeploymentOptionSection><ovf:Info/>
      <ovf:Configuration ovf:id="small"><ovf:Label>S</ovf:Label><ovf:Description/>
      </ovf:Configuration></ovf:DeploymentOptionSection>
    <ovf:AnnotationSection><ovf:Info/><ovf:Annotation>About all</ovf:Annotation>
    </ovf:AnnotationSection>
    <x:FutureSection ovf:required="false"><ovf:Info>Later</ovf:Info></x:FutureSection>
    <ovf:VirtualSystemCollection ovf:id="both"><ovf:Info/>
      <ovf:ResourceAllocationSection><ovf:Info/><ovf:Item>
        <rasd:AllocationUnits>hertz * 10^6</rasd:AllocationUnits>
        <rasd:ElementName>CPU of all</rasd:ElementName><rasd:InstanceID>1</rasd:InstanceID>
        <rasd:Reservation>500</rasd:Reservation><rasd:ResourceType>3</rasd:ResourceType>
      </ovf:Item></ovf:ResourceAllocationSection>
      <ovf:StartupSection><ovf:Info/><ovf:Item ovf:id="b" ovf:order="2"/>
        <ovf:Item ovf:id="a" ovf:order="1" ovf:startDelay="20"/></ovf:StartupSection>
      \(machine("a", cpus: 2, mebibytes: 1024))
      \(machine("b", cpus: 3, mebibytes: 512))
    </ovf:VirtualSystemCollection>
  </ovf:Envelope>
  """

private func machine(_ id: String, cpus: Int, mebibytes: Int) -> String {
  """
  <ovf:VirtualSystem ovf:id="\(id)"><ovf:Info/>
    <ovf:EulaSection><ovf:Info/><ovf:License>Be good.
  And more.</ovf:License></ovf:EulaSection>
    <ovf:InstallSection ovf:initialBootStopDelay="300"><ovf:Info/></ovf:InstallSection>
    <ovf:ProductSection ovf:class="p"><ovf:Info/><ovf:Product>Thing</ovf:Product>
      <ovf:Icon ovf:fileRef="icon" ovf:width="32" ovf:height="32" ovf:mimeType="image/png"/>
      <ovf:Category>Network</ovf:Category>
      <ovf:Property ovf:key="ip\(id)" ovf:type="string" ovf:qualifiers="MinLen(7)"
        ovf:userConfigurable="true" ovf:value="10.0.0.1"><ovf:Label>Address</ovf:Label>
      </ovf:Property></ovf:ProductSection>
    <ovf:VirtualHardwareSection ovf:transport="iso"><ovf:Info/>
      <ovf:System><vssd:VirtualSystemType>vmx-14</vssd:VirtualSystemType></ovf:System>
      <ovf:Item><rasd:InstanceID>1</rasd:InstanceID><rasd:ResourceType>3</rasd:ResourceType>
        <rasd:VirtualQuantity>\(cpus)</rasd:VirtualQuantity>
        <vmw:Config vmw:key="slotInfo.pciSlotNumber" vmw:value="33"/></ovf:Item>
      <ovf:Item ovf:bound="max"><rasd:InstanceID>1</rasd:InstanceID>
        <rasd:ResourceType>3</rasd:ResourceType>
        <rasd:VirtualQuantity>16</rasd:VirtualQuantity></ovf:Item>
      <ovf:Item><rasd:AllocationUnits>MegaBytes</rasd:AllocationUnits>
        <rasd:InstanceID>2</rasd:InstanceID><rasd:ResourceType>4</rasd:ResourceType>
        <rasd:VirtualQuantity>\(mebibytes)</rasd:VirtualQuantity></ovf:Item>
      <vmw:ExtraConfig ovf:required="false" vmw:key="nvram" vmw:value="ovf:/file/icon"/>
    </ovf:VirtualHardwareSection>
    <ovf:VirtualHardwareSection ovf:id="other"><ovf:Info/>
      <ovf:System><vssd:VirtualSystemType>xen-3</vssd:VirtualSystemType></ovf:System>
    </ovf:VirtualHardwareSection>
  </ovf:VirtualSystem>
  """
}

private func inspected(_ arguments: String...) throws -> ToolResult {
  let folder = try TemporaryFolder()
  let path = try folder.write(rich, to: "rich.ovf")
  return try run(OVATool.path, ["inspect", path] + arguments)
}

private typealias Object = [String: Any]

@Suite struct InspectDetailTests {
  @Test func jsonHoldsWhatEverySectionSays() throws {
    let object = try inspected("--format", "json").object()
    let envelope = try #require(object["envelope"] as? Object)
    #expect(envelope["annotations"] as? [String] == ["About all"])
    #expect((envelope["other_attributes"] as? [Object])?.first?["value"] as? String == "build-7")
    let sections = try #require(object["sections"] as? [Object])
    let future = try #require(sections.first { $0["name"] as? String == "FutureSection" })
    #expect(future["required"] as? Bool == false)
    #expect(future["known"] as? Bool == false)
    let collection = try #require((object["collections"] as? [Object])?.first)
    #expect((collection["startup"] as? [Object])?.map { $0["id"] as? String } == ["b", "a"])
    #expect((collection["startup"] as? [Object])?.last?["start_delay"] as? Int == 20)
    #expect((collection["resources"] as? [Object])?.count == 1)
    let references = try #require(object["references"] as? [Object])
    #expect(references.map { $0["path"] as? String } == ["my icon.png", nil])
    #expect(references.map { $0["scheme"] as? String } == [nil, "https"])
    let observations = try #require(object["observations"] as? [Object])
    #expect(observations.contains { $0["kind"] as? String == "nonstandard-unit" })
    #expect(observations.allSatisfy { $0["line"] is Int })
  }

  @Test func jsonHoldsWhatAMachineIs() throws {
    let object = try inspected("--format", "json").object()
    let system = try #require((object["virtual_systems"] as? [Object])?.first)
    #expect(system["eulas"] as? [String] == ["Be good.\nAnd more."])
    #expect((system["install"] as? Object)?["initial_boot_stop_delay"] as? Int == 300)
    let hardware = try #require(system["hardware"] as? Object)
    #expect((hardware["nvram"] as? Object)?["file"] as? String == "my%20icon.png")
    let sections = try #require(system["hardware_sections"] as? [Object])
    #expect(sections.map { $0["families"] as? [String] } == [["vmx-14"], ["xen-3"]])
    let items = try #require(sections.first?["items"] as? [Object])
    #expect(items.map { $0["bound"] as? String } == [nil, "max", nil])
    #expect((items.first?["settings"] as? [Object])?.first?["value"] as? String == "33")
    let product = try #require((object["products"] as? [Object])?.first)
    #expect(product["owner"] as? [String] == ["both", "a"])
    #expect(product["categories"] as? [String] == ["Network"])
    let icon = try #require((product["icons"] as? [Object])?.first)
    #expect(icon["file"] as? String == "my%20icon.png")
    #expect(icon["width"] as? Int == 32)
  }

  @Test func theFirstViewIsShortAndNamesHowToSeeMore() throws {
    let text = try inspected().text
    #expect(text.contains("2 properties to set (-v shows them)"))
    #expect(text.contains("2 licenses to accept: Be good.\n"))
    #expect(!text.contains("And more."))
  }

  @Test func theDetailedViewSaysTheRest() throws {
    let text = try inspected("-v").text
    for part in [
      "Be good.\n", "About all", "— Network", "string MinLen(7)", "10.0.0.1", "at most 16",
      "slotInfo.pciSlotNumber = 33", "alternative  xen-3", "stops by itself within 300 s",
      "FutureSection", "may be skipped", "CPU of all", "MegaBytes", "nvram = ovf:/file/icon",
    ] {
      #expect(text.contains(part), "\(part) in \(text)")
    }
    #expect(!text.contains("And more."))
  }

  @Test func machinesStartInTheirOrder() throws {
    let lines = try inspected("-v").text.split(separator: "\n")
    let start = try #require(lines.firstIndex { $0.contains("Start order") })
    #expect(lines[(start + 1)...].prefix(2).map { $0.split(separator: " ")[1] } == ["a", "b"])
  }

  @Test func anOptionOfSeveralMachinesIsShownByWhatTheyNeedTogether() throws {
    #expect(try inspected().text.contains("* small  S  5 vCPU  1.5 GiB"))
    #expect(try inspected().text.contains("in 2 machines"))
  }

  @Test func theLabelsOfAMachineStandInOneColumn() throws {
    let text = try OVATool.run("inspect", OVATool.sample("good/web.ova")).text
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("    ") }.prefix(7)
    let starts = rows.map { row in
      row.dropFirst(4).firstIndex(of: " ").map { index in
        row.distance(
          from: row.startIndex, to: row[index...].firstIndex { $0 != " " } ?? row.endIndex)
      }
    }
    #expect(Set(starts).count == 1, "\(text)")
  }
}
