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

  @Test(arguments: [true, false])
  func aSignatureThatDoesNotFitIsTold(fits: Bool) throws {
    let folder = try TemporaryFolder()
    for name in ["a", "b"] {
      try run(
        "openssl",
        [
          "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "\(name).key", "-out",
          "\(name).crt", "-days", "400", "-subj", "/CN=\(name)",
        ], in: folder.path)
    }
    let packed = try OVATool.run(
      "pack", OVATool.sample("good/database"), "-o", "d.ova", "--sign", "a.key", "--certificate",
      "a.crt", in: folder.path)
    try #require(packed.status == 0)
    try run("tar", ["-xf", "d.ova"], in: folder.path)
    if !fits {
      // The same signature beside another's certificate.
      let line = String(decoding: try folder.read("database.cert"), as: UTF8.self)
        .prefix { $0 != "\n" }
      try folder.write(
        Array(line.utf8) + [0x0A] + folder.read("b.crt"), to: "database.cert")
    }
    try run(
      "tar",
      ["--format=ustar", "-cf", "d.ova", "database.ovf", "database.mf", "database.cert"]
        + ["database-disk1.vmdk", "database-disk2.vmdk"], in: folder.path)
    let result = try OVATool.run("unpack", "d.ova", "-C", ".", in: folder.path)
    #expect(folder.has("d/database.ovf"), "\(result.errorText)")
    #expect(result.status == (fits ? 0 : 1))
    #expect(
      result.errorText
        == (fits
          ? ""
          : "ova: d.ova: the signature in 'database.cert' does not fit the manifest and the "
            + "certificate of 'CN=b'\n"))
  }

  @Test func aFolderThatIsThereIsLeftAlone() throws {
    let folder = try TemporaryFolder()
    try folder.write("mine", to: "web/web.ovf")
    let result = try OVATool.run("unpack", OVATool.sample("good/web.ova"), in: folder.path)
    #expect(result.status == 2)
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

  @Test func whatTheManifestListsHasToBeThere() throws {
    let folder = try TemporaryFolder()
    let result = try OVATool.run(
      "unpack", OVATool.sample("broken/missing-disk.ova"), in: folder.path)
    #expect(result.status == 1)
    #expect(result.errorText.contains("is listed and not there"))
    #expect(try folder.names() == [])
  }

  @Test func anArchiveThatBreaksOffIsRefusedAlsoBetweenTwoMembers() throws {
    let folder = try TemporaryFolder()
    var package = try PackageFiles()
    package.files = package.files.filter { $0.name != "web.mf" }
    var builder = TarBuilder()
    for file in package.files { builder.file(file.name, file.bytes) }
    var header = TarBuilder.Header("more.iso")
    header.spoilsChecksum = true
    builder.add(header)
    builder.end()
    try folder.write(builder.bytes, to: "in/web.ova")
    let result = try OVATool.run("unpack", "in/web.ova", in: folder.path)
    #expect(result.status == 1)
    #expect(result.errorText.contains("the archive is damaged"))
    #expect(try folder.names() == ["in"])
  }

  @Test(arguments: ["a\nb.iso", "a\u{1B}[2J.iso", "tab\t.iso"])
  func aNameWithControlCharactersIsRefusedAndShownHarmless(name: String) throws {
    let folder = try TemporaryFolder()
    var package = try PackageFiles()
    package.files.append((name, []))
    try folder.write(package.archive(), to: "in/web.ova")
    let result = try OVATool.run("unpack", "in/web.ova", in: folder.path)
    #expect(result.status == 1)
    #expect(result.errorText.contains("its name holds control characters"))
    #expect(!result.errorText.contains(name))
    #expect(try folder.names() == ["in"])
  }

  @Test func aLinkThatHasTheFoldersNameIsNotFollowed() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "elsewhere/.keep")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("web"), withDestinationPath: folder.path("elsewhere"))
    let result = try OVATool.run("unpack", OVATool.sample("good/web.ova"), in: folder.path)
    #expect(result.status == 2)
    #expect(try folder.names("elsewhere") == [".keep"])
  }

  @Test func namesThatDifferInCaseStayApart() throws {
    let folder = try TemporaryFolder()
    var package = try PackageFiles()
    package.files += [("Note.txt", Array("a".utf8)), ("note.TXT", Array("b".utf8))]
    try folder.write(package.archive(), to: "web.ova")
    #expect(try OVATool.run("unpack", "web.ova", in: folder.path).status == 0)
    #expect(try folder.read("web/Note.txt") == Array("a".utf8))
    #expect(try folder.read("web/note.TXT") == Array("b".utf8))
  }

  @Test func packingAndUnpackingGivesTheSameFilesBack() throws {
    let folder = try TemporaryFolder()
    let source = OVATool.sample("good/database")
    #expect(try OVATool.run("pack", source, "-o", "database.ova", in: folder.path).status == 0)
    #expect(try OVATool.run("check", "--deep", "database.ova", in: folder.path).status == 0)
    #expect(try OVATool.run("unpack", "database.ova", in: folder.path).status == 0)
    let compared = try run("diff", ["-r", source, folder.path("database")])
    #expect(compared.status == 0, "\(compared.text)")
    for name in ["database.ovf", "database-disk1.vmdk"] {
      let times = try [source, folder.path("database")].map { base in
        try run("stat", ["-c", "%Y", "\(base)/\(name)"]).text
      }
      #expect(times.first == times.last)
    }
    let again = try OVATool.run("pack", "database", "-o", "again.ova", in: folder.path)
    #expect(again.status == 0)
    #expect(try folder.read("again.ova") == folder.read("database.ova"))
  }
}
