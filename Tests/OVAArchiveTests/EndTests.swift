import OVAArchive
import OVABasics
import OVAByteSource
import OVATestSupport
import Testing

/// Tests of the end of an archive, regular or too early.
@Suite struct EndTests {
  @Test func zerosAreAnArchiveOfNothing() throws {
    let archive = try list(tar(endBlocks: 20) { _ in })
    #expect(archive.members.isEmpty)
    #expect(archive.kinds == [.noMembers])
  }

  @Test func aMemberThatIsCutShortIsListedWithWhatIsThere() throws {
    var builder = TarBuilder()
    builder.file("a.ovf", [1])
    builder.file("a.vmdk", [UInt8](repeating: 9, count: 100_000))
    let cut = Array(builder.bytes.prefix(1536 + 60_000))
    let archive = try TarArchive.read(MemorySource(cut, name: "t.ova"), limits: Limits())
    #expect(archive.members.map(\.size) == [1, 100_000])
    #expect(archive.members.map(\.storedSize) == [1, 60_000])
    #expect(archive.members.map(\.isTruncated) == [false, true])
    #expect(
      archive.kinds == [.truncatedMember(expected: 100_000, present: 60_000), .oddLength(over: 96)])
    #expect(archive.diagnostics[0].place == Place("t.ova", offset: 1024))
    #expect(archive.source(of: archive.members[1])?.size == 60_000)
  }

  @Test func anArchiveThatEndsInsideAHeaderSaysSo() throws {
    var builder = TarBuilder()
    builder.file("a")
    builder.raw(Array(TarBuilder.Header("b").block.prefix(100)))
    let archive = try list(builder)
    #expect(archive.members.map(\.name) == ["a"])
    #expect(archive.kinds == [.truncatedHeader(present: 100), .oddLength(over: 100)])
  }

  @Test func anExtensionWithoutAMemberSaysSo() throws {
    let archive = try list(
      tar {
        $0.file("a")
        $0.pax([("path", Array("x".utf8))])
      })
    #expect(archive.members.map(\.name) == ["a"])
    #expect(archive.kinds == [.strayExtension])
  }

  @Test(arguments: [0, 1])
  func missingEndBlocksAreTold(blocks: Int) throws {
    let archive = try list(tar(endBlocks: blocks) { $0.file("a", [1]) })
    #expect(archive.members.count == 1)
    #expect(archive.kinds == [.endBlocks(blocks)])
  }

  @Test func oneZeroBlockThenDataIsBoth() throws {
    let archive = try list(
      tar(endBlocks: 1) {
        $0.file("a")
        $0.end(blocks: 1)
        $0.file("b")
      })
    #expect(archive.members.map(\.name) == ["a"])
    #expect(archive.kinds == [.endBlocks(1), .dataAfterEnd(bytes: 1024, firstNonZero: 1024)])
  }

  @Test func aLastMemberWithoutItsFillingIsWhole() throws {
    var builder = TarBuilder()
    builder.raw(TarBuilder.Header("a", size: 3).block + [1, 2, 3])
    let archive = try list(builder)
    #expect(archive.members.map(\.isTruncated) == [false])
    #expect(archive.kinds == [.endBlocks(0), .oddLength(over: 3)])
  }

  @Test func dataBehindTheEndIsTold() throws {
    let archive = try list(
      tar {
        $0.file("a")
        $0.end()
        $0.raw([0, 0, 5])
        $0.raw([UInt8](repeating: 0, count: 509))
      })
    #expect(archive.kinds == [.dataAfterEnd(bytes: 1536, firstNonZero: 1538)])
  }

  @Test func theLastRecordsZerosAreUsualAndMoreAreTold() throws {
    #expect(try list(tar(endBlocks: 20) { $0.file("a") }).kinds == [])
    #expect(
      try list(tar(endBlocks: 40) { $0.file("a") }).kinds == [.zerosAfterEnd(bytes: 38 * 512)])
  }

  @Test func noCutIsATrap() throws {
    let good = tar {
      $0.pax([("path", Array("p".utf8))])
      $0.add(TarBuilder.Header("a", size: 3), [1, 2, 3])
      $0.file("b", [1], magic: .gnu)
    }.bytes
    for length in 512..<good.count {
      let cut = MemorySource(Array(good.prefix(length)), name: "t")
      let archive = try TarArchive.read(cut, limits: Limits())
      // Zeros of the second end block are the only ones that nobody misses.
      #expect(!archive.diagnostics.isEmpty, "cut at \(length)")
    }
  }
}
