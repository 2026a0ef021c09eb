public import OVABasics
import Synchronization

/// A source that remembers what was read of it until it is settled, so that a pass over all its
/// bytes later need not read them again.
///
/// Opening a package looks at headers, descriptors and tables; its digests want every byte. With
/// this between them each byte is read once, and what was judged is what the digests are of. Safe
/// from several threads.
public final class RememberingSource: ByteSource {
  /// The name for messages.
  public var name: String { base.name }
  /// The number of bytes.
  public var size: UInt64 { base.size }

  private let base: any ByteSource
  private let remembered: Mutex<Remembered>

  private let budget: Budget?

  /// - Parameters:
  ///   - base: what is read.
  ///   - limit: how many bytes of it are remembered.
  ///   - budget: what the package may hold; what it has no room to spare for is read again.
  public init(_ base: any ByteSource, limit: Int = 4 << 20, budget: Budget? = nil) {
    self.base = base
    self.budget = budget
    remembered = Mutex(Remembered(room: limit))
  }

  /// The memory of a piece besides its bytes.
  private static let pieceBytes = 64

  /// Remembers nothing more from here on: what follows reads everything, and once.
  public func settle() { remembered.withLock { $0.isSettled = true } }

  /// Gives back what was remembered, and remembers nothing more.
  public func forget() {
    remembered.withLock {
      $0 = Remembered(room: 0)
      $0.isSettled = true
    }
  }

  public func confirm(upTo end: UInt64) throws(ByteSourceError) { try base.confirm(upTo: end) }

  public func confirmUnchanged() throws(ByteSourceError) { try base.confirmUnchanged() }

  public func read(
    at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer
  ) throws(ByteSourceError) -> Int {
    guard offset < size else { return 0 }
    let wanted = Int(min(UInt64(buffer.count), size - offset))
    let end = offset + UInt64(wanted)
    let (pieces, isSettled) = remembered.withLock {
      ($0.pieces(from: offset, to: end), $0.isSettled)
    }
    // What was remembered may be cut off meanwhile, which reading would have noticed.
    if isSettled, !pieces.isEmpty { try base.confirm(upTo: end) }
    var position = offset
    for piece in pieces {
      if piece.start > position {
        let count = try unsafe readAnew(position..<piece.start, from: offset, into: buffer)
        position += UInt64(count)
        guard position == piece.start else { return Int(position - offset) }
      }
      let first = Int(position - piece.start)
      let last = Int(min(piece.end, end) - piece.start)
      unsafe buffer[Int(position - offset)...].copyBytes(from: piece.bytes[first..<last])
      position += UInt64(last - first)
    }
    if position < end {
      position += UInt64(try unsafe readAnew(position..<end, from: offset, into: buffer))
    }
    return Int(position - offset)
  }

  /// Reads a gap between what is remembered, and remembers it as far as there is room.
  private func readAnew(
    _ range: Range<UInt64>, from offset: UInt64, into buffer: UnsafeMutableRawBufferPointer
  ) throws(ByteSourceError) -> Int {
    let start = Int(range.lowerBound - offset)
    let part = unsafe UnsafeMutableRawBufferPointer(
      rebasing: buffer[start..<Int(range.upperBound - offset)])
    let count = try unsafe base.read(at: range.lowerBound, into: part)
    remembered.withLock { remembered in
      guard count > 0, count <= remembered.room, !remembered.isSettled,
        budget?.spare(count + Self.pieceBytes) ?? true
      else { return }
      remembered.add(unsafe Piece(start: range.lowerBound, bytes: Array(part[..<count])))
    }
    return count
  }
}

/// Bytes that are remembered, with their place.
private struct Piece {
  let start: UInt64
  let bytes: [UInt8]

  var end: UInt64 { start + UInt64(bytes.count) }
}

/// The remembered pieces in the order of their places, no two of one byte.
private struct Remembered {
  /// The number of further bytes that may be remembered.
  private(set) var room: Int
  /// True if nothing more is remembered.
  var isSettled = false
  private var pieces: [Piece] = []

  init(room: Int) { self.room = room }

  /// The pieces that share bytes with a range.
  func pieces(from start: UInt64, to end: UInt64) -> ArraySlice<Piece> {
    let first = index(after: start)
    var last = first
    while last < pieces.count, pieces[last].start < end { last += 1 }
    return pieces[first..<last]
  }

  /// Adds a piece, unless another thread has remembered some of it meanwhile.
  mutating func add(_ piece: Piece) {
    guard pieces(from: piece.start, to: piece.end).isEmpty else { return }
    pieces.insert(piece, at: index(after: piece.start))
    room -= piece.bytes.count
  }

  /// The first piece that ends behind an offset, by bisection.
  private func index(after offset: UInt64) -> Int {
    var low = 0
    var high = pieces.count
    while low < high {
      let middle = (low + high) / 2
      if pieces[middle].end <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
