import Dispatch
import OVABasics
import OVAByteSource
import OVAIntegrity
import Synchronization
import VirtualDisks

/// Reads each byte of a package once and lets everything that wants it see it: digests, gzip, the
/// deep check of disks.
struct ReadingPass {
  let package: Package
  let options: ReadingOptions
  /// Told after each piece how many bytes were read.
  let progress: @Sendable (UInt64) -> Void

  /// What the workers have found.
  private struct Found {
    var files: [PackagePath: FileEvidence] = [:]
    var chunked: [String: FileEvidence] = [:]
  }

  func evidence() -> Evidence {
    guard options.digests || options.deep else { return .none }
    let jobs = ReadingPlan(package: package, options: options).jobs()
    // Workers that no file needs inflate grains.
    let crew = InflateCrew(workers: options.workers)
    let next = Atomic(0)
    let found = Mutex(Found())
    DispatchQueue.concurrentPerform(iterations: max(1, min(options.workers, jobs.count))) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < jobs.count else { break }
        run(jobs[index], crew: crew, found)
      }
    }
    let result = found.withLock { $0 }
    return Evidence(
      digestsComputed: options.digests, disksChecked: options.deep, files: result.files,
      chunked: result.chunked)
  }

  private func run(
    _ job: ReadingPlan.Job, crew: InflateCrew, _ found: borrowing Mutex<Found>
  ) {
    var whole = job.whole.map { Digester($0.algorithms) }
    var wholeFailure: ByteSourceError?
    let content = job.content.map { ContentPass($0, size: job.size, crew: crew) }
    var own: [(path: PackagePath, digester: Digester, failure: ByteSourceError?)] = []
    for piece in job.pieces {
      var digester = Digester(piece.algorithms)
      var failure: ByteSourceError?
      do throws(ByteSourceError) {
        try unsafe read(piece.source) { bytes in
          unsafe digester.update(bytes)
          unsafe whole?.update(bytes)
          unsafe content?.consume(bytes)
        }
      } catch {
        failure = error
        wholeFailure = wholeFailure ?? error
      }
      own.append((piece.path, digester, failure))
    }
    // Of a disk that could not be read to its end, the end says nothing.
    let only = job.pieces.count == 1 ? job.pieces.first?.source : nil
    let seen = wholeFailure == nil ? content?.finish(source: only) : nil
    found.withLock { found in
      for (path, digester, failure) in own {
        found.files[path] = FileEvidence(
          bytesRead: digester.byteCount, digests: failure == nil ? digester.finish() : [],
          failure: failure, gzip: job.whole == nil ? seen?.gzip : nil,
          deep: job.whole == nil ? seen?.deep : nil)
      }
      guard let href = job.whole?.href, let whole else { return }
      found.chunked[href] = FileEvidence(
        bytesRead: whole.byteCount, digests: wholeFailure == nil ? whole.finish() : [],
        failure: wholeFailure, gzip: seen?.gzip, deep: seen?.deep)
    }
  }

  /// Reads a source from front to back in pieces of 1 MiB.
  private func read(
    _ source: any ByteSource, _ piece: (UnsafeRawBufferPointer) -> Void
  ) throws(ByteSourceError) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { unsafe buffer.deallocate() }
    var offset: UInt64 = 0
    while offset < source.size {
      let count = try unsafe source.read(at: offset, into: buffer)
      guard count > 0 else { break }
      unsafe piece(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      offset += UInt64(count)
      progress(UInt64(count))
    }
  }
}
