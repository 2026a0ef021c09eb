import OVAArchive
import OVABasics
import OVAByteSource
import OVAIntegrity
import OVFDescriptor

/// The work of one reader in one go: a file, or the chunks of one in their order.
struct ReadingJob: Sendable {
  /// One file, or one chunk of one.
  struct Piece: Sendable {
    let path: PackagePath
    let source: any ByteSource
    /// The member's index where an earlier one has its path.
    var repeats: Int?
  }

  /// The whole of a file in chunks that are all there.
  struct Whole: Sendable {
    let path: PackagePath
    let href: String
  }

  let pieces: [Piece]
  /// The work on all chunks together; nil for a file that is not in chunks.
  var whole: Whole?
  /// True if the content of a file that lies in one is looked at, too.
  var readsContent = true

  var size: UInt64 { pieces.reduce(0) { $0 &+ $1.source.size } }
}

extension ReadingPlan {
  /// The jobs by which the files of a package are read that can be read in any order: the largest
  /// first, so that no worker starts on it when the others are done.
  func jobs(of package: Package) -> [ReadingJob] {
    guard options.digests || options.deep else { return [] }
    var taken: Set<PackagePath> = []
    var jobs = chunkJobs(package, &taken)
    var seen: Set<PackagePath> = []
    for file in package.files {
      guard let path = file.path, let source = file.source else { continue }
      let isWanted = !algorithms(of: path).isEmpty
      guard seen.insert(path).inserted else {
        guard let index = file.member?.index, isWanted else { continue }
        jobs.append(
          ReadingJob(
            pieces: [.init(path: path, source: source, repeats: index)], readsContent: false))
        continue
      }
      guard taken.insert(path).inserted else { continue }
      let isLookedAt = contents?.isLookedAt(path, deep: options.deep) ?? false
      guard isWanted || isLookedAt else { continue }
      jobs.append(
        ReadingJob(pieces: [.init(path: path, source: source)], readsContent: isLookedAt))
    }
    return jobs.sorted { $0.size > $1.size }
  }

  private func chunkJobs(_ package: Package, _ taken: inout Set<PackagePath>) -> [ReadingJob] {
    var jobs: [ReadingJob] = []
    for reference in package.references {
      guard case .chunks(let chunks) = reference.target, let href = reference.reference.href?.text
      else { continue }
      let pieces = chunks.pieces.compactMap { piece -> ReadingJob.Piece? in
        guard let path = piece.file.path, let source = piece.file.source,
          taken.insert(path).inserted
        else { return nil }
        return ReadingJob.Piece(path: path, source: source)
      }
      var job = ReadingJob(pieces: pieces, readsContent: false)
      var isWanted = pieces.contains { !algorithms(of: $0.path).isEmpty }
      if chunks.missing.isEmpty, let path = pieces.first.flatMap({ ChunkName($0.path) })?.whole {
        job.whole = .init(path: path, href: href)
        isWanted =
          isWanted || !algorithms(ofChunksOf: href).isEmpty
          || contents?.isLookedAt(path, deep: options.deep) ?? false
      }
      if isWanted { jobs.append(job) }
    }
    return jobs
  }
}
