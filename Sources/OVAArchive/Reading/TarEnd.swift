import OVABasics
import OVAByteSource

/// Describes the place where reading ended.
extension TarWalk {
  /// The archive ended as it should, more or less.
  mutating func describeEnd() throws(ArchiveError) {
    let end = handle.headerOffset
    if last == nil, end == 0 { add(.noMembers, at: 0) }
    let block = UInt64(TarHeader.length)
    let first = try look(at: end, count: TarHeader.length)
    let second = try look(at: end + block, count: TarHeader.length)
    if !first.isEmpty, first.contains(where: { $0 != 0 }) {
      for found in try handle.chain().found { add(found.kind, at: found.offset) }
      add(.strayExtension, at: end)
      _ = try tail(from: end)
      noteLength()
      return
    }
    var blocks = 0
    if first.count == TarHeader.length { blocks = 1 }
    if blocks == 1, second.count == TarHeader.length, second.allSatisfy({ $0 == 0 }) { blocks = 2 }
    if blocks < 2 { add(.endBlocks(blocks), at: end) }
    let start = end + UInt64(blocks) * block
    let tail = try tail(from: start)
    noteLength()
    if let firstNonZero = tail.firstNonZero {
      add(.dataAfterEnd(bytes: tail.length, firstNonZero: firstNonZero), at: start)
    } else if tail.length >= Self.record {
      add(.zerosAfterEnd(bytes: tail.length), at: start)
    }
  }

  /// The zeros that fill up the last record of this length are as they should be.
  private static var record: UInt64 { 10_240 }

  /// The library gave up. A member that is cut short explains it; else it is the next header.
  mutating func describeDamage(_ reason: String) throws(ArchiveError) {
    let offset = handle.headerOffset
    let isAtMember = last != nil && offset == last?.headerOffset
    let chain = isAtMember ? nil : try handle.chain()
    _ = try tail(from: offset)
    let size = input.size ?? offset
    defer { noteLength() }
    if let last {
      let there = size - min(last.dataOffset, size)
      let stored = last.kind == .sparse ? last.storedSize : last.size
      if stored > there {
        add(
          .truncatedMember(expected: last.size, present: there), at: last.headerOffset,
          member: last.index)
        return
      }
    }
    guard let chain else {
      // The last member is whole but for the zeros that fill its last block.
      add(.endBlocks(0), at: size)
      return
    }
    for found in chain.found { add(found.kind, at: found.offset) }
    let behind = size - min(offset, size)
    if let bad = chain.badChecksum {
      add(.badChecksum(behind: size - min(bad, size)), at: bad)
    } else if chain.endsInExtension {
      add(.strayExtension, at: offset)
    } else if let missing = chain.missing, size - min(missing, size) < UInt64(TarHeader.length) {
      add(.truncatedHeader(present: behind), at: offset)
    } else if !chain.found.contains(where: { [.negativeSize, .unreadableSize].contains($0.kind) }) {
      add(.damaged(reason: reason, behind: behind), at: offset)
    }
  }

  private func tail(from start: UInt64) throws(ArchiveError) -> InputTail {
    do throws(ByteSourceError) {
      return try input.tail(from: start)
    } catch {
      throw ArchiveError(error, doing: "read the archive")
    }
  }

  private mutating func noteLength() {
    guard let size = input.size else { return }
    let over = Int(size % UInt64(TarHeader.length))
    if over != 0 { add(.oddLength(over: over), at: size) }
  }
}
