import Foundation
import OVABasics
import OVAByteSource
import Testing

@Suite struct DerivedSourceTests {
  let ten = MemorySource(Array(0..<10), name: "ten")

  @Test func aReadEndsWhereTheSourceEnds() throws {
    #expect(try ten.bytes(at: 8, count: 100) == [8, 9])
    #expect(try ten.bytes(at: 10, count: 1) == [])
    #expect(try ten.bytes(at: .max, count: 1) == [])
  }

  @Test func aSliceNeverShowsWhatLiesOutsideIt() throws {
    let slice = SliceSource(ten, start: 3, size: 4, name: "slice")
    #expect(try slice.bytes(at: 0, count: 100) == [3, 4, 5, 6])
    #expect(try slice.bytes(at: 4, count: 1) == [])
    #expect(SliceSource(ten, start: 8, size: .max, name: "s").size == 2)
    #expect(SliceSource(ten, start: .max, size: 5, name: "s").size == 0)
  }

  @Test func aMemberIsNamedAfterWhatItLiesIn() throws {
    let member = SliceSource(ten, start: 3, size: 4, member: "member")
    #expect(member.name == "ten/member")
    #expect(SliceSource(member, start: 1, size: 2, member: "part").name == "ten/member/part")
    #expect(SliceSource(member, start: 1, size: 2, name: member.name).name == "ten/member")
    #expect(try member.bytes(at: 0, count: 100) == [3, 4, 5, 6])
  }

  @Test func joinedPartsReadAsOne() throws {
    let parts = [
      MemorySource([1, 2], name: "a"), MemorySource([], name: "b"), MemorySource([3], name: "c"),
    ]
    let joined = try #require(JoinedSource(parts, name: "whole"))
    #expect(joined.size == 3)
    #expect(try joined.bytes(at: 0, count: 9) == [1, 2, 3])
    #expect(try joined.bytes(at: 1, count: 2) == [2, 3])
    #expect(try joined.bytes(at: 2, count: 2) == [3])
  }
}

@Suite struct FileSourceTests {
  @Test func aMissingFileSaysSo() {
    #expect { try FileSource(path: "/nonexistent/x") } throws: { error in
      (error as? ByteSourceError)?.code == .notFound
    }
  }

  @Test func aFolderIsNotAFile() {
    #expect { try FileSource(path: "/") } throws: { error in
      (error as? ByteSourceError)?.code == .notAFile
    }
  }

  @Test func aDeviceIsRefusedWithoutReading() {
    #expect { try FileSource(path: "/dev/zero") } throws: { error in
      (error as? ByteSourceError)?.code == .notAFile
    }
  }

  @Test func aFileIsReadAtAnyOffset() throws {
    let text = try String(contentsOfFile: #filePath, encoding: .utf8)
    let source = try FileSource(path: #filePath)
    for offset in [0, 7, text.utf8.count - 5] {
      let expected = text.utf8.dropFirst(offset).prefix(13)
      #expect(try source.bytes(at: UInt64(offset), count: 13).elementsEqual(expected))
    }
  }
}
