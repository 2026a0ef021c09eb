import Foundation
import OVATestSupport
import Testing

/// A change of the descriptor and the lines that tell it.
private struct Change: CustomTestStringConvertible, Sendable {
  let old: String
  let new: String
  let lines: [String]
  var testDescription: String { lines.first ?? old }

  init(_ old: String, _ new: String, _ lines: String...) {
    self.old = old
    self.new = new
    self.lines = lines
  }

  private static let hardwareEnd = "    </VirtualHardwareSection>"
  private static let systemEnd = "  </VirtualSystem>\n"

  private static func config(_ key: String, _ value: String) -> String {
    "<vmw:Config ovf:required=\"false\" vmw:key=\"\(key)\" vmw:value=\"\(value)\"/>\(hardwareEnd)"
  }

  static let all = [
    // Hardware and firmware.
    Change("vmx-13", "vmx-19", "~ hardware family: vmx-13 → vmx-19"),
    Change("vmw:value=\"efi\"", "vmw:value=\"bios\"", "~ hardware firmware: efi → bios"),
    Change(
      hardwareEnd, config("bootOptions.efiSecureBootEnabled", "true"), "+ hardware secure boot: on"),
    Change(
      hardwareEnd, config("nestedHVEnabled", "true"), "+ hardware nested virtualization: on"),
    Change(hardwareEnd, config("cpuHotAddEnabled", "true"), "+ hardware CPU hot add: on"),
    Change(hardwareEnd, config("memoryHotAddEnabled", "false"), "+ hardware memory hot add: off"),
    Change(hardwareEnd, config("toolsInstallType", "1"), "+ setting toolsInstallType: 1"),
    Change(
      "ovf:transport=\"com.vmware.guestInfo\"", "ovf:transport=\"iso\"",
      "~ hardware transport: com.vmware.guestInfo → iso"),
    Change(
      "<rasd:VirtualQuantity>2</rasd:VirtualQuantity>",
      "<rasd:VirtualQuantity>4</rasd:VirtualQuantity>", "~ hardware vCPU: 2 → 4"),
    Change(
      "<rasd:VirtualQuantity>2</rasd:VirtualQuantity>",
      "<rasd:VirtualQuantity>2</rasd:VirtualQuantity><vmw:CoresPerSocket>2</vmw:CoresPerSocket>",
      "+ hardware cores per socket: 2"),
    Change(
      "<rasd:VirtualQuantity>2048</rasd:VirtualQuantity>",
      "<rasd:VirtualQuantity>2049</rasd:VirtualQuantity>",
      "~ hardware memory: 2 GiB (2147483648 bytes) → 2 GiB (2148532224 bytes)"),
    Change("VirtualSCSI", "lsilogic", "~ hardware SCSI controller 1: VirtualSCSI → lsilogic"),
    Change(
      "<rasd:Address>0</rasd:Address>", "<rasd:Address>1</rasd:Address>",
      "~ hardware SCSI controller 1 number: 0 → 1",
      "~ hardware disk disk1 place: SCSI 0:0 → SCSI 1:0"),
    Change(
      "<rasd:AddressOnParent>0<", "<rasd:AddressOnParent>5<",
      "~ hardware disk disk1 place: SCSI 0:0 → SCSI 0:5"),
    Change(
      "VmxNet3", "E1000",
      "~ hardware network adapter 1: VmxNet3 on Front → E1000 on Front"),
    Change(
      "<rasd:AutomaticAllocation>true", "<rasd:AutomaticAllocation>false",
      "~ hardware network adapter 1 starts connected: yes → no"),
    Change(
      "<rasd:Connection>Front</rasd:Connection>",
      "<rasd:Address>00:50:56:00:00:01</rasd:Address><rasd:Connection>Front</rasd:Connection>",
      "+ hardware network adapter 1 MAC address: 00:50:56:00:00:01"),
    Change(
      "<rasd:Connection>Front</rasd:Connection>",
      "<rasd:Connection>Front</rasd:Connection><rasd:Limit>9</rasd:Limit>",
      "+ hardware network adapter 1 Limit: 9"),
    Change(
      "<Item>\n        <rasd:AutomaticAllocation>",
      "<Item ovf:required=\"false\">\n        <rasd:AutomaticAllocation>",
      "+ hardware network adapter 1 required: false"),
    Change(
      "<rasd:ElementName>Hard disk 1<", "<rasd:ElementName>Hard disk A<",
      "~ hardware disk disk1 ElementName: Hard disk 1 → Hard disk A"),
    Change(
      hardwareEnd,
      "<Item><rasd:InstanceID>9</rasd:InstanceID><rasd:ResourceSubType>vmware.vtpm"
        + "</rasd:ResourceSubType><rasd:ResourceType>1</rasd:ResourceType></Item>" + hardwareEnd,
      "~ hardware TPM: off → on", "+ hardware tpm 1: vmware.vtpm"),
    // Licenses and sections.
    Change(
      systemEnd, "<EulaSection><Info/><License>Be good.</License></EulaSection>" + systemEnd,
      "+ section EulaSection: required", "+ license text: Be good."),
    Change(
      systemEnd,
      "<vmw:BootOrderSection vmw:instanceId=\"10\"><Info/></vmw:BootOrderSection>" + systemEnd,
      "+ hardware boot order: Hard disk 1 (SCSI 0:0)", "+ section BootOrderSection: required"),
    Change(
      "<OperatingSystemSection ", "<OperatingSystemSection ovf:required=\"false\" ",
      "~ section OperatingSystemSection: required → not required"),
    Change(
      "<Info>The guest operating system</Info>", "<Info>The guest</Info>",
      "~ section OperatingSystemSection info: The guest operating system → The guest"),
    Change(
      systemEnd,
      "<AnnotationSection><Info/><Annotation>A note</Annotation></AnnotationSection>"
        + systemEnd, "+ section AnnotationSection: required", "+ annotation text: A note"),
    Change(
      "  <NetworkSection>",
      "  <DeploymentOptionSection><Info/><Configuration ovf:id=\"s\"><Label>Small</Label>"
        + "</Configuration></DeploymentOptionSection>\n  <NetworkSection>",
      "+ envelope default option: s", "+ section DeploymentOptionSection: required",
      "+ option s: Small"),
    // The rest of a descriptor.
    Change(
      "debian10_64Guest", "debian11_64Guest",
      "~ machine guest type: debian10_64Guest → debian11_64Guest"),
    Change("<Version>1.0<", "<Version>1.1<", "~ product version: 1.0 → 1.1"),
    Change(
      "ovf:qualifiers=\"MaxLen(64)\"", "ovf:qualifiers=\"MaxLen(65)\"",
      "~ property admin_password qualifiers: MaxLen(64) → MaxLen(65)"),
    Change(
      "The name of the machine", "Its name",
      "~ property hostname description: The name of the machine → Its name"),
    Change(
      "ovf:populatedSize=\"65536\"", "ovf:populatedSize=\"65537\"",
      "~ disk disk1 populated size: 65536 → 65537"),
    Change("<Envelope xmlns=", "<Envelope xml:lang=\"de\" xmlns=", "+ envelope language: de"),
    Change(
      "ovf:size=\"136704\"", "ovf:size=\"1\"",
      "~ reference web-disk1.vmdk size: 136704 → 1"),
    // Written in another way, and nothing else.
    Change(
      "<Info>The disks</Info>", "<Info>The disks</Info>\n<!-- 12 -->",
      "~ file web.ovf: 4239 bytes → 4252 bytes"),
    Change(
      "<rasd:InstanceID>20<", "<rasd:InstanceID>21<",
      "~ file web.ovf: 4239 bytes → 4239 bytes, written in another way"),
  ]
}

