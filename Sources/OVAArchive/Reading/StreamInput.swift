import OVABasics
import OVAByteSource

/// An input over a stream: every byte passes once, the last two blocks stay at hand.
@safe final class StreamInput: ArchiveInput {
  /// A closure that sees every byte of the input as it came.
  typealias Tee = (UnsafeRawBufferPointer) throws(ArchiveError) -> Void

  var name: String { stream.name }
  var size: UInt64? { isAtEnd ? position : nil }
  var canSkip: Bool { false }
  /// The error of the tee; the input has ended there.
  private(set) var teeFailure: ArchiveError?

  private let stream: any ByteStream
  private let tee: Tee?
  private var current: Block
  private var previous: Block
  private var position: UInt64 = 0
  private var isAtEnd = false
  /// Set when a block has been read to look at it before libarchive asked for it.
  private var isReadAhead = false

  /// One block of the stream.
  @safe private struct Block {
    let buffer: UnsafeMutableRawBufferPointer
    var start: UInt64 = 0
    var filled = 0
    var end: UInt64 { start + UInt64(filled) }
  }

  private static let blockLength = 256 << 10

  init(_ stream: any ByteStream, tee: Tee?) {
    self.stream = stream
    unsafe self.tee = unsafe tee
    unsafe current = Block(buffer: .allocate(byteCount: Self.blockLength, alignment: 16))
    unsafe previous = Block(buffer: .allocate(byteCount: Self.blockLength, alignment: 16))
  }

  deinit {
    unsafe current.buffer.deallocate()
    unsafe previous.buffer.deallocate()
  }

  func nextBlock() throws(ByteSourceError) -> UnsafeRawBufferPointer {
    if isReadAhead {
      isReadAhead = false
    } else if isAtEnd {
      // The last blocks stay, to be looked at.
      return unsafe UnsafeRawBufferPointer(start: nil, count: 0)
    } else {
      try advance()
    }
    return unsafe UnsafeRawBufferPointer(rebasing: current.buffer[..<current.filled])
  }

  var blockStart: UInt64 { current.start }

  /// Reads the first block to look at it; libarchive gets it when it asks.
  func readAhead() throws(ByteSourceError) {
    try advance()
    isReadAhead = true
  }

  /// Reads the next block; the one before the current is dropped.
  private func advance() throws(ByteSourceError) {
    swap(&current, &previous)
    current.start = position
    current.filled = 0
    let count = unsafe try stream.read(into: current.buffer)
    current.filled = count
    position += UInt64(count)
    isAtEnd = unsafe count < current.buffer.count
    guard let tee = unsafe tee, count > 0 else { return }
    do throws(ArchiveError) {
      unsafe try tee(UnsafeRawBufferPointer(rebasing: current.buffer[..<count]))
    } catch {
      teeFailure = error
      throw ByteSourceError(error, as: .inputOutput)
    }
  }

  func skip(_ count: UInt64) -> UInt64 { 0 }
  func seek(to offset: UInt64) -> Bool { false }

  func look(at offset: UInt64, count: Int) throws(ByteSourceError) -> [UInt8] {
    var bytes: [UInt8] = []
    for block in [previous, current] {
      let next = offset + UInt64(bytes.count)
      guard next >= block.start, next < block.end else { continue }
      let first = Int(next - block.start)
      let length = min(count - bytes.count, block.filled - first)
      unsafe bytes += block.buffer[first..<first + length]
    }
    return bytes
  }

  func tail(from start: UInt64) throws(ByteSourceError) -> InputTail {
    var firstNonZero: UInt64?
    var offset = start
    while true {
      for block in [previous, current] where firstNonZero == nil {
        guard offset < block.end else { continue }
        let first = Int(max(offset, block.start) - block.start)
        if let index = unsafe block.buffer[first..<block.filled].firstIndex(where: { $0 != 0 }) {
          firstNonZero = block.start + UInt64(index)
        }
        offset = block.end
      }
      if isAtEnd { break }
      try advance()
    }
    return InputTail(length: position - min(start, position), firstNonZero: firstNonZero)
  }
}
