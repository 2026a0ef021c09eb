import OVAByteSource

/// The bytes that libarchive is fed with, and a second look at those it has just had.
protocol ArchiveInput: AnyObject {
  /// The name that places and errors carry.
  var name: String { get }
  /// The length where it is known beforehand.
  var size: UInt64? { get }
  /// True if bytes can be passed over without reading them.
  var canSkip: Bool { get }

  /// The next piece, valid until the next call; empty at the end.
  func nextBlock() throws(ByteSourceError) -> UnsafeRawBufferPointer
  /// The offset of the last piece.
  var blockStart: UInt64 { get }
  /// Passes over up to `count` bytes and says how many it were.
  func skip(_ count: UInt64) -> UInt64
  /// Goes to an offset, where the input allows it.
  func seek(to offset: UInt64) -> Bool
  /// Up to `count` bytes at an offset; fewer at the end, or where they are no longer at hand.
  func look(at offset: UInt64, count: Int) throws(ByteSourceError) -> [UInt8]
  /// Describes the bytes from an offset to the end. After it the length is known, and nothing is at hand.
  func tail(from start: UInt64) throws(ByteSourceError) -> InputTail
}

/// The bytes behind the end of an archive.
struct InputTail {
  var length: UInt64
  var firstNonZero: UInt64?
}

/// An input over a random-access source.
///
/// After a jump it reads one small block, since that is likely a header and the next jump comes
/// behind it; while reading goes on it takes ever larger ones.
@safe final class SourceInput: ArchiveInput {
  var name: String { source.name }
  var size: UInt64? { source.size }
  var canSkip: Bool { true }

  private let source: any ByteSource
  /// Grows with the steps: most archives are done with the first.
  private var buffer: UnsafeMutableRawBufferPointer
  private var position: UInt64 = 0
  var blockStart: UInt64 { start }
  private var start: UInt64 = 0
  private var filled = 0
  private var step = firstStep

  private static let firstStep = 4 << 10
  private static let largestStep = 64 << 10

  init(_ source: any ByteSource) {
    self.source = source
    unsafe buffer = .allocate(byteCount: Self.firstStep, alignment: 16)
  }

  deinit { unsafe buffer.deallocate() }

  func nextBlock() throws(ByteSourceError) -> UnsafeRawBufferPointer {
    let goesOn = filled > 0 && position == start + UInt64(filled)
    step = goesOn ? min(step * 2, Self.largestStep) : Self.firstStep
    start = position
    filled = 0
    if unsafe step > buffer.count {
      unsafe buffer.deallocate()
      unsafe buffer = .allocate(byteCount: step, alignment: 16)
    }
    filled = try unsafe source.read(
      at: position, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<step]))
    position += UInt64(filled)
    return unsafe UnsafeRawBufferPointer(rebasing: buffer[..<filled])
  }

  func skip(_ count: UInt64) -> UInt64 {
    let possible = min(count, source.size - min(position, source.size))
    position += possible
    return possible
  }

  func seek(to offset: UInt64) -> Bool {
    guard offset <= source.size else { return false }
    position = offset
    return true
  }

  func look(at offset: UInt64, count: Int) throws(ByteSourceError) -> [UInt8] {
    if offset >= start, offset - start <= UInt64(filled), count <= filled - Int(offset - start) {
      let first = Int(offset - start)
      return unsafe Array(buffer[first..<first + count])
    }
    return try source.bytes(at: offset, count: count)
  }

  /// Only the first and last mebibyte are looked at; between them nothing is read.
  func tail(from start: UInt64) throws(ByteSourceError) -> InputTail {
    let size = source.size
    guard start < size else { return InputTail(length: 0, firstNonZero: nil) }
    let part: UInt64 = 1 << 20
    var pieces = [start..<start + min(size - start, part)]
    if size - start > part { pieces.append(max(start + part, size - part)..<size) }
    var tail = InputTail(length: size - start, firstNonZero: nil)
    for piece in pieces {
      var offset = piece.lowerBound
      while offset < piece.upperBound {
        let bytes = try look(at: offset, count: Int(min(piece.upperBound - offset, 64 << 10)))
        if let index = bytes.firstIndex(where: { $0 != 0 }) {
          tail.firstNonZero = offset + UInt64(index)
          return tail
        }
        guard !bytes.isEmpty else { return tail }
        offset += UInt64(bytes.count)
      }
    }
    return tail
  }
}
