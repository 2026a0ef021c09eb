import OVAArchive
import OVABasics
import OVAByteSource
import OVATestSupport
import Testing

/// Lists an archive built in memory; read from a stream it has to give the same.
func list(_ tar: TarBuilder, limits: Limits = Limits()) throws -> TarArchive {
  let source = MemorySource(tar.bytes, name: "t.ova")
  let archive = try TarArchive.read(source, limits: limits)
  let stream = try TarStream(SourceStream(source), limits: limits)
  var members: [ArchiveMember] = []
  while let member = try stream.next() { members.append(member) }
  #expect(members.map(\.told) == archive.members.map(\.told))
  #expect(stream.diagnostics == archive.diagnostics)
  return archive
}

/// An archive with the usual end, built by `build`.
func tar(endBlocks: Int = 2, _ build: (inout TarBuilder) -> Void) -> TarBuilder {
  var builder = TarBuilder()
  build(&builder)
  builder.end(blocks: endBlocks)
  return builder
}

extension ArchiveMember {
  /// All that is known of it.
  var told: [String] {
    [
      "\(index)", "\(rawName)", name, "\(nameIsUTF8)", "\(kind)", "\(dialect)", "\(size)",
      "\(storedSize)", "\(headerOffset)", "\(dataOffset)", "\(modified)", "\(mode)",
    ]
  }
}

extension TarArchive {
  /// The facts without their places.
  var kinds: [TarDiagnosticKind] { diagnostics.map(\.kind) }
}

@Suite struct ReadingTests {
  @Test func aPlainArchiveHasItsMembersInOrderAndNothingToRemark() throws {
    let archive = try list(
      tar {
        $0.file("a.ovf", Array("<Envelope/>".utf8))
        $0.file("a.vmdk", Array(repeating: 7, count: 1000))
      })
    #expect(archive.members.map(\.name) == ["a.ovf", "a.vmdk"])
    #expect(archive.members.map(\.size) == [11, 1000])
    #expect(archive.members.map(\.headerOffset) == [0, 1024])
    #expect(archive.members.map(\.dataOffset) == [512, 1536])
    #expect(archive.members.map(\.dialect) == [.ustar, .ustar])
    #expect(archive.members.map(\.kind) == [.file, .file])
    #expect(archive.members[0].mode == 0o644)
    #expect(archive.members[0].modified == 1_500_000_000)
    #expect(archive.diagnostics == [])
  }

  @Test func aMembersBytesAreReadWhereTheyLie() throws {
    let archive = try list(
      tar {
        $0.file("a", [1, 2, 3])
        $0.file("b", [4, 5])
      })
    let second = try #require(archive.source(of: archive.members[1]))
    #expect(second.name == "t.ova/b")
    #expect(try second.bytes(at: 0, count: 9) == [4, 5])
  }

  @Test func posixPrefixAndNameAreJoined() throws {
    var header = TarBuilder.Header("b.ovf")
    header.prefix = "folder"
    let archive = try list(tar { $0.add(header) })
    #expect(archive.members.map(\.name) == ["folder/b.ovf"])
  }

  @Test func aPrefixInAGNUHeaderIsNone() throws {
    var header = TarBuilder.Header("b.ovf")
    header.prefix = "12345670123"
    header.magic = .gnu
    let archive = try list(tar { $0.add(header) })
    #expect(archive.members.map(\.name) == ["b.ovf"])
    #expect(archive.members.map(\.dialect) == [.gnu])
  }

  @Test func aHeaderWithoutMagicIsOfTheSeventhEdition() throws {
    let archive = try list(tar { $0.file("a", [1], magic: .v7) })
    #expect(archive.members.map(\.dialect) == [.v7])
    #expect(archive.diagnostics == [])
  }

  @Test func aSizeInBase256IsRead() throws {
    var header = TarBuilder.Header("big")
    header.magic = .gnu
    header.sizeField = TarBuilder.base256(3)
    let archive = try list(tar { $0.add(header, [1, 2, 3]) })
    #expect(archive.members.map(\.size) == [3])
    #expect(archive.kinds == [.base256Size])
    #expect(archive.diagnostics.map(\.member) == [0])
  }

