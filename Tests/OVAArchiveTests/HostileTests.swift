import OVAArchive
import OVABasics
import OVAByteSource
import OVATestSupport
import Testing

@Suite struct HostileTests {
  static let foreign: [(String, [UInt8])] = [
    ("zip", Array("PK\u{3}\u{4}".utf8) + zeros(2000)), ("gzip", [0x1F, 0x8B, 8] + zeros(2000)),
    ("html", Array("<!DOCTYPE html><html>".utf8) + zeros(2000)),
    ("text", Array("no archive at all\n".utf8)), ("one byte", [0]),
    ("half a block of zeros", zeros(256)), ("0xFF", [UInt8](repeating: 0xFF, count: 4096)),
  ]

  static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

  @Test(arguments: foreign)
  func whatIsNoTarIsRefused(name: String, bytes: [UInt8]) {
    #expect { try TarArchive.read(MemorySource(bytes, name: name), limits: Limits()) } throws: {
      ($0 as? ArchiveError)?.code == .notAnArchive
    }
    #expect {
      try TarStream(SourceStream(MemorySource(bytes, name: name)), limits: Limits())
    } throws: {
      ($0 as? ArchiveError)?.code == .notAnArchive
    }
  }

  @Test func anEmptyFileSaysSo() {
    let empty = MemorySource([], name: "e.ova")
    #expect { try TarArchive.read(empty, limits: Limits()) } throws: {
      ($0 as? ArchiveError)?.code == .empty
    }
    #expect { try TarStream(SourceStream(empty), limits: Limits()) } throws: {
      ($0 as? ArchiveError)?.code == .empty
    }
  }

  @Test func aSizeFarBeyondTheFileIsTruncation() throws {
    var header = TarBuilder.Header("huge")
    header.magic = .gnu
    header.sizeField = TarBuilder.base256(1 << 60)
    let archive = try list(tar { $0.add(header, [1]) })
    #expect(archive.members.map(\.storedSize) == [512 + 1024])
    #expect(
      archive.kinds == [.base256Size, .truncatedMember(expected: 1 << 60, present: 1536)])
  }

  @Test(arguments: [
    [UInt8](repeating: 0xFF, count: 12), [0xC0] + [UInt8](repeating: 0, count: 11),
  ])
  func aNegativeSizeEndsReading(field: [UInt8]) throws {
    var header = TarBuilder.Header("negative")
    header.magic = .gnu
    header.sizeField = field
    let archive = try list(
      tar {
        $0.file("a", [1])
        $0.add(header)
        $0.file("b")
      })
    #expect(archive.members.map(\.name) == ["a"])
    #expect(archive.kinds == [.negativeSize])
    #expect(archive.diagnostics.map(\.place.offset) == [1024])
  }

  @Test func aNegativeSizeInAnExtendedHeaderEndsReading() throws {
    let archive = try list(
      tar {
        $0.pax([("size", Array("-5".utf8))])
        $0.file("a", [1])
      })
    #expect(archive.members.isEmpty)
    #expect(archive.kinds == [.negativeSize])
  }

  @Test(arguments: [UInt64(Int64.max), UInt64(Int64.max) + 1])
  func aSizeThatOverflowsWhenItIsFilledUpEndsReading(size: UInt64) throws {
    var header = TarBuilder.Header("max")
    header.magic = .gnu
    header.sizeField = TarBuilder.base256(size)
    let archive = try list(
      tar {
        $0.file("a")
        $0.add(header)
      })
    #expect(archive.members.map(\.name) == ["a"])
    #expect(archive.kinds.first == .base256Size)
    #expect(archive.kinds.count == 2)
  }

  @Test func aSizeThatIsNoNumberIsTold() throws {
    var header = TarBuilder.Header("a")
    header.sizeField = Array("0000000zzzz\0".utf8)
    #expect(try list(tar { $0.add(header) }).kinds == [.unreadableSize])
  }

  @Test func anExtendedHeaderOfMebibytesEndsReading() throws {
    var header = TarBuilder.Header("x", size: 2 << 20)
    header.typeFlag = UInt8(ascii: "x")
    let archive = try list(
      tar {
        $0.file("a")
        $0.add(header, [UInt8](repeating: 0x61, count: 2 << 20))
        $0.file("b")
      })
    #expect(archive.members.map(\.name) == ["a"])
    #expect(archive.kinds == [.damaged(reason: "Special header too large", behind: 2 << 20 + 2048)])
  }

  @Test func theLargestSizeThatBase256HoldsIsNoTrap() throws {
    var header = TarBuilder.Header("max")
    header.magic = .gnu
    header.sizeField = [0x80] + [UInt8](repeating: 0xFF, count: 11)
    let archive = try list(tar { $0.add(header) })
    #expect(archive.members.isEmpty)
    #expect(archive.kinds == [.unreadableSize])
  }

  @Test func aWrongChecksumEndsReadingAndSaysHowMuchIsLost() throws {
    var header = TarBuilder.Header("b", size: 1)
    header.spoilsChecksum = true
    let archive = try list(
      tar {
        $0.file("a", [1])
        $0.add(header, [2])
        $0.file("c", [3])
      })
    #expect(archive.members.map(\.name) == ["a"])
    #expect(archive.kinds == [.badChecksum(behind: 2048 + 1024)])
    #expect(archive.diagnostics.map(\.place.offset) == [1024])
  }

  @Test func aWrongChecksumInTheFirstHeaderIsDamageAndNoForeignFile() throws {
    var header = TarBuilder.Header("a", size: 1)
    header.spoilsChecksum = true
    let archive = try list(tar { $0.add(header, [2]) })
    #expect(archive.members.isEmpty)
    #expect(archive.kinds == [.badChecksum(behind: 2048)])
  }

  @Test func aWrongChecksumBehindAnExtendedHeaderIsFound() throws {
    var header = TarBuilder.Header("b")
    header.spoilsChecksum = true
    let archive = try list(
      tar {
        $0.file("a")
        $0.pax([("path", Array("x".utf8))])
        $0.add(header)
      })
    #expect(archive.members.map(\.name) == ["a"])
    #expect(archive.kinds == [.badChecksum(behind: 1536)])
    #expect(archive.diagnostics.map(\.place.offset) == [512 + 1024])
  }

  @Test func garbageBetweenMembersEndsReading() throws {
    let archive = try list(
      tar {
        $0.file("a")
        $0.raw([UInt8](repeating: 0x41, count: 512))
        $0.file("b")
      })
    #expect(archive.members.map(\.name) == ["a"])
    #expect(archive.kinds == [.badChecksum(behind: 512 + 512 + 1024)])
  }

  @Test(arguments: [
    ("./a", TarDiagnosticKind.dotPrefix), ("/etc/passwd", .absoluteName), ("\\x", .absoluteName),
    ("C:/x", .absoluteName), ("../x", .climbingName), ("a/../../x", .climbingName),
    ("a\\..\\x", .climbingName), ("a/..", .climbingName), ("._a.ovf", .appleDouble),
    ("d/._a", .appleDouble),
  ])
  func aNameThatIsRemarkableIsTold(name: String, kind: TarDiagnosticKind) throws {
    let archive = try list(tar { $0.file(name) })
    #expect(archive.members.map(\.name) == [name])
    #expect(archive.kinds == [kind])
  }

  @Test(arguments: ["a..b", "..a", "a...", "_.a", "a._b", "c:x"])
  func aNameThatOnlyLooksRemarkableIsNot(name: String) throws {
    #expect(try list(tar { $0.file(name) }).kinds == [])
  }

  @Test func aPrefixThatMakesANameClimbIsTold() throws {
    var header = TarBuilder.Header("passwd")
    header.prefix = "../../etc"
    #expect(try list(tar { $0.add(header) }).kinds == [.climbingName])
  }

  @Test func aNameFromAnExtendedHeaderIsJudgedToo() throws {
    let archive = try list(
      tar {
        $0.pax([("path", Array("../../etc/passwd".utf8))])
        $0.file("a.vmdk")
      })
    #expect(archive.kinds == [.paxPath(headerName: "a.vmdk"), .climbingName])
  }

  @Test func aZeroByteInAnExtendedNameIsTold() throws {
    let archive = try list(
      tar {
        $0.pax([("path", Array("a.vmdk\0.exe".utf8))])
        $0.file("a")
      })
    #expect(archive.kinds.contains(.zeroByteInName))
  }

  @Test(arguments: [("a", "a"), ("a", "./a"), ("d/a", "d//a"), ("d", "d/")])
  func aNameThatComesTwiceIsTold(first: String, second: String) throws {
    let archive = try list(
      tar {
        $0.file(first, [1])
        $0.file("other")
        $0.file(second)
      })
    #expect(archive.members.count == 3)
    #expect(archive.kinds.contains(.duplicateName(first: 0)))
    #expect(archive.diagnostics.last?.member == 2)
  }

  @Test func sizesThatDisagreeAreTold() throws {
    let archive = try list(
      tar {
        $0.pax([("size", Array("3".utf8))])
        $0.add(TarBuilder.Header("a", size: 600), [1, 2, 3])
        $0.file("b")
      })
    #expect(archive.members.map(\.size) == [3, 0])
    #expect(archive.kinds == [.paxSize(3), .paxSizeDisagrees(header: 600, pax: 3)])
  }

  @Test(arguments: [0, 0o77_777_777_777, 10 << 30 & 0o77_777_777_777])
  func aHeaderThatCannotHoldTheSizeDoesNotDisagree(field: Int) throws {
    let archive = try list(
      tar {
        $0.pax([("size", Array("\(10 << 30)".utf8))])
        $0.add(TarBuilder.Header("a", size: field))
      })
    #expect(archive.members.map(\.size) == [10 << 30])
    #expect(archive.kinds.prefix(1) == [.paxSize(10 << 30)])
    #expect(!archive.kinds.contains { if case .paxSizeDisagrees = $0 { true } else { false } })
  }

  @Test func aSparseMemberIsTold() throws {
    var header = TarBuilder.Header("s", size: 0)
    header.magic = .gnu
    header.typeFlag = UInt8(ascii: "S")
    let archive = try list(tar { $0.add(header) })
    #expect(archive.members.map(\.kind) == [.sparse])
    #expect(archive.kinds == [.sparse])
  }

  @Test(arguments: [40, 5000])
  func globalHeadersWithoutEndAreBounded(count: Int) throws {
    let archive = try list(
      tar {
        for _ in 0..<count { $0.pax([("comment", [0x61])], flag: "g") }
        $0.file("a")
      })
    #expect(archive.members.isEmpty)
    #expect(archive.diagnostics.count < 80)
    #expect(archive.kinds.contains { if case .damaged = $0 { true } else { false } })
  }

  @Test func membersWithoutEndHitTheLimitByItsName() {
    var limits = Limits()
    limits.members = 100
    let builder = tar { for index in 0..<101 { $0.file("f\(index)") } }
    #expect { try list(builder, limits: limits) } throws: {
      ($0 as? ArchiveError)?.code == .limitExceeded && "\($0)".contains("'members'")
    }
  }

  @Test func aNameOfMebibytesHitsTheLimitByItsName() {
    let builder = tar {
      $0.gnuLong(String(repeating: "n", count: 5000))
      $0.file("n", magic: .gnu)
    }
    #expect { try list(builder) } throws: {
      ($0 as? ArchiveError)?.code == .limitExceeded && "\($0)".contains("'nameBytes'")
    }
  }

  @Test func aFailingSourceIsAnErrorAndNotTheEnd() {
    let bytes = tar { for index in 0..<50 { $0.file("f\(index)", [1]) } }.bytes
    let source = FaultySource(MemorySource(bytes, name: "t.ova"), failingAt: 20_000)
    #expect { try TarArchive.read(source, limits: Limits()) } throws: {
      ($0 as? ArchiveError)?.code == .inputOutput && "\($0)".contains("Input/output error")
    }
  }

  @Test func noFlippedByteIsATrap() throws {
    let good = tar {
      $0.pax([("size", Array("3".utf8)), ("path", Array("p".utf8))])
      $0.add(TarBuilder.Header("a", size: 3), [1, 2, 3])
      $0.gnuLong("long")
      $0.file("b", [1], magic: .gnu)
    }.bytes
    let places = good.indices.filter { good[$0] != 0 || $0 % 5 == 0 }
    for index in places {
      for value: UInt8 in [0, 0x37, 0x80, 0xFF] {
        var bytes = good
        bytes[index] = value
        let source = MemorySource(bytes, name: "t")
        guard let archive = try? TarArchive.read(source, limits: Limits()) else { continue }
        let liesOutside = archive.members.contains {
          $0.dataOffset + $0.storedSize > UInt64(bytes.count)
        }
        #expect(!liesOutside, "\(value) at \(index)")
        if index >= 1536 { #expect(archive.members.first?.name == "p") }
      }
    }
  }
}