@Suite struct DiffTests {
  private static func compared(
    _ change: Change, backwards: Bool = false, _ arguments: String...
  ) throws -> ToolResult {
    let folder = try TemporaryFolder()
    var files = try PackageFiles()
    files.files.removeAll { $0.name == "web.mf" }
    _ = try files.write(to: folder, "a")
    let before = files["web.ovf"]
    let text = String(decoding: before, as: UTF8.self)
    // The first only.
    let range = try #require(text.firstRange(of: change.old), "\(change.old)")
    files["web.ovf"] = Array(text.replacingCharacters(in: range, with: change.new).utf8)
    _ = try files.write(to: folder, "b")
    let paths = [folder.path("a/web.ovf"), folder.path("b/web.ovf")]
    return try run(OVATool.path, ["diff"] + (backwards ? paths.reversed() : paths) + arguments)
  }

  @Test(arguments: Change.all)
  private func eachChangeHasALineThatSaysWhatHasChanged(change: Change) throws {
    let result = try Self.compared(change)
    #expect(result.status == 1)
    let lines = result.text.split(separator: "\n").map(String.init)
    if change.testDescription.hasPrefix("~ file") {
      #expect(lines.count == 1, "\(lines)")
      let isCounted = lines.first?.hasPrefix("~ file web.ovf: ") == true
      #expect(isCounted, "\(lines)")
    } else {
      #expect(Set(lines).isSuperset(of: change.lines), "\(lines)")
      #expect(!result.text.contains("file web.ovf"))
    }
  }

