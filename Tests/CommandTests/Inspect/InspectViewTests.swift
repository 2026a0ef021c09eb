import Foundation
import OVATestSupport
import Testing

/// The sample's descriptor, written otherwise.
private func changed(_ changes: (String, String)...) throws -> String {
  var files = try PackageFiles()
  for (old, new) in changes {
    try #require(String(decoding: files["web.ovf"], as: UTF8.self).contains(old), "\(old)")
    files.replace(old, new, in: "web.ovf")
  }
  return String(decoding: files["web.ovf"], as: UTF8.self)
}

/// Tests of the output of `ova inspect` on a descriptor without its files.
private func inspected(_ text: String, _ arguments: String...) throws -> String {
  let folder = try TemporaryFolder()
  let path = try folder.write(text, to: "web.ovf")
  let result = try run(OVATool.path, ["inspect", path] + arguments)
  #expect(result.status == 0, "\(result.errorText)")
  return result.text
}

private let systemEnd = "  </VirtualSystem>\n"
private let hardwareEnd = "    </VirtualHardwareSection>"

private func item(_ fields: String) -> String { "      <Item>\(fields)</Item>\n" }

@Suite struct InspectViewTests {
  @Test(arguments: [1, 3])
  func licensesToAcceptAreInTheFirstView(count: Int) throws {
    let license = "<EulaSection><Info/><License>Be good.\nAnd more.</License></EulaSection>"
    let text = try inspected(
      changed((systemEnd, String(repeating: license, count: count) + systemEnd)))
    #expect(
      text.contains(
        count == 1 ? "  1 license to accept: Be good.\n" : "  3 licenses to accept: Be good.\n"))
  }

  @Test func firmwareSecureBootTPMAndEncryptionAreInTheFirstView() throws {
    let text = try inspected(
      changed(
        (
          hardwareEnd,
          item(
            "<rasd:ElementName>TPM</rasd:ElementName><rasd:InstanceID>30</rasd:InstanceID>"
              + "<rasd:ResourceSubType>vmware.vtpm</rasd:ResourceSubType>"
              + "<rasd:ResourceType>1</rasd:ResourceType>")
            + #"<vmw:Config vmw:key="bootOptions.efiSecureBootEnabled" vmw:value="true"/>"#
            + #"<vmw:Config vmw:key="nestedHVEnabled" vmw:value="true"/>"#
            + #"<vmw:ExtraConfig vmw:key="encryption.keySafe" vmw:value="x"/>"# + hardwareEnd
        )))
    #expect(text.contains("vmx-13, EFI, secure boot, TPM, nested virtualization, encrypted\n"))
  }

  @Test func theTransportIsShownWhereThereIsOneAndWherePropertiesWantOne() throws {
    let way = " ovf:transport=\"com.vmware.guestInfo\""
    let text = try inspected(changed((way, " ovf:transport=\"com.vmware.guestInfo iso\"")))
    #expect(text.contains("transport   com.vmware.guestInfo, iso\n"))
    #expect(
      try inspected(changed((way, "")))
        .contains("transport   none: the properties do not reach the guest"))
    let fixed = try changed(
      (way, ""), ("ovf:userConfigurable=\"true\"", "ovf:userConfigurable=\"false\""))
    #expect(try !inspected(fixed).contains("transport"))
  }

  @Test func controllersHaveTheirNumbers() throws {
    let second = item(
      "<rasd:InstanceID>31</rasd:InstanceID><rasd:ResourceType>6</rasd:ResourceType>"
        + "<rasd:ResourceSubType>lsilogic</rasd:ResourceSubType>")
    let text = try inspected(changed((hardwareEnd, second + hardwareEnd)))
    #expect(text.contains(/controller +SCSI 0 +VirtualSCSI\n/))
    #expect(text.contains(/controller +SCSI 1 +lsilogic\n/))
    let fourth = try changed(("<rasd:Address>0</rasd:Address>", "<rasd:Address>3</rasd:Address>"))
    #expect(try inspected(fourth).contains(/controller +SCSI 3 +VirtualSCSI\n/))
    #expect(try inspected(fourth).contains(#/disk +SCSI 3:0 /#))
  }

  @Test func anAdapterThatStartsDisconnectedSaysSo() throws {
    let text = try inspected(
      changed(
        (
          "<rasd:AutomaticAllocation>true</rasd:AutomaticAllocation>",
          "<rasd:AutomaticAllocation>false</rasd:AutomaticAllocation>"
        )))
    #expect(text.contains(/NIC +VmxNet3 +Front +starts disconnected\n/))
    #expect(try !inspected(changed()).contains("disconnected"))
  }

  @Test func encryptedPartsAreNamedInTheFirstView() throws {
    let part = """
      <x:EncryptedData xmlns:x="http://www.w3.org/2001/04/xmlenc#" Id="one"/>
      """
    let text = try inspected(changed((systemEnd, part + systemEnd)))
    #expect(text.contains("  encrypted: 1 part of the descriptor is not shown\n"))
    let keys = "<EncryptionSection><Info/></EncryptionSection>"
    let other = try inspected(changed((systemEnd, keys + systemEnd)))
    #expect(other.contains("  encrypted: the descriptor has an EncryptionSection\n"))
  }

  @Test func theBootOrderIsInTheDetailedView() throws {
    let order =
      #"<vmw:BootOrderSection ovf:required="false" vmw:instanceId="20 10"><Info/>"#
      + "</vmw:BootOrderSection>"
    let text = try changed((systemEnd, order + systemEnd))
    #expect(
      try inspected(text, "-v").contains(
        "boot        1. Network adapter 1, 2. Hard disk 1 (SCSI 0:0)\n"))
    let system = try #require(
      (run(OVATool.path, ["inspect", "--format", "json", write(text)]).object()["virtual_systems"]
        as? [[String: Any]])?.first)
    let hardware = try #require(system["hardware"] as? [String: Any])
    let steps = try #require(hardware["boot_order"] as? [[String: Any]])
    #expect(steps.map { $0["instance_id"] as? String } == ["20", "10"])
    #expect(steps.map { $0["slot"] as? String } == [nil, "SCSI 0:0"])
  }

  /// Writes a descriptor into a folder that stays until the process ends.
  private func write(_ text: String) throws -> String {
    let name = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).ovf").path
    try text.write(toFile: name, atomically: true, encoding: .utf8)
    return name
  }

  @Test func aDiskOfChangesIsShownWithItsBaseAndTheBytesOfBoth() throws {
    let folder = try TemporaryFolder()
    var files = try PackageFiles()
    let disk = files["web-disk1.vmdk"]
    files.replace(
      "    <File ovf:id=\"file1\"",
      "    <File ovf:id=\"file2\" ovf:href=\"base.vmdk\"/>\n    <File ovf:id=\"file1\"",
      in: "web.ovf")
    files.replace(
      "    <Disk ovf:diskId=\"disk1\"",
      "    <Disk ovf:diskId=\"base\" ovf:fileRef=\"file2\" ovf:capacity=\"67108864\"/>\n"
        + "    <Disk ovf:diskId=\"disk1\" ovf:parentRef=\"base\"", in: "web.ovf")
    files.files.append(("base.vmdk", disk))
    let path = try folder.write(files.archive(), to: "web.ova")
    let text = try OVATool.run("inspect", path).text
    #expect(text.contains("web-disk1.vmdk  streamOptimized, changes to base.vmdk"), "\(text)")
    #expect(text.contains("267 KiB in the package, 133.5 KiB of them the changes\n"), "\(text)")
    let disks = try #require(
      OVATool.run("inspect", "--format", "json", path).object()["disks"] as? [[String: Any]])
    #expect(disks.map { $0["bases"] as? [String] } == [[], ["base"]])
  }

  @Test(arguments: [
    "encryptionKeys=\"vmware:key/list/(pair/(fqid/x))\"", "encryption.data = \"x\"",
    "ddb.encryption.type = \"x\"",
  ])
  func anEncryptedDiskSaysSo(line: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(changed(), to: "web.ovf")
    try folder.write(
      """
      # Disk DescriptorFile
      version=1
      \(line)
      CID=7e57ab1e
      parentCID=ffffffff
      createType="monolithicFlat"
      RW 131072 FLAT "web-flat.vmdk" 0

      """, to: "web-disk1.vmdk")
    let text = try OVATool.run("inspect", folder.path("web.ovf")).text
    #expect(text.contains("web-disk1.vmdk  monolithicFlat, encrypted"), "\(text)")
  }

  @Test(arguments: ["disk1", "base"])
  func disksThatAreTheChangesToEachOtherEnd(parent: String) throws {
    let text = try changed(
      (
        "    <Disk ovf:diskId=\"disk1\"",
        "    <Disk ovf:diskId=\"base\" ovf:parentRef=\"\(parent)\" ovf:capacity=\"1\"/>\n"
          + "    <Disk ovf:diskId=\"disk1\" ovf:parentRef=\"base\""
      ))
    #expect(try inspected(text).contains("changes to base"))
  }
}

