import OVABasics
import OVAByteSource
import OVAConcurrency
import OVAIntegrity
import Synchronization
import VirtualDisks

/// Reads each byte of a package whose files can be read in any order, several files at a time, and
/// lets everything that wants it see it.
struct ReadingPass: Sendable {
  let package: Package
  let options: ReadingOptions
  /// Called after each piece with the number of bytes read.
  var progress: @Sendable (UInt64) -> Void = { _ in }
  /// Asked before each piece, from any thread; once true it stays so, and nothing comes of the pass.
  var isStopped: @Sendable () -> Bool = { false }

  /// The results of all workers.
  fileprivate final class Found: Sendable {
    let gathering = Mutex(EvidenceGathering())
    /// The jobs whose disks did not fit beside the others that were read at the same time.
    let crowdedOut = Mutex<Set<Int>>([])
  }

  /// Returns the evidence; nil when the pass was stopped before it had read everything.
  func evidence() -> Evidence? {
    guard options.digests || options.deep else { return Evidence.none }
    let plan = ReadingPlan(package: package, options: options)
    let jobs = plan.jobs(of: package)
    // Workers that no file needs inflate grains.
    let pool = InflatePool(workers: options.workers)
    // And where large files are fewer than processors, each gets more than one.
    let isParallel = jobs.count { $0.size >= BlockReader.parallelThreshold } < options.workers
    let found = Found()
    WorkPool.reading.perform(jobs.count, atMost: options.workers) { [progress, isStopped] index in
      guard !isStopped() else { return }
      let job = JobReading(
        job: jobs[index], plan: plan, pool: pool,
        reading: BlockReader(
          isParallel: isParallel && jobs[index].size >= BlockReader.parallelThreshold,
          progress: progress, isStopped: isStopped))
      if job.run(found) { _ = found.crowdedOut.withLock { $0.insert(index) } }
    }
    // One after the other they fit, so that the result is the same whichever was read first.
    for index in found.crowdedOut.withLock({ $0.sorted() }) where !isStopped() {
      let reading = BlockReader(isParallel: true, progress: { _ in }, isStopped: isStopped)
      _ = JobReading(job: jobs[index], plan: plan, pool: pool, reading: reading).run(found)
    }
    guard !isStopped() else { return nil }
    let seen = found.gathering.withLock { $0 }
    return seen.evidence(of: package, options, isStopped: isStopped)
  }
}

extension FileEvidence {
  fileprivate var isCrowdedOut: Bool { deep?.isCrowdedOut ?? false }
}

/// The reading of one job.
private struct JobReading {
  let job: ReadingJob
  let plan: ReadingPlan
  let pool: InflatePool
  let reading: BlockReader

  /// - Returns: whether a disk has to be read again, alone.
  func run(_ found: ReadingPass.Found) -> Bool {
    var whole: ChunkedReading?
    var isCrowdedOut = false
    for (number, piece) in job.pieces.enumerated() {
      var own: FileReading?
      var bytesRead: UInt64 = 0
      var failure: ByteSourceError?
      do throws(ByteSourceError) {
        try reading.run(piece.source, count: &bytesRead) { start in
          if number == 0 { whole = beginWhole(start) }
          let file = begin(piece, start)
          own = file
          return file.consumers + (whole?.consumers(of: number) ?? [])
        }
      } catch {
        failure = error
        if number == 0, whole == nil { whole = beginWhole([]) }
      }
      whole?.end(number, bytes: bytesRead, failure: failure)
      let evidence = (own ?? begin(piece, [])).evidence(
        bytesRead: bytesRead, failure: failure, source: piece.source)
      isCrowdedOut = isCrowdedOut || evidence.isCrowdedOut
      found.gathering.withLock { $0.add(evidence, of: piece.path, repeating: piece.repeats) }
    }
    guard let whole, let href = job.whole?.href else { return isCrowdedOut }
    let evidence = whole.evidence(source: JoinedSource(job.pieces.map(\.source), name: href))
    found.gathering.withLock { $0.add(evidence, ofChunksOf: href) }
    return isCrowdedOut || evidence.isCrowdedOut
  }

  private func begin(_ piece: ReadingJob.Piece, _ start: [UInt8]) -> FileReading {
    var demand = plan.demand(
      of: piece.path, start: start, name: piece.source.name, size: piece.source.size)
    // The content of a chunk is looked at as part of the whole.
    if job.whole != nil || !job.readsContent { demand.content = nil }
    return FileReading(demand, size: piece.source.size, pool: pool, limits: plan.limits)
  }

  private func beginWhole(_ start: [UInt8]) -> ChunkedReading? {
    guard let whole = job.whole else { return nil }
    let demand = plan.demand(
      ofChunksOf: whole.path, href: whole.href, start: start, size: job.size)
    return ChunkedReading(FileReading(demand, size: job.size, pool: pool, limits: plan.limits))
  }
}
