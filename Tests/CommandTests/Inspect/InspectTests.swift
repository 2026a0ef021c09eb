import Foundation
import OVATestSupport
import Testing

@Suite struct InspectTests {
  @Test func theTextShowsWhatTheApplianceIs() throws {
    let result = try OVATool.run("inspect", OVATool.sample("good/web.ova"))
    #expect(result.status == 0)
    for part in [
      "Web server 1.0", "Debian GNU/Linux 10", "vmx-13, EFI", "2 vCPUs", "2 GiB", "SCSI 0:0",
      "64 MiB", "web-disk1.vmdk", "streamOptimized", "VmxNet3", "Front",
    ] {
      #expect(result.text.contains(part), "\(part)")
    }
  }

  @Test func aFolderThatHoldsADescriptorIsAPackage() throws {
    let folder = try OVATool.run("inspect", OVATool.sample("good/database"))
    let descriptor = try OVATool.run("inspect", OVATool.sample("good/database/database.ovf"))
    #expect(folder.status == 0)
    #expect(folder.text == descriptor.text)
  }

  @Test func theHardwareOfTheDefaultOptionIsShownAndEveryOptionListed() throws {
    let result = try OVATool.run("inspect", OVATool.sample("good/sizes.ova"))
    #expect(result.text.contains(/CPU +2 vCPUs/))
    #expect(result.text.contains("* medium"))
    #expect(result.text.contains("8 vCPU  32 GiB"))
  }

  @Test func jsonHoldsTheHardware() throws {
    let object = try OVATool.run("inspect", "--format", "json", OVATool.sample("good/web.ova"))
      .object()
    #expect(object["schema"] as? String == "ovakit/inspect/1.2")
    let system = try #require((object["virtual_systems"] as? [[String: Any]])?.first)
    let hardware = try #require(system["hardware"] as? [String: Any])
    #expect(hardware["vcpus"] as? Int == 2)
    #expect(hardware["memory_bytes"] as? Int == 2 << 30)
    #expect(hardware["firmware"] as? String == "efi")
  }

  @Test func ndjsonHasOneLineForEachPackage() throws {
    let result = try OVATool.run(
      "inspect", "--format", "ndjson", OVATool.sample("good/web.ova"),
      OVATool.sample("good/shop.ova"))
    #expect(result.text.split(separator: "\n").count == 2)
  }

  @Test func passwordsAreNotShown() throws {
    let folder = try TemporaryFolder()
    let text = try String(
      contentsOfFile: OVATool.sample("good/database/database.ovf"), encoding: .utf8
    )
    .replacing(
      "<Version>1.0</Version>",
      with: "<Version>1.0</Version><Property ovf:key=\"secret\" ovf:type=\"string\" "
        + "ovf:password=\"true\" ovf:value=\"hunter2\"/>")
    let path = try folder.write(text, to: "a.ovf")
    #expect(try !OVATool.run("inspect", "-v", path).text.contains("hunter2"))
    #expect(try !OVATool.run("inspect", "--format", "json", path).text.contains("hunter2"))
  }
}

/// Input that is no package.
struct BadInput: CustomTestStringConvertible, Sendable {
  let name: String
  let bytes: [UInt8]
  let says: String

  init(_ name: String, _ text: String, says: String) {
    self.init(name, bytes: Array(text.utf8), says: says)
  }

  init(_ name: String, bytes: [UInt8], says: String) {
    self.name = name
    self.bytes = bytes
    self.says = says
  }

  var testDescription: String { "\(name) \(says)" }

  static let all = [
    BadInput("a.ova", bytes: [], says: "the file is empty"),
    BadInput("a.ova", "PK\u{3}\u{4}xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", says: "a ZIP archive"),
    BadInput("a.ova", bytes: [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2], says: "a gzip stream"),
    BadInput("a.ova", "<!DOCTYPE html><html><body>404</body></html>", says: "an HTML page"),
    BadInput(
      "a.ova", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n",
      says: "Git LFS pointer"),
    BadInput("a.ovf", "<Envelope>\n<References>\n</Envelope>", says: "a.ovf:3"),
    BadInput("a.ovf", "<note>hello</note>", says: "note"),
    BadInput("a.ovf", "<!DOCTYPE html><html><body>404</body></html>", says: "an HTML page"),
    BadInput("a.ovf", bytes: [], says: "the file is empty"),
  ]
}