  @Test func aSizeInAnExtendedHeaderCountsAndIsTold() throws {
    let archive = try list(
      tar {
        $0.pax([("size", Array("3".utf8))])
        $0.add(TarBuilder.Header("a", size: 3), [1, 2, 3])
      })
    #expect(archive.members.map(\.size) == [3])
    #expect(archive.members.map(\.dialect) == [.pax])
    #expect(archive.members.map(\.headerOffset) == [0])
    #expect(archive.members.map(\.dataOffset) == [1536])
    #expect(archive.kinds == [.paxSize(3)])
  }

  @Test func aNameInAnExtendedHeaderCountsAndTheOtherIsTold() throws {
    let archive = try list(
      tar {
        $0.pax([("path", Array("größe.vmdk".utf8))])
        $0.file("gr__e.vmdk")
      })
    #expect(archive.members.map(\.name) == ["größe.vmdk"])
    #expect(archive.kinds == [.paxPath(headerName: "gr__e.vmdk")])
  }

  @Test func gnuLongNamesAreReadAndTold() throws {
    let name = String(repeating: "n", count: 300)
    let archive = try list(
      tar {
        $0.gnuLong(name)
        $0.file(String(name.prefix(100)), magic: .gnu)
      })
    #expect(archive.members.map(\.name) == [name])
    #expect(archive.kinds == [.gnuLongName])
  }

  @Test func aGlobalHeaderIsToldWithItsKeywords() throws {
    let archive = try list(
      tar {
        $0.pax([("comment", Array("c0ffee".utf8))], flag: "g")
        $0.file("a")
        $0.file("b")
      })
    #expect(archive.members.map(\.name) == ["a", "b"])
    #expect(archive.members.map(\.dialect) == [.ustar, .ustar])
    #expect(archive.kinds == [.globalHeader(keywords: ["comment"])])
  }

  @Test func aNameThatIsNotUTF8IsShownByItsBytes() throws {
    var header = TarBuilder.Header("")
    header.name = [0x61, 0xFC, 0x62]
    let archive = try list(tar { $0.add(header) })
    #expect(archive.members.map(\.name) == ["a\\xFCb"])
    #expect(archive.members.map(\.rawName) == [[0x61, 0xFC, 0x62]])
    #expect(archive.members.map(\.nameIsUTF8) == [false])
    #expect(archive.kinds == [.nameNotUTF8])
  }

  @Test func namesInAllDialectsKeepTheirBytes() throws {
    let archive = try list(
      tar {
        $0.file("größe-磁盘.vmdk", magic: .v7)
        $0.file("größe-磁盘.ovf", magic: .ustar)
        $0.file("größe-磁盘.mf", magic: .gnu)
      })
    #expect(archive.members.map(\.name) == ["größe-磁盘.vmdk", "größe-磁盘.ovf", "größe-磁盘.mf"])
    #expect(archive.diagnostics == [])
  }

  @Test(arguments: [
    ("1", "t", ArchiveMember.Kind.hardLink(target: "t")),
    ("2", "../t", .symbolicLink(target: "../t")), ("2", "größe", .symbolicLink(target: "größe")),
    ("3", "", .device), ("4", "", .device), ("5", "", .folder), ("6", "", .fifo),
    ("7", "", .file), ("\0", "", .file), ("Q", "", .other(flag: UInt8(ascii: "Q"))),
  ])
  func theTypeFlagSaysWhatAMemberIs(flag: String, link: String, kind: ArchiveMember.Kind) throws {
    var header = TarBuilder.Header("x")
    header.typeFlag = flag.utf8.first ?? 0
    header.link = link
    let archive = try list(
      tar {
        $0.add(header)
        $0.file("y", [1])
      })
    #expect(archive.members.map(\.kind) == [kind, .file])
    #expect((archive.source(of: archive.members[0]) != nil) == (kind == .file))
  }

  @Test func fileTypeBitsInTheModeAreNoPermissions() throws {
    var header = TarBuilder.Header("x")
    header.mode = 0o100644
    #expect(try list(tar { $0.add(header) }).members.map(\.mode) == [0o644])
  }
}
