import OVAArchive
import OVABasics
import OVAByteSource
import OVATestSupport
import Testing

/// A stream that fails where its bytes no longer fill a buffer.
private final class FailingStream: ByteStream {
  let name = "stdin"
  private var rest: [UInt8]

  init(_ bytes: [UInt8]) { rest = bytes }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    guard rest.count >= buffer.count else {
      throw ByteSourceError(
        code: .inputOutput, doing: "read it", reason: "Connection reset by peer",
        place: Place(name))
    }
    buffer.copyBytes(from: rest.prefix(buffer.count))
    rest.removeFirst(buffer.count)
    return buffer.count
  }
}

/// Reads what is left of the current member in pieces of `step` bytes.
private func drain(_ stream: TarStream, step: Int) throws -> [UInt8] {
  var bytes: [UInt8] = []
  let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: step, alignment: 1)
  defer { piece.deallocate() }
  while true {
    let count = try stream.readData(into: piece)
    if count == 0 { return bytes }
    bytes += piece[..<count]
  }
}

@Suite struct StreamTests {
  /// Content that differs from place to place, longer than a few blocks of the stream.
  static let long = (0..<900_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }

  let whole = tar {
    $0.file("a.ovf", Array("<Envelope/>".utf8))
    $0.file("a.vmdk", Self.long)
    $0.file("b.vmdk", [1, 2, 3])
  }.bytes

  func stream(_ bytes: [UInt8]) throws -> TarStream {
    try TarStream(SourceStream(MemorySource(bytes, name: "stdin")), limits: Limits())
  }

  @Test(arguments: [1000, 512, 300_000])
  func everyMembersBytesComeInOnePass(step: Int) throws {
    let stream = try stream(whole)
    var contents: [String: [UInt8]] = [:]
    while let member = try stream.next() { contents[member.name] = try drain(stream, step: step) }
    #expect(contents.count == 3)
    #expect(contents["a.ovf"] == Array("<Envelope/>".utf8))
    #expect(contents["a.vmdk"] == Self.long)
    #expect(contents["b.vmdk"] == [1, 2, 3])
    #expect(stream.diagnostics == [])
  }

  @Test func whatNobodyReadsIsPassedOver() throws {
    let stream = try stream(whole)
    var names: [String] = []
    while let member = try stream.next() { names.append(member.name) }
    #expect(names == ["a.ovf", "a.vmdk", "b.vmdk"])
    #expect(try stream.next() == nil)
    #expect(stream.diagnostics == [])
  }