/// Many things of one kind, in a descriptor.
private struct Crowd: CustomTestStringConvertible, Sendable {
  let testDescription: String
  /// True if they are in the hardware section, instead of in the envelope.
  let mark: String
  let make: @Sendable (Int) -> String
  /// The text of the first view about those that it leaves out.
  let says: String

  static let all = [
    Crowd(
      testDescription: "adapters", mark: hardwareEnd,
      make: { number in
        item(
          "<rasd:AutomaticAllocation>true</rasd:AutomaticAllocation>"
            + "<rasd:Connection>Front</rasd:Connection>"
            + "<rasd:InstanceID>n\(number)</rasd:InstanceID>"
            + "<rasd:ResourceSubType>E1000</rasd:ResourceSubType>"
            + "<rasd:ResourceType>10</rasd:ResourceType>")
      }, says: "100 × E1000  Front"),
    Crowd(
      testDescription: "controllers", mark: hardwareEnd,
      make: { number in
        item(
          "<rasd:InstanceID>c\(number)</rasd:InstanceID>"
            + "<rasd:ResourceSubType>lsilogic</rasd:ResourceSubType>"
            + "<rasd:ResourceType>6</rasd:ResourceType>")
      }, says: "100 × SCSI"),
    Crowd(
      testDescription: "disks", mark: hardwareEnd,
      make: { number in
        item(
          "<rasd:InstanceID>d\(number)</rasd:InstanceID>"
            + "<rasd:ResourceType>17</rasd:ResourceType>")
      }, says: "more disks (-v shows all)"),
    Crowd(
      testDescription: "drives", mark: hardwareEnd,
      make: { number in
        item(
          "<rasd:InstanceID>d\(number)</rasd:InstanceID>"
            + "<rasd:ResourceType>15</rasd:ResourceType>")
      }, says: "more CD-ROM drives (-v shows all)"),
    Crowd(
      testDescription: "networks", mark: "  </NetworkSection>",
      make: { "    <Network ovf:name=\"n\($0)\"/>\n" }, says: "more networks (-v shows all)"),
    Crowd(
      testDescription: "files", mark: "  </References>",
      make: { "    <File ovf:id=\"f\($0)\" ovf:href=\"f\($0)\"/>\n" },
      says: "more missing files (-v shows all)"),
    Crowd(
      testDescription: "products", mark: "    <VirtualHardwareSection ",
      make: { number in
        "<ProductSection ovf:class=\"c\(number)\"><Info/><Product>P\(number)</Product>"
          + "</ProductSection>"
      }, says: "more products (-v shows all)"),
    Crowd(
      testDescription: "options", mark: "  <NetworkSection>",
      make: { number in
        (number == 0 ? "<DeploymentOptionSection><Info/>" : "")
          + "<Configuration ovf:id=\"o\(number)\"><Label/><Description/></Configuration>"
          + (number == 99 ? "</DeploymentOptionSection>" : "")
      }, says: "more options (-v shows all)"),
    Crowd(
      testDescription: "machines", mark: "</Envelope>",
      make: { "<VirtualSystem ovf:id=\"m\($0)\"><Info/></VirtualSystem>\n" },
      says: "96 machines more (-v shows all)"),
  ]
}

