import OVABasics
import OVAByteSource
import OVAConcurrency
import Synchronization

/// Shows bytes from front to back, in pieces of 1 MiB, to everything that wants them.
///
/// With processors to spare the consumers work side by side, each on a processor of its own, and
/// the next piece of a file is read meanwhile: a disk is then read in the time of its slowest digest.
struct PieceReading {
  /// What takes the pieces, one after the other.
  typealias Consumer = @Sendable ([UInt8]) -> Void

  /// Whether reading and the consumers may run side by side.
  let isSpread: Bool
  /// Told after each piece how many bytes were read.
  var progress: @Sendable (UInt64) -> Void = { _ in }
  /// Asked before each piece; true leaves the rest unread.
  var isStopped: @Sendable () -> Bool = { false }

  static let pieceLength = 1 << 20
  /// What is shorter is read before another processor would have begun.
  static let worthSpreading: UInt64 = 4 << 20

  /// Reads a source to its end, or until it is stopped, and counts the bytes.
  /// - Parameter begin: told the first piece, which is empty when there is none, and asked who wants
  ///   the pieces.
  /// - Throws: what the source throws; the consumers have then seen the bytes that are counted.
  func run(
    _ source: any ByteSource, count total: inout UInt64, begin: ([UInt8]) -> [Consumer]
  ) throws(ByteSourceError) {
    var piece = try source.bytes(at: 0, count: Self.pieceLength)
    let consumers = begin(piece)
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

  /// Shows one piece of what comes only once.
  func show(_ piece: [UInt8], to consumers: [Consumer]) {
    inTurnOrSpread(consumers.count) { consumers[$0](piece) }
    progress(UInt64(piece.count))
  }

  /// What was read while the piece before it was worked on.
  private final class NextPiece: Sendable {
    let piece = Mutex(Result<[UInt8], ByteSourceError>.success([]))
  }

  private func inTurnOrSpread(_ count: Int, _ work: @escaping @Sendable (Int) -> Void) {
    if isSpread, count > 1 {
      WorkPool.reading.perform(count, atMost: count, work)
    } else {
      for index in 0..<count { work(index) }
    }
  }
}