  @Test func aMemberReadInPartIsPassedOverToo() throws {
    let stream = try stream(whole)
    _ = try stream.next()
    _ = try stream.next()
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 700, alignment: 1)
    defer { piece.deallocate() }
    #expect(try stream.readData(into: piece) == 700)
    #expect(Array(piece) == Array(Self.long.prefix(700)))
    #expect(try stream.next()?.name == "b.vmdk")
    #expect(try drain(stream, step: 10) == [1, 2, 3])
  }

  @Test func theTeeSeesEveryByteAlsoThoseBehindTheEnd() throws {
    let input = whole + [UInt8](repeating: 0, count: 700_000) + [5, 6, 7]
    var copy: [UInt8] = []
    let stream = try TarStream(
      SourceStream(MemorySource(input, name: "stdin")), limits: Limits(), tee: { copy += $0 })
    while try stream.next() != nil {}
    #expect(copy == input)
    #expect(
      stream.diagnostics.map(\.kind) == [
        .oddLength(over: 99),
        .dataAfterEnd(bytes: 700_003, firstNonZero: UInt64(whole.count) + 700_000),
      ])
  }

  @Test func theTeeSeesEveryByteOfADamagedArchiveToo() throws {
    var input = whole
    input[148] = 0x39
    input[1024 + 148] = 0x39
    for damaged in [input, Array(input.dropFirst(1024)), Array(whole.prefix(500_000))] {
      var copy: [UInt8] = []
      let stream = try TarStream(
        SourceStream(MemorySource(damaged, name: "stdin")), limits: Limits(), tee: { copy += $0 })
      while try stream.next() != nil {}
      #expect(copy == damaged)
      #expect(!stream.diagnostics.isEmpty)
    }
  }

  @Test func theTeeHasSeenTheFirstBytesOfWhatIsNoArchive() {
    var start: [UInt8] = []
    #expect(throws: ArchiveError.self) {
      try TarStream(
        SourceStream(MemorySource([0x1F, 0x8B, 8], name: "stdin")), limits: Limits(),
        tee: { start += $0 })
    }
    #expect(start == [0x1F, 0x8B, 8])
  }

  @Test func aTeeThatFailsEndsReadingWithItsOwnError() {
    let full = ArchiveError(
      code: .outputFailed, doing: "write it", reason: "No space left on device",
      place: Place("copy.ova"))
    var pieces = 0
    #expect {
      let stream = try TarStream(
        SourceStream(MemorySource(whole, name: "stdin")), limits: Limits(),
        tee: { _ throws(ArchiveError) in
          pieces += 1
          if pieces == 3 { throw full }
        })
      while try stream.next() != nil {}
    } throws: {
      $0 as? ArchiveError == full
    }
  }

  @Test func aStreamThatFailsIsAnErrorAndNotTheEnd() throws {
    let stream = try TarStream(FailingStream(whole), limits: Limits())
    #expect(try stream.next()?.name == "a.ovf")
    #expect(try stream.next()?.name == "a.vmdk")
    #expect {
      try drain(stream, step: 4096)
    } throws: {
      ($0 as? ArchiveError)?.code == .inputOutput && "\($0)".contains("reset by peer")
    }
  }

  @Test func whatIsThereOfAMemberCutShortIsHandedOut() throws {
    let stream = try stream(Array(whole.prefix(1024 + 512 + 600_001)))
    _ = try stream.next()
    #expect(try stream.next()?.name == "a.vmdk")
    #expect(try drain(stream, step: 7000) == Array(Self.long.prefix(600_001)))
    #expect(try stream.next() == nil)
    #expect(
      stream.diagnostics.map(\.kind) == [
        .truncatedMember(expected: 900_000, present: 600_001), .oddLength(over: 449),
      ])
  }

  @Test func aSparseMembersBytesAreRefused() throws {
    var header = TarBuilder.Header("s")
    header.magic = .gnu
    header.typeFlag = UInt8(ascii: "S")
    let stream = try stream(tar { $0.add(header) }.bytes)
    #expect(try stream.next()?.kind == .sparse)
    #expect {
      try drain(stream, step: 10)
    } throws: {
      ($0 as? ArchiveError)?.code == .unreadableMember
    }
    #expect(try stream.next() == nil)
  }

  @Test func aHeaderAcrossTheBlocksOfTheStreamIsDescribed() throws {
    for length in stride(from: 262_144 - 4 * 512, through: 262_144 + 512, by: 512) {
      let stream = try stream(
        tar {
          $0.file("a", [UInt8](repeating: 1, count: length))
          $0.pax([("size", Array("1".utf8))])
          $0.add(TarBuilder.Header("b", size: 1), [1])
        }.bytes)
      while try stream.next() != nil {}
      #expect(stream.diagnostics.map(\.kind) == [.paxSize(1)], "\(length)")
    }
  }

  /// Archives whose headers are long, in several extensions, or begin near the end of a block.
  static let headers: [(what: String, bytes: [UInt8])] = [
    (
      "a comment of 600 KiB",
      tar {
        $0.pax([
          ("comment", [UInt8](repeating: 0x61, count: 600 << 10)), ("path", Array("long".utf8)),
        ])
        $0.file("short", [1])
      }.bytes
    ),
    (
      "headers across the blocks of a stream",
      tar {
        $0.file("a", [UInt8](repeating: 7, count: (256 << 10) - 1024))
        $0.pax([("path", Array("b".utf8)), ("size", Array("3".utf8))])
        $0.file("x", [1, 2, 3])
        $0.pax([("mtime", Array("1".utf8))], flag: "g")
        $0.pax([("path", Array("c".utf8))])
        $0.file("y", [4])
      }.bytes
    ),
    (
      "a header for all members before each",
      tar { builder in
        for index in 0..<40 {
          builder.pax([("comment", Array("\(index)".utf8))], flag: "g")
          builder.pax([("path", Array("member \(index)".utf8))])
          builder.file("m", [UInt8](repeating: 1, count: index * 517))
        }
      }.bytes
    ),
    (
      "a wrong checksum behind an extension",
      tar {
        $0.file("a", [1])
        $0.pax([("path", Array("b".utf8))])
        var header = TarBuilder.Header("b", size: 1)
        header.spoilsChecksum = true
        $0.add(header, [1])
      }.bytes
    ),
  ]

  @Test(arguments: headers.indices) func `headers are described alike in a file and a stream`(
    index: Int
  ) throws {
    for cut in [0, 1, 512, 700, 1024, 5000] {
      let bytes = Array(Self.headers[index].bytes.dropLast(cut))
      guard !bytes.isEmpty else { continue }
      let archive = try TarArchive.read(MemorySource(bytes, name: "stdin"), limits: Limits())
      let stream = try stream(bytes)
      var members: [ArchiveMember] = []
      while let member = try stream.next() { members.append(member) }
      #expect(
        stream.diagnostics == archive.diagnostics, "\(Self.headers[index].what), cut by \(cut)")
      #expect(members.map(\.dialect) == archive.members.map(\.dialect))
      #expect(members.map(\.rawName) == archive.members.map(\.rawName))
      #expect(members.map(\.headerOffset) == archive.members.map(\.headerOffset))
      // Behind 64 KiB of an extension nothing is looked at.
      #expect(cut > 0 || index == 0 || !archive.diagnostics.isEmpty)
    }
  }
}