@Suite struct BadInputTests {
  @Test(arguments: BadInput.all)
  func whatIsNoPackageIsNamedWithItsCauseAndTheNextOneIsStillShown(_ bad: BadInput) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(bad.bytes, to: bad.name)
    let result = try OVATool.run("inspect", path, OVATool.sample("good/web.ova"))
    #expect(result.status == 3)
    #expect(result.errorText.contains(path))
    #expect(result.errorText.contains(bad.says), "\(result.errorText)")
    #expect(result.text.contains("Web server 1.0"))
  }

  @Test func aMissingFileAndAFolderWithoutDescriptorAreSaid() throws {
    let folder = try TemporaryFolder()
    let result = try OVATool.run("inspect", folder.path("none.ova"), folder.path)
    #expect(result.status == 3)
    #expect(result.errorText.contains("No such file"))
    #expect(result.errorText.contains("no descriptor"))
  }

  @Test func severalDescriptorsInAFolderAreNamed() throws {
    let folder = try TemporaryFolder()
    try folder.write("<a/>", to: "a.ovf")
    try folder.write("<b/>", to: "b.ovf")
    let result = try OVATool.run("inspect", folder.path)
    #expect(result.status == 3)
    #expect(result.errorText.contains("a.ovf, b.ovf"))
  }

  @Test func anArchiveWithoutDescriptorIsSaid() throws {
    let folder = try TemporaryFolder()
    var tar = TarBuilder()
    tar.file("disk.vmdk", [1, 2, 3])
    tar.end()
    let result = try OVATool.run("inspect", try folder.write(tar.bytes, to: "a.ova"))
    #expect(result.status == 3)
    #expect(result.errorText.contains("disk.vmdk"))
  }

  @Test func anArchiveThatEndsInItsDescriptorSaysHowMuchIsMissing() throws {
    let folder = try TemporaryFolder()
    let whole = try Array(Data(contentsOf: URL(fileURLWithPath: OVATool.sample("good/web.ova"))))
    let path = try folder.write(whole.prefix(2048), to: "cut.ova")
    let result = try OVATool.run("inspect", path)
    #expect(result.status == 3)
    #expect(result.errorText.contains("bytes are missing"))
  }

  @Test func controlCharactersInNamesReachNoTerminal() throws {
    let folder = try TemporaryFolder()
    var tar = TarBuilder()
    tar.file("\u{1B}[31mred.ovf", Array("<x".utf8))
    tar.end()
    let result = try OVATool.run("check", try folder.write(tar.bytes, to: "a.ova"))
    #expect(!result.text.contains("\u{1B}"))
    #expect(!result.errorText.contains("\u{1B}"))
  }

  @Test func anInterruptedRunEndsWith130() throws {
    let folder = try TemporaryFolder()
    // A disk of 64 GiB of holes keeps the digest busy until the interrupt comes.
    var tar = TarBuilder()
    let text = try String(
      contentsOfFile: OVATool.sample("good/database/database.ovf"), encoding: .utf8)
    tar.file("database.ovf", Array(text.utf8))
    tar.file(
      "database.mf", Array("SHA1(database-disk1.vmdk)= \(String(repeating: "0", count: 40))\n".utf8)
    )
    var header = TarBuilder.Header("database-disk1.vmdk")
    header.sizeField = TarBuilder.base256(64 << 30)
    tar.raw(header.block)
    let path = try folder.write(tar.bytes, to: "big.ova")
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    try file.truncate(atOffset: 64 << 30)
    try file.close()
    let result = try run(
      "bash", ["-c", "\"$0\" check \"$1\" & sleep 1; kill -INT $!; wait $!", OVATool.path, path])
    #expect(result.status == 130)
  }

  @Test(arguments: [["frobnicate"], ["inspect"], ["check", "--fail-on", "maybe", "x"]])
  func wrongUseEndsWithTwo(arguments: [String]) throws {
    #expect(try run(OVATool.path, arguments).status == 2)
  }
}
