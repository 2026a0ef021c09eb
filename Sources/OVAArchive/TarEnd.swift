import OVABasics
import OVAByteSource

/// What is said of the place where reading ended.
extension TarWalk {
  /// The archive ended as it should, more or less.
  mutating func describeEnd() throws(ArchiveError) {
    let end = handle.headerOffset
    if last == nil, end == 0 { add(.noMembers, at: 0) }
    let block = UInt64(TarHeader.length)
    let first = try look(at: end, count: TarHeader.length)
    let second = try look(at: end + block, count: TarHeader.length)
    if !first.isEmpty, first.contains(where: { $0 != 0 }) {
      try noteChain(at: end)
      add(.strayExtension, at: end)
      return
    }
    var blocks = 0
    if first.count == TarHeader.length { blocks = 1 }
    if blocks == 1, second.count == TarHeader.length, second.allSatisfy({ $0 == 0 }) { blocks = 2 }
    if blocks < 2 { add(.endBlocks(blocks), at: end) }
    if let size = tape.size { try describeTail(from: end + UInt64(blocks) * block, size: size) }
  }

  /// The library gave up. A member that is cut short explains it; else it is the next header.
  mutating func describeDamage(_ reason: String) throws(ArchiveError) {
    defer { noteLength() }
    if let last, let size = tape.size {
      let stored = last.kind == .sparse ? last.storedSize : last.size
      if stored > size - min(last.dataOffset, size) {
        add(
          .truncatedMember(expected: last.size, present: last.storedSize), at: last.headerOffset,
          member: last.index)
        return
      }
      if handle.headerOffset == last.headerOffset {
        add(.endBlocks(0), at: size)
        return
      }
    }
    let offset = handle.headerOffset
    if let size = tape.size, size - min(offset, size) < UInt64(TarHeader.length) {
      add(.truncatedHeader(present: size - min(offset, size)), at: offset)
      return
    }
    let chain = try noteChain(at: offset)
    if let bad = chain.badChecksum {
      add(.badChecksum(behind: tape.size.map { $0 - bad }), at: bad)
    } else if !chain.found.contains(where: { $0.kind == .negativeSize }) {
      add(.damaged(reason: reason, behind: tape.size.map { $0 - min(offset, $0) }), at: offset)
    }
  }

  @discardableResult
  private mutating func noteChain(at offset: UInt64) throws(ArchiveError) -> HeaderChain {
    let chain = try chain(from: offset, to: nil)
    for found in chain.found { add(found.kind, at: found.offset) }
    return chain
  }

  private mutating func noteLength() {
    guard let size = tape.size else { return }
    let over = Int(size % UInt64(TarHeader.length))
    if over != 0 { add(.oddLength(over: over), at: size) }
  }

  /// Looks at the first and last mebibyte behind the end blocks; between them nothing is read.
  private mutating func describeTail(from start: UInt64, size: UInt64) throws(ArchiveError) {
    noteLength()
    guard start < size else { return }
    let part: UInt64 = 1 << 20
    let length = size - start
    var pieces = [start..<min(size, start + part)]
    if length > part { pieces.append(max(start + part, size - part)..<size) }
    for piece in pieces {
      var offset = piece.lowerBound
      while offset < piece.upperBound {
        let bytes = try look(at: offset, count: Int(min(piece.upperBound - offset, 64 << 10)))
        if let index = bytes.firstIndex(where: { $0 != 0 }) {
          add(.dataAfterEnd(bytes: length, firstNonZero: offset + UInt64(index)), at: start)
          return
        }
        guard !bytes.isEmpty else { return }
        offset += UInt64(bytes.count)
      }
    }
    noteZeros(length, from: start)
  }

  /// Zeros that fill the last record are as they should be; more are told.
  mutating func noteZeros(_ length: UInt64, from start: UInt64) {
    let record: UInt64 = 10_240
    if length >= record { add(.zerosAfterEnd(bytes: length), at: start) }
  }
}
