import Foundation
import OVABasics
import OVAByteSource
import Synchronization
import Testing

/// Bytes that count how often each of them is read.
private final class CountingSource: ByteSource {
  let name = "counted"
  private let content: [UInt8]
  private let counts: Mutex<[Int]>

  init(_ count: Int) {
    content = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
    counts = Mutex(Array(repeating: 0, count: count))
  }

  var size: UInt64 { UInt64(content.count) }
  /// The number of reads of each byte.
  var reads: [Int] { counts.withLock { $0 } }

  func read(
    at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer
  ) throws(ByteSourceError) -> Int {
    let count = try MemorySource(content, name: name).read(at: offset, into: buffer)
    counts.withLock { counts in
      for index in Int(offset)..<Int(offset) + count { counts[index] += 1 }
    }
    return count
  }
}

@Suite struct RememberingSourceTests {
  @Test(arguments: [
    [(0, 4), (20, 5)], [(3, 9), (7, 20), (0, 5)], [(0, 64)], [(60, 100), (0, 1)],
  ])
  func whatWasLookedAtIsNotReadAgainByAPassOverEverything(looks: [(Int, Int)]) throws {
    let counted = CountingSource(64)
    let source = RememberingSource(counted)
    for (offset, count) in looks {
      let bytes = try source.bytes(at: UInt64(offset), count: count)
      #expect(bytes == Array((UInt8(offset)..<64).prefix(count)))
    }
    source.settle()
    #expect(try source.bytes(at: 0, count: 40) == Array(0..<40))
    #expect(try source.bytes(at: 40, count: 40) == Array(40..<64))
    #expect(counted.reads == Array(repeating: 1, count: 64))
  }

  @Test func aSettledSourceRemembersNothingMore() throws {
    let counted = CountingSource(8)
    let source = RememberingSource(counted)
    source.settle()
    for _ in 0..<2 { #expect(try source.bytes(at: 0, count: 8).count == 8) }
    #expect(counted.reads == Array(repeating: 2, count: 8))
  }

  @Test func noMoreIsRememberedThanThereIsRoomFor() throws {
    let counted = CountingSource(30)
    let source = RememberingSource(counted, limit: 10)
    for offset in [0, 8, 16, 0, 8, 16] {
      #expect(try source.bytes(at: UInt64(offset), count: 8).first == UInt8(offset))
    }
    #expect(counted.reads[0..<8].allSatisfy { $0 == 1 })
    #expect(counted.reads[8..<24].allSatisfy { $0 == 2 })
  }

  @Test func aSourceThatEndsEarlyEndsEarly() throws {
    let source = RememberingSource(MemorySource([1, 2, 3], name: "three"))
    #expect(try source.bytes(at: 2, count: 9) == [3])
    #expect(try source.bytes(at: 0, count: 9) == [1, 2, 3])
    #expect(try source.bytes(at: 3, count: 9) == [])
  }

  @Test func manyThreadsReadTheSame() async throws {
    let source = RememberingSource(CountingSource(4096))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for thread in 0..<8 {
        group.addTask {
          for step in 0..<200 {
            let offset = (step * 37 + thread * 101) % 4000
            let bytes = try source.bytes(at: UInt64(offset), count: 96)
            #expect(bytes.first == UInt8(truncatingIfNeeded: offset))
            #expect(bytes.last == UInt8(truncatingIfNeeded: offset + 95))
          }
        }
      }
      try await group.waitForAll()
    }
  }
}
