import Dispatch
import OVABasics
import OVAByteSource
import OVAIntegrity
import OVFDescriptor
import Synchronization

/// Reads each byte of a package once and lets everything that wants it see it.
struct ReadingPass {
  let package: Package
  let options: ReadingOptions
  /// Told after each piece how many bytes were read.
  let progress: @Sendable (UInt64) -> Void

  /// What one worker reads in one go: a file, or the chunks of one in their order.
  private struct Job: Sendable {
    let pieces: [(path: PackagePath, source: any ByteSource, algorithms: Set<DigestAlgorithm>)]
    /// For chunks: the href of the whole, and what is computed over all pieces together.
    let whole: (href: String, algorithms: Set<DigestAlgorithm>)?

    var size: UInt64 { pieces.reduce(0) { $0 &+ $1.source.size } }
  }

  /// What the workers have found.
  private struct Found {
    var files: [PackagePath: FileEvidence] = [:]
    var chunked: [String: FileEvidence] = [:]
  }

  func evidence() -> Evidence {
    guard options.digests else { return .none }
    // The largest first, so that no worker starts on it when the others are done.
    let jobs = self.jobs().sorted { $0.size > $1.size }
    let next = Atomic(0)
    let found = Mutex(Found())
    DispatchQueue.concurrentPerform(iterations: max(1, min(options.workers, jobs.count))) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < jobs.count else { break }
        run(jobs[index], found)
      }
    }
    let result = found.withLock { $0 }
    return Evidence(digestsComputed: true, files: result.files, chunked: result.chunked)
  }

  private func jobs() -> [Job] {
    var taken: Set<PackagePath> = []
    var jobs: [Job] = []
    for reference in package.references {
      guard case .chunks(let chunks) = reference.target, let href = reference.reference.href?.text
      else { continue }
      let pieces = chunks.pieces.compactMap {
        piece -> (PackagePath, any ByteSource, Set<DigestAlgorithm>)? in
        guard let path = piece.file.path, let source = piece.file.source,
          taken.insert(path).inserted
        else { return nil }
        return (path, source, algorithms(for: path.text))
      }
      jobs.append(
        Job(pieces: pieces, whole: chunks.missing.isEmpty ? (href, algorithms(for: href)) : nil))
    }
    for file in package.files {
      guard let path = file.path, let source = file.source, taken.insert(path).inserted else {
        continue
      }
      let wanted = algorithms(for: nameInManifest(of: path))
      if !wanted.isEmpty { jobs.append(Job(pieces: [(path, source, wanted)], whole: nil)) }
    }
    return jobs
  }

  /// The name that a manifest beside the descriptor has for a path of the package.
  private func nameInManifest(of path: PackagePath) -> String {
    let folder = package.descriptor.path?.folder ?? ""
    guard !folder.isEmpty, path.text.hasPrefix(folder + "/") else { return path.text }
    return String(path.text.dropFirst(folder.count + 1))
  }

  private func algorithms(for name: String) -> Set<DigestAlgorithm> {
    guard let manifest = package.manifest?.manifest else { return options.always }
    var names = [name]
    names += package.references.compactMap { reference in
      guard let file = reference.file?.path, nameInManifest(of: file) == name else { return nil }
      return reference.reference.href?.text
    }
    let named = names.flatMap { manifest.entries(for: $0).entries.map(\.digest.algorithm) }
    return options.always.union(named)
  }

  private func run(_ job: Job, _ found: borrowing Mutex<Found>) {
    var whole = job.whole.map { Digester($0.algorithms) }
    var wholeFailure: ByteSourceError?
    for piece in job.pieces {
      var digester = Digester(piece.algorithms)
      var failure: ByteSourceError?
      do throws(ByteSourceError) {
        try unsafe read(piece.source) { bytes in
          unsafe digester.update(bytes)
          unsafe whole?.update(bytes)
        }
      } catch {
        failure = error
        wholeFailure = wholeFailure ?? error
      }
      let seen = FileEvidence(
        bytesRead: digester.byteCount, digests: failure == nil ? digester.finish() : [],
        failure: failure)
      found.withLock { $0.files[piece.path] = seen }
    }
    guard let href = job.whole?.href, let whole else { return }
    let seen = FileEvidence(
      bytesRead: whole.byteCount, digests: wholeFailure == nil ? whole.finish() : [],
      failure: wholeFailure)
    found.withLock { $0.chunked[href] = seen }
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
