import OVAArchive
import OVABasics
import OVAByteSource
import OVATestSupport
import Testing

/// Archives that the tools in use make.
@Suite struct ToolTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("<Envelope/>", to: "a.ovf")
    try folder.write([UInt8](repeating: 7, count: 70_000), to: "größe.vmdk")
  }

  func archive(_ name: String = "t.ova") throws -> TarArchive {
    try TarArchive.read(FileSource(path: folder.path(name), name: name), limits: Limits())
  }

  func make(_ arguments: String...) throws {
    let result = try run("tar", arguments, in: folder.path)
    #expect(result.status == 0, "\(result.errorText)")
  }

  @Test(arguments: [
    ("v7", TarDialect.v7), ("oldgnu", .gnu), ("gnu", .gnu), ("ustar", .ustar), ("posix", .pax),
  ])
  func gnuTarsArchivesAreReadInEveryFormat(format: String, dialect: TarDialect) throws {
    try make("--format", format, "-cf", "t.ova", "a.ovf", "größe.vmdk")
    let archive = try archive()
    #expect(archive.members.map(\.name) == ["a.ovf", "größe.vmdk"])
    #expect(archive.members.map(\.size) == [11, 70_000])
    #expect(archive.members.map(\.dialect) == [dialect, dialect])
    for member in archive.members {
      let bytes = try #require(archive.source(of: member)).bytes(at: 0, count: 80_000)
      #expect(try bytes == folder.read(member.name))
    }
    let remarked = archive.kinds.filter { if case .paxPath = $0 { false } else { true } }
    #expect(remarked == [])
  }

  @Test func aFolderPackedAsDotHasPrefixesAndFolders() throws {
    try folder.write("x", to: "in/a.ovf")
    try make("-cf", "t.ova", "-C", folder.path("in"), ".")
    let archive = try archive()
    #expect(archive.members.map(\.name) == ["./", "./a.ovf"])
    #expect(archive.members.map(\.kind) == [.folder, .file])
    #expect(archive.kinds == [.dotPrefix, .dotPrefix])
  }

  @Test func linksAreTold() throws {
    try run("ln", ["-s", "a.ovf", "s"], in: folder.path)
    try run("ln", ["a.ovf", "h"], in: folder.path)
    try run("mkfifo", ["f"], in: folder.path)
    try make("-cf", "t.ova", "a.ovf", "h", "s", "f")
    #expect(
      try archive().members.map(\.kind) == [
        .file, .hardLink(target: "a.ovf"), .symbolicLink(target: "a.ovf"), .fifo,
      ])
  }

  @Test(arguments: ["0.0", "0.1", "1.0", "gnu"])
  func sparseMembersAreToldInEveryVersion(version: String) throws {
    try run("truncate", ["-s", "1M", "s"], in: folder.path)
    try run(
      "dd", ["if=/dev/urandom", "of=s", "bs=4096", "count=1", "seek=64", "conv=notrunc"],
      in: folder.path)
    if version == "gnu" {
      try make("--format=gnu", "-S", "-cf", "t.ova", "s", "a.ovf")
    } else {
      try make("--format=posix", "--sparse-version=\(version)", "-S", "-cf", "t.ova", "s", "a.ovf")
    }
    let archive = try archive()
    #expect(archive.members.map(\.name) == ["s", "a.ovf"])
    #expect(archive.members.map(\.kind) == [.sparse, .file])
    #expect(archive.members[0].size == 1 << 20)
    #expect(archive.members[0].storedSize < 10_000)
    #expect(archive.kinds.contains(.sparse))
    #expect(archive.source(of: archive.members[0]) == nil)
    #expect(
      try archive.source(of: archive.members[1])?.bytes(at: 0, count: 99)
        == Array("<Envelope/>".utf8))
  }

  @Test(arguments: [("USTAR", TarDialect.ustar), ("GNU", .gnu), ("PAX", .pax)])
  func pythonsArchivesAreReadInEveryFormat(format: String, dialect: TarDialect) throws {
    let long = String(repeating: "d/", count: 60) + "a.ovf"
    let program = """
      import tarfile
      with tarfile.open("t.ova", "w", format=tarfile.\(format)_FORMAT) as t:
          t.add("a.ovf", arcname="\(long)")
          t.add("größe.vmdk")
      """
    let result = try run("python3", ["-c", program], in: folder.path)
    #expect(result.status == 0, "\(result.errorText)")
    let archive = try archive()
    #expect(archive.members.map(\.name) == [long, "größe.vmdk"])
    #expect(archive.members.map(\.size) == [11, 70_000])
    #expect(archive.members[0].dialect == dialect)
    let second = try #require(archive.source(of: archive.members[1]))
    #expect(try second.bytes(at: 0, count: 80_000) == folder.read("größe.vmdk"))
  }

  @Test(arguments: ["gnu", "posix"])
  func aMemberOfNineGibibytesIsListedWithAHandfulOfReads(format: String) throws {
    // An archive with holes in it, so that it costs no room.
    let size: UInt64 = 9 << 30
    let program = """
      import os, sys, tarfile
      f = tarfile.GNU_FORMAT if "\(format)" == "gnu" else tarfile.PAX_FORMAT
      with open("t.ova", "wb") as out:
          for name, size in (("a.ovf", 11), ("big.vmdk", \(size)), ("b.vmdk", 1000)):
              info = tarfile.TarInfo(name)
              info.size = size
              out.write(info.tobuf(f))
              out.seek((size + 511) // 512 * 512, os.SEEK_CUR)
          out.write(bytes(1024))
      """
    let result = try run("python3", ["-c", program], in: folder.path)
    #expect(result.status == 0, "\(result.errorText)")
    let source = CountingSource(try FileSource(path: folder.path("t.ova"), name: "t.ova"))
    let archive = try TarArchive.read(source, limits: Limits())
    #expect(archive.members.map(\.size) == [11, size, 1000])
    #expect(archive.members.map(\.isTruncated) == [false, false, false])
    #expect(archive.kinds == (format == "gnu" ? [.base256Size] : [.paxSize(size)]))
    #expect(source.count.reads <= 8)
    #expect(source.count.bytes <= 64 << 10)
  }

  @Test func bsdtarsArchivesAreRead() throws {
    guard hasTool("bsdtar") else {
      print("skipped: bsdtar is not there")
      return
    }
    for (format, dialect) in [("ustar", TarDialect.ustar), ("pax", .pax), ("gnutar", .gnu)] {
      let result = try run(
        "bsdtar", ["--format", format, "-cf", "t.ova", "a.ovf", "größe.vmdk"], in: folder.path,
        environment: ["LC_ALL": "C.UTF-8"])
      #expect(result.status == 0, "\(result.errorText)")
      let archive = try archive()
      #expect(archive.members.map(\.name) == ["a.ovf", "größe.vmdk"])
      #expect(archive.members[1].dialect == dialect)
    }
  }
}
