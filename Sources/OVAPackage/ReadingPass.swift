import OVABasics
import OVAByteSource
import OVAConcurrency
import OVAIntegrity
import Synchronization
import VirtualDisks

/// Reads each byte of a package once and lets everything that wants it see it: digests, gzip, the
/// deep check of disks.
struct ReadingPass: Sendable {
  let package: Package
  let options: ReadingOptions
  /// Told after each piece how many bytes were read.
  var progress: @Sendable (UInt64) -> Void = { _ in }
  /// Asked before each piece, from any thread; once true it stays so, and nothing comes of the pass.
  var isStopped: @Sendable () -> Bool = { false }

  /// What the workers have found.
  private final class Found: Sendable {
    struct Files {
      var files: [PackagePath: FileEvidence] = [:]
      var repeats: [Int: FileEvidence] = [:]
      var chunked: [String: FileEvidence] = [:]
    }

    let files = Mutex(Files())
  }

  /// What is shorter is read before another processor would have begun.
  private static let worthSpreading: UInt64 = 4 << 20

  /// What was seen; nil when it was stopped before it had seen all.
  func evidence() -> Evidence? {
    guard options.digests || options.deep else { return Evidence.none }
    let jobs = ReadingPlan(package: package, options: options).jobs()
    // Workers that no file needs inflate grains.
    let crew = InflateCrew(workers: options.workers)
    // And where large files are fewer than processors, each gets more than one.
    let spread = jobs.count { $0.size >= Self.worthSpreading } < options.workers
    let found = Found()
    WorkPool.reading.perform(jobs.count, atMost: options.workers) { [self] index in
      if !isStopped() { run(jobs[index], crew: crew, spread: spread, found) }
    }
    guard !isStopped() else { return nil }
    let result = found.files.withLock { $0 }
    let evidence = Evidence(
      digestsComputed: options.digests, disksChecked: options.deep, files: result.files,
      repeats: result.repeats, chunked: result.chunked)
    return MismatchSearch(package: package, isStopped: isStopped).explaining(evidence)
  }

  /// What came of reading one piece of a job.
  private struct Seen {
    let piece: ReadingPlan.Piece
    let digesting: [Digesting]
    var bytes: UInt64 = 0
    var failure: ByteSourceError?

    var digests: [DigestValue] { failure == nil ? digesting.flatMap(\.digests) : [] }
  }

  private func run(
    _ job: ReadingPlan.Job, crew: InflateCrew, spread: Bool, _ found: Found
  ) {
    let reading = PieceReading(
      isSpread: spread && job.size >= Self.worthSpreading, progress: progress, isStopped: isStopped)
    let whole = (job.whole?.algorithms ?? []).digesting
    var wholeBytes: UInt64 = 0
    var wholeFailure: ByteSourceError?
    let content = job.content.map {
      GuardedContentPass($0, size: job.size, crew: crew, limits: package.limits)
    }
    var own: [Seen] = []
    for piece in job.pieces {
      let digesting = piece.algorithms.digesting
      var consumers: [PieceReading.Consumer] = (digesting + whole).map { one in
        { one.take($0) }
      }
      if let content { consumers.append { content.take($0) } }
      var seen = Seen(piece: piece, digesting: digesting)
      do throws(ByteSourceError) {
        try reading.run(piece.source, consumers, count: &seen.bytes)
      } catch {
        seen.failure = error
        wholeFailure = wholeFailure ?? error
      }
      wholeBytes += seen.bytes
      own.append(seen)
    }
    // Of a disk that could not be read to its end, the end says nothing.
    let only: (any ByteSource)? =
      job.pieces.count == 1
      ? job.pieces.first?.source
      : JoinedSource(job.pieces.map(\.source), name: job.content?.name ?? "")
    let seen = wholeFailure == nil ? content?.finish(source: only) : nil
    found.files.withLock { found in
      for one in own {
        let evidence = FileEvidence(
          bytesRead: one.bytes, digests: one.digests, failure: one.failure,
          gzip: job.whole == nil ? seen?.gzip : nil,
          deep: job.whole == nil ? seen?.deep : nil)
        if let index = one.piece.repeats {
          found.repeats[index] = evidence
        } else {
          found.files[one.piece.path] = evidence
        }
      }
      guard let href = job.whole?.href else { return }
      found.chunked[href] = FileEvidence(
        bytesRead: wholeBytes, digests: wholeFailure == nil ? whole.flatMap(\.digests) : [],
        failure: wholeFailure, gzip: seen?.gzip, deep: seen?.deep)
    }
  }
}

extension Sequence<DigestAlgorithm> {
  /// What computes each, from the weakest to the strongest.
  fileprivate var digesting: [Digesting] { sorted().map(Digesting.init) }
}
