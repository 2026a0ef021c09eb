import OVAArchive
import OVABasics
import OVAByteSource
import OVATestSupport
import Testing

func list(_ builder: TarBuilder, limits: Limits = Limits()) throws -> TarArchive {
  try TarArchive.read(MemorySource(builder.bytes, name: "t.ova"), limits: limits)
}

func list(_ bytes: [UInt8], limits: Limits = Limits()) throws -> TarArchive {
  try TarArchive.read(MemorySource(bytes, name: "t.ova"), limits: limits)
}

@Suite struct ReadingTests {
  @Test func aPlainArchiveHasItsMembersInOrderAndNothingToRemark() throws {
    var tar = TarBuilder()
    tar.file("a.ovf", Array("<Envelope/>".utf8))
    tar.file("a.vmdk", Array(repeating: 7, count: 1000))
    tar.end()
    let archive = try list(tar)
    #expect(archive.members.map(\.name) == ["a.ovf", "a.vmdk"])
    #expect(archive.members.map(\.size) == [11, 1000])
    #expect(archive.members.map(\.headerOffset) == [0, 1024])
    #expect(archive.members.map(\.dataOffset) == [512, 1536])
    #expect(archive.members.map(\.dialect) == [.ustar, .ustar])
    #expect(archive.members.map(\.kind) == [.file, .file])
    #expect(archive.members[0].mode == 0o644)
    #expect(archive.members[0].modified == 1_500_000_000)
    #expect(archive.facts == [])
  }
}
