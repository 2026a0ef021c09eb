import OVABasics
import OVAByteSource
import OVAConcurrency
import OVAIntegrity
import Synchronization

/// Reads a source from front to back in pieces of 1 MiB and shows each to everything that wants it.
///
/// With processors to spare it reads the next piece while the consumers, each on a processor of
/// its own, work on the one before: a disk is then read in the time of its slowest digest.
struct PieceReading {
  /// What takes the pieces, one after the other.
  typealias Consumer = @Sendable ([UInt8]) -> Void

  /// Whether reading and the consumers may run side by side.
  let isSpread: Bool
  /// Told after each piece how many bytes were read.
  let progress: @Sendable (UInt64) -> Void
  /// Asked before each piece; true leaves the rest unread.
  let isStopped: @Sendable () -> Bool

  private static let pieceLength = 1 << 20

  /// Reads to the end, or until it is stopped, and counts the bytes.
  /// - Throws: what the source throws; the consumers have then seen the bytes that are counted.
  func run(
    _ source: any ByteSource, _ consumers: [Consumer], count total: inout UInt64
  ) throws(ByteSourceError) {
    var piece = try source.bytes(at: 0, count: Self.pieceLength)
    while !piece.isEmpty, !isStopped() {
      let following = total + UInt64(piece.count)
      let next = NextPiece()
      let current = piece
      inTurnOrSpread(consumers.count + 1) { index in
        if index < consumers.count { return consumers[index](current) }
        let read = Result { () throws(ByteSourceError) in
          try source.bytes(at: following, count: Self.pieceLength)
        }
        next.piece.withLock { $0 = read }
      }
      progress(UInt64(piece.count))
      total = following
      piece = try next.piece.withLock { $0 }.get()
    }
  }

  /// What was read while the piece before it was worked on.
  private final class NextPiece: Sendable {
    let piece = Mutex(Result<[UInt8], ByteSourceError>.success([]))
  }

  private func inTurnOrSpread(_ count: Int, _ work: @escaping @Sendable (Int) -> Void) {
    if isSpread {
      WorkPool.reading.perform(count, atMost: count, work)
    } else {
      for index in 0..<count { work(index) }
    }
  }
}

/// One algorithm's digest of bytes that come in pieces; it may work on a processor of its own.
final class Digesting: Sendable {
  private let digester: Mutex<Digester>

  init(_ algorithm: DigestAlgorithm) { digester = Mutex(Digester([algorithm])) }

  func take(_ piece: [UInt8]) { digester.withLock { $0.update(piece) } }

  var digests: [DigestValue] { digester.withLock { $0.finish() } }
}
