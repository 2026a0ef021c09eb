import OVABasics
import OVAByteSource
import OVAIntegrity
import Synchronization
import VirtualDisks

/// The work on the bytes of one file, or on those of a file in chunks together.
struct FileDemand: Sendable {
  /// The algorithms of the digests.
  let algorithms: Set<DigestAlgorithm>
  /// The check of the content; nil for none.
  var content: ContentPass.Plan?

  static let nothing = FileDemand(algorithms: [], content: nil)
}

/// The reading of one file, or of one in chunks, front to back: every byte is shown once to all that
/// wants it, digests, gzip and the deep check of disks. Where the bytes come from it does not know.
struct FileReading: Sendable {
  private let digestWorkers: [DigestWorker]
  private let content: LockedContentPass?

  /// - Parameters:
  ///   - demand: what is wanted.
  ///   - size: the length of the file where it is known beforehand.
  ///   - pool: who inflates grains beside the reader.
  init(_ demand: FileDemand, size: UInt64?, pool: InflatePool, limits: Limits) {
    digestWorkers = demand.algorithms.sorted().map(DigestWorker.init)
    content = demand.content.map { LockedContentPass($0, size: size, pool: pool, limits: limits) }
  }

  /// The consumers of each block; each takes the blocks in order, and different ones may work at once.
  var consumers: [BlockReader.Consumer] {
    var consumers: [BlockReader.Consumer] = digestWorkers.map { one in { one.take($0) } }
    if let content { consumers.append { content.take($0) } }
    return consumers
  }

  /// The evidence so far.
  /// - Parameters:
  ///   - bytesRead: how many bytes were shown.
  ///   - failure: why they are not all; of a file that could not be read to its end, the end says
  ///     nothing.
  ///   - source: the file, for tables that could not be known in passing; nil where it cannot be read
  ///     again.
  func evidence(
    bytesRead: UInt64, failure: ByteSourceError?, source: (any ByteSource)?
  ) -> FileEvidence {
    let seen = failure == nil ? content?.finish(source: source) : nil
    return FileEvidence(
      bytesRead: bytesRead, digests: failure == nil ? digestWorkers.flatMap(\.digests) : [],
      failure: failure, gzip: seen?.gzip, deep: seen?.deep)
  }
}

/// One algorithm's digest of bytes that come in blocks; it may work on a processor of its own.
private final class DigestWorker: Sendable {
  private let digester: Mutex<Digester>

  init(_ algorithm: DigestAlgorithm) { digester = Mutex(Digester([algorithm])) }

  func take(_ block: [UInt8]) { digester.withLock { $0.update(block) } }

  var digests: [DigestValue] { digester.withLock { $0.finish() } }
}

/// A file in chunks, which are shown to it one after the other in the order of their numbers.
struct ChunkedReading: Sendable {
  private let reading: FileReading
  /// The number of the chunk that comes next.
  private(set) var next = 0
  private(set) var bytesRead: UInt64 = 0
  private(set) var failure: ByteSourceError?

  init(_ reading: FileReading) { self.reading = reading }

  /// The consumers of a chunk's bytes; none where it comes out of order.
  func consumers(of number: Int) -> [BlockReader.Consumer] {
    number == next ? reading.consumers : []
  }

  /// A chunk was shown.
  mutating func end(_ number: Int, bytes: UInt64, failure: ByteSourceError? = nil) {
    guard number == next else { return }
    next += 1
    bytesRead += bytes
    self.failure = self.failure ?? failure
  }

  /// The evidence of all chunks together.
  func evidence(source: (any ByteSource)?) -> FileEvidence {
    reading.evidence(bytesRead: bytesRead, failure: failure, source: source)
  }
}