@Suite struct InspectCrowdTests {
  @Test(arguments: Crowd.all)
  private func theFirstViewFitsAScreenOrTwoAndTheDetailedViewHasAll(crowd: Crowd) throws {
    let text = try changed(
      (crowd.mark, (0..<100).map(crowd.make).joined() + crowd.mark))
    let short = try inspected(text)
    #expect(short.split(separator: "\n", omittingEmptySubsequences: false).count <= 60, "\(short)")
    #expect(short.contains(crowd.says), "\(short)")
    let long = try inspected(text, "-v")
    #expect(long.split(separator: "\n").count >= 100)
    #expect(!long.contains("-v shows"))
  }
}

@Suite struct StandardInputTests {
  private static let archive = Array(
    (try? Data(contentsOf: URL(fileURLWithPath: OVATool.sample("good/web.ova")))) ?? Data())

  @Test(arguments: ["json", "text", "ndjson", "vss"])
  func anArchiveOnStandardInputIsInspectedLikeItsFile(format: String) throws {
    let file = OVATool.sample("good/web.ova")
    let piped = try OVATool.run(
      "inspect", "--format", format, "--stdin-filename", file, "-", input: Self.archive)
    let named = try OVATool.run("inspect", "--format", format, file)
    #expect(piped.status == 0)
    #expect(piped.text == named.text)
  }

  @Test(arguments: ["vss", "govc", "terraform"])
  func aTemplateIsMadeOfStandardInput(format: String) throws {
    let piped = try OVATool.run("spec", "--format", format, "-", input: Self.archive)
    let named = try OVATool.run("spec", "--format", format, OVATool.sample("good/web.ova"))
    #expect(piped.status == 0)
    #expect(piped.text == named.text.replacing(OVATool.sample("good/web.ova"), with: "-"))
  }

  @Test func whatIsNoArchiveOnStandardInputIsSaid() throws {
    let result = try OVATool.run("inspect", "-", input: Array("hello".utf8))
    #expect(result.status == 3)
    #expect(result.errorText.contains("not a tar archive"), "\(result.errorText)")
    #expect(try OVATool.run("inspect", "-", "-", input: Self.archive).status == 2)
  }

  @Test func theTextOfALongStreamIsNotHeldUpByItsDisk() throws {
    var builder = TarBuilder()
    let files = try PackageFiles()
    builder.file("web.ovf", files["web.ovf"])
    builder.file("web-disk1.vmdk", files["web-disk1.vmdk"] + [UInt8](repeating: 0, count: 40 << 20))
    builder.end()
    let result = try OVATool.run("inspect", "-", input: builder.bytes)
    #expect(result.status == 0)
    #expect(result.text.contains("web-disk1.vmdk"))
  }
}
