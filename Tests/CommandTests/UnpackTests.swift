import Foundation
import OVATestSupport
import Testing

@Suite struct UnpackTests {
  @Test func anArchiveIsUnpackedIntoAFolderOfItsOwn() throws {
    let folder = try TemporaryFolder()
    let result = try OVATool.run("unpack", OVATool.sample("good/web.ova"), in: folder.path)
    #expect(result.status == 0, "\(result.errorText)")
    #expect(result.text.contains("2 digests verified"))
    #expect(try folder.names() == ["web"])
    _ = try run("tar", ["-xf", OVATool.sample("good/web.ova")], in: folder.path)
    for name in try folder.names("web") {
      #expect(try folder.read("web/\(name)") == folder.read(name))
    }
  }

  @Test func aFolderThatIsThereIsLeftAlone() throws {
    let folder = try TemporaryFolder()
    try folder.write("mine", to: "web/web.ovf")
    let result = try OVATool.run("unpack", OVATool.sample("good/web.ova"), in: folder.path)
    #expect(result.status == 3)
    #expect(try folder.names() == ["web"])
    #expect(try folder.read("web/web.ovf") == Array("mine".utf8))
  }

  @Test(arguments: ["broken/wrong-digest.ova", "broken/truncated.ova"])
  func whatIsNotAsItsManifestSaysIsNotUnpacked(name: String) throws {
    let folder = try TemporaryFolder()
    let result = try OVATool.run("unpack", OVATool.sample(name), in: folder.path)
    #expect(result.status == 1)
    #expect(result.errorText.contains("web-disk1.vmdk"))
    #expect(try folder.names() == [])
  }

  @Test(arguments: [
    "../evil", "/tmp/ovakit-evil", "a/../../evil", "..\\evil", "C:\\evil", "web.ovf", "./web.ovf",
    "web.ovf/evil",
  ])
  func aHostileNameIsRefusedAndListed(name: String) throws {
    let folder = try TemporaryFolder()
    var package = try PackageFiles()
    package.files.append((name, Array("evil".utf8)))
    try folder.write(package.archive(), to: "in/web.ova")
    try folder.write("", to: "out/.keep")
    let result = try OVATool.run("unpack", "in/web.ova", "-C", "out", in: folder.path)
    #expect(result.status == 1, "\(result.text)\(result.errorText)")
    #expect(result.errorText.contains("not unpacked"))
    #expect(try folder.names() == ["in", "out"])
    #expect(try folder.names("out") == [".keep"])
    #expect(!FileManager.default.fileExists(atPath: "/tmp/ovakit-evil"))
  }

  @Test(arguments: [UInt8(ascii: "1"), UInt8(ascii: "2"), UInt8(ascii: "3"), UInt8(ascii: "6")])
  func aLinkOrDeviceIsRefused(flag: UInt8) throws {
    let folder = try TemporaryFolder()
    var builder = TarBuilder()
    for file in try PackageFiles().files { builder.file(file.name, file.bytes) }
    var header = TarBuilder.Header("out")
    header.typeFlag = flag
    header.link = "/tmp"
    builder.add(header)
    builder.file("out/evil", Array("evil".utf8))
    builder.end()
    try folder.write(builder.bytes, to: "in/web.ova")
    let result = try OVATool.run("unpack", "in/web.ova", in: folder.path)
    #expect(result.status == 1)
    #expect(result.errorText.contains("web.ova/out"))
    #expect(try folder.names() == ["in"])
    #expect(!FileManager.default.fileExists(atPath: "/tmp/evil"))
  }

  @Test func foldersInsideAreMade() throws {
    let folder = try TemporaryFolder()
    var package = try PackageFiles()
    package.files.append(("extra/deep/note.txt", Array("note".utf8)))
    try folder.write(package.archive(), to: "web.ova")
    let result = try OVATool.run("unpack", "web.ova", in: folder.path)
    #expect(result.status == 0, "\(result.errorText)")
    #expect(try folder.read("web/extra/deep/note.txt") == Array("note".utf8))
  }
}