  @Test(arguments: Change.all)
  private func theOtherWayRoundIsTheSameTurnedRound(change: Change) throws {
    func sides(backwards: Bool, _ before: String, _ after: String) throws -> [[String?]] {
      let object = try Self.compared(change, backwards: backwards, "--format", "json").object()
      let differences = try #require(object["differences"] as? [[String: Any]])
      return differences.map { difference in
        [
          difference["section"] as? String, difference["name"] as? String,
          difference[before] as? String, difference[after] as? String,
        ]
      }
    }
    let forth = try sides(backwards: false, "before", "after")
    let back = try sides(backwards: true, "after", "before")
    #expect(!forth.isEmpty)
    if change.testDescription.hasPrefix("~ file") { return }
    #expect(Set(forth) == Set(back))
  }

  @Test func aPackageIsLikeItself() throws {
    for sample in ["web.ova", "sizes.ova", "shop.ova", "database"] {
      let path = OVATool.sample("good/\(sample)")
      let result = try OVATool.run("diff", path, path)
      #expect(result.status == 0)
      #expect(
        result.text
          == "no differences (files were compared by size, and by the digests of manifests)\n")
    }
  }

  @Test func ofLongTextsThePlaceWhereTheyDifferIsShown() throws {
    let long = String(repeating: "word ", count: 400)
    let license = "<EulaSection><Info/><License>\(long)END</License></EulaSection></VirtualSystem>"
    let folder = try TemporaryFolder()
    var files = try PackageFiles()
    files.replace("</VirtualSystem>", license, in: "web.ovf")
    _ = try files.write(to: folder, "a")
    files.replace("END", "FIN", in: "web.ovf")
    _ = try files.write(to: folder, "b")
    let text = try OVATool.run(
      "diff", folder.path("a/web.ovf"), folder.path("b/web.ovf")
    ).text
    let line = try #require(text.split(separator: "\n").first { $0.contains("license") })
    #expect(line.hasPrefix("~ license text: …"))
    #expect(line.contains("word END → …"))
    #expect(line.hasSuffix("word FIN"))
    #expect(line.count < 300)
  }

  @Test func anAddedDeviceIsOneLine() throws {
    let result = try Self.compared(
      Change(
        "    </VirtualHardwareSection>",
        "<Item><rasd:AutomaticAllocation>true</rasd:AutomaticAllocation>"
          + "<rasd:Connection>Front</rasd:Connection><rasd:ElementName>Second</rasd:ElementName>"
          + "<rasd:InstanceID>9</rasd:InstanceID><rasd:ResourceType>10</rasd:ResourceType></Item>"
          + "    </VirtualHardwareSection>"))
    #expect(result.text == "+ hardware network adapter 2: no model on Front\n")
  }
}
