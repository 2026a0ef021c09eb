public import OVABasics
public import OVAByteSource
import Synchronization

/// A remote file that is read where it lies, by ranges.
///
/// Small reads fetch more than they ask for, and what was fetched is kept within a fixed bound; large
/// reads that follow each other are fetched ahead, several ranges at a time. Each answer is compared
/// with the first: once one was of another version of the file, `confirmUnchanged()` throws. Safe
/// from several threads.
public final class RemoteSource: ByteSource {
  /// The name for messages: the URL without what is secret in it.
  public let name: String
  /// The number of bytes.
  public let size: UInt64
  /// The time of the file's last change, in seconds since 1970 (UTC); nil where the server does not
  /// say.
  public let modified: Int64?

  private let object: RemoteObject
  private let ahead: ReadAhead
  private let kept: Mutex<KeptPieces>

  init(
    _ location: RemoteLocation, _ client: RemoteClient, version: RemoteVersion, size: UInt64,
    start: [UInt8], redirected: RemoteURL? = nil
  ) {
    name = location.name
    self.size = size
    modified = version.modified.flatMap(HTTPDate.seconds)
    object = RemoteObject(location, client, version: version, redirected: redirected)
    ahead = ReadAhead(object, size: size, connections: client.settings.connections)
    kept = Mutex(KeptPieces(start: start))
  }

  deinit { object.abandon() }

  /// The version of the file that is read.
  var version: RemoteVersion { object.version }

  /// Reads of so many bytes are those of a pass over all of them.
  private static let large = 256 << 10
  /// The number of bytes that a read at a new place fetches; `windowBefore` of them lie before that
  /// place, where what precedes it ends.
  private static let window: UInt64 = 64 << 10
  private static let windowBefore: UInt64 = 16 << 10
  /// The most that small reads one after the other fetch at once.
  private static let largestWindow: UInt64 = 1 << 20
  /// The end of the file, which is fetched at once: footers and tables lie there.
  private static let end: UInt64 = 128 << 10

  public func read(
    at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer
  ) throws(ByteSourceError) -> Int {
    guard offset < size else { return 0 }
    let wanted = Int(min(UInt64(buffer.count), size - offset))
    var done = 0
    while done < wanted {
      let position = offset + UInt64(done)
      let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[done..<wanted])
      let count = kept.withLock { unsafe $0.copy(from: position, into: rest) }
      if count > 0 {
        done += count
      } else if rest.count >= Self.large || ahead.has(position) {
        done += try unsafe ahead.read(at: position, into: rest)
      } else {
        try fetch(around: position, count: rest.count)
      }
    }
    return done
  }

  public func confirmUnchanged() throws(ByteSourceError) {
    if object.isChanged { throw object.changed }
  }

  /// Fetches and keeps a piece that has at least the next byte in it.
  private func fetch(around position: UInt64, count: Int) throws(ByteSourceError) {
    let range = kept.withLock { kept -> Range<UInt64> in
      if size - position <= Self.end {
        let start = size > Self.end ? size - Self.end : 0
        // What is kept of it is not fetched again.
        return max(start, kept.end(before: position))..<size
      }
      let isNext = kept.lastEnd == position
      kept.step = isNext ? min(kept.step * 2, Self.largestWindow) : Self.window
      let aligned = position & ~4095
      let start =
        isNext
        ? position
        : max(kept.end(before: position), aligned - min(aligned, Self.windowBefore))
      let end = max(position + UInt64(count), start + kept.step)
      return start..<min(size, end)
    }
    let bytes = try object.bytes(of: range)
    kept.withLock { $0.add(bytes, at: range.lowerBound) }
  }
}

/// Pieces of a file that were fetched, the oldest of which go when there are too many.
private struct KeptPieces {
  private struct Piece {
    let start: UInt64
    let bytes: [UInt8]
    var end: UInt64 { start + UInt64(bytes.count) }
  }

  /// The most bytes that are kept besides the file's start.
  private static let most = 2 << 20

  private let start: [UInt8]
  private var pieces: [Piece] = []
  private var total = 0
  /// The end of the piece that was fetched last.
  private(set) var lastEnd: UInt64
  /// The number of bytes that were fetched last.
  var step: UInt64 = 0

  init(start: [UInt8]) {
    self.start = start
    lastEnd = UInt64(start.count)
    step = UInt64(start.count)
  }

  /// Copies what is kept from an offset on, and says how much it is.
  func copy(from offset: UInt64, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    if offset < UInt64(start.count) {
      let count = min(buffer.count, start.count - Int(offset))
      unsafe buffer.copyBytes(from: start[Int(offset)..<Int(offset) + count])
      return count
    }
    guard let piece = pieces.last(where: { $0.start <= offset && offset < $0.end }) else {
      return 0
    }
    let first = Int(offset - piece.start)
    let count = min(buffer.count, piece.bytes.count - first)
    unsafe buffer.copyBytes(from: piece.bytes[first..<first + count])
    return count
  }

  /// The end of the last kept piece that ends at an offset or before it.
  func end(before offset: UInt64) -> UInt64 {
    pieces.map(\.end).filter { $0 <= offset }.max() ?? min(offset, UInt64(start.count))
  }

  mutating func add(_ bytes: [UInt8], at offset: UInt64) {
    pieces.append(Piece(start: offset, bytes: bytes))
    total += bytes.count
    lastEnd = offset + UInt64(bytes.count)
    while total > Self.most, pieces.count > 1 {
      total -= pieces.removeFirst().bytes.count
    }
  }
}
