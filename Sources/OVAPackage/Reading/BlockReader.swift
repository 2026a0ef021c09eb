import OVABasics
import OVAByteSource
import OVAConcurrency
import Synchronization

/// Shows bytes from front to back, in blocks of 1 MiB, to everything that wants them.
///
/// With processors to spare the consumers work side by side, each on a processor of its own, and
/// the next block of a file is read meanwhile: a disk is then read in the time of its slowest digest.
struct BlockReader {
  /// A consumer of the blocks, one after the other.
  typealias Consumer = @Sendable ([UInt8]) -> Void

  /// True if reading and the consumers may run side by side.
  let isParallel: Bool
  /// Called after each block with the number of bytes read.
  var progress: @Sendable (UInt64) -> Void = { _ in }
  /// Asked before each block; true leaves the rest unread.
  var isStopped: @Sendable () -> Bool = { false }

  static let blockLength = 1 << 20
  /// The size from which on another processor pays: smaller files are read before it would have
  /// begun.
  static let parallelThreshold: UInt64 = 4 << 20

  /// Reads a source to its end, or until it is stopped, and counts the bytes.
  /// - Parameter begin: told the first block, which is empty when there is none, and asked who wants
  ///   the blocks.
  /// - Throws: what the source throws; the consumers have then seen the bytes that are counted.
  func run(
    _ source: any ByteSource, count total: inout UInt64, begin: ([UInt8]) -> [Consumer]
  ) throws(ByteSourceError) {
    var block = try source.bytes(at: 0, count: Self.blockLength)
    let consumers = begin(block)
    while !block.isEmpty, !isStopped() {
      let following = total + UInt64(block.count)
      let next = NextBlock()
      let current = block
      perform(consumers.count + 1) { index in
        if index < consumers.count { return consumers[index](current) }
        let read = Result { () throws(ByteSourceError) in
          try source.bytes(at: following, count: Self.blockLength)
        }
        next.block.withLock { $0 = read }
      }
      progress(UInt64(block.count))
      total = following
      block = try next.block.withLock { $0 }.get()
    }
  }

  /// Shows one block of what comes only once.
  func show(_ block: [UInt8], to consumers: [Consumer]) {
    perform(consumers.count) { consumers[$0](block) }
    progress(UInt64(block.count))
  }

  /// The block that was read while the one before it was worked on.
  private final class NextBlock: Sendable {
    let block = Mutex(Result<[UInt8], ByteSourceError>.success([]))
  }

  private func perform(_ count: Int, _ work: @escaping @Sendable (Int) -> Void) {
    if isParallel, count > 1 {
      WorkPool.reading.perform(count, atMost: count, work)
    } else {
      for index in 0..<count { work(index) }
    }
  }
}
