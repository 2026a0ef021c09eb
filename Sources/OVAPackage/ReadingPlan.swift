import OVAArchive
import OVABasics
import OVAByteSource
import OVAIntegrity
import OVFDescriptor
package import VirtualDisks

/// What a reading pass reads, and for whom.
struct ReadingPlan {
  let package: Package
  let options: ReadingOptions
  /// What the manifest verifies each file by.
  private let wanted: ManifestAlgorithms
  /// The disks, by the place of their reference.
  private let disks: [Place: [PackageDisk]]

  init(package: Package, options: ReadingOptions) {
    self.package = package
    self.options = options
    wanted = ManifestAlgorithms(package, options)
    disks = Dictionary(grouping: package.disks) { $0.reference.reference.place }
  }

  /// One file, or one chunk of one.
  struct Piece: Sendable {
    let path: PackagePath
    let source: any ByteSource
    let algorithms: Set<DigestAlgorithm>
    /// The member's index where an earlier one has its path.
    var repeats: Int?
  }

  /// What one worker reads in one go: a file, or the chunks of one in their order.
  struct Job: Sendable {
    let pieces: [Piece]
    /// For chunks: the href of the whole, and what is computed over all pieces together.
    var whole: (href: String, algorithms: Set<DigestAlgorithm>)?
    /// What looks at the content.
    var content: ContentPass.Plan?

    var size: UInt64 { pieces.reduce(0) { $0 &+ $1.source.size } }
  }

  /// The jobs, the largest first, so that no worker starts on it when the others are done.
  func jobs() -> [Job] {
    guard options.digests || options.deep else { return [] }
    var taken: Set<PackagePath> = []
    var jobs = chunkJobs(&taken)
    let plans = contentPlans()
    let twice = repeatedPaths
    var seen: Set<PackagePath> = []
    for file in package.files {
      guard let path = file.path, let source = file.source else { continue }
      var wanted = wanted.of(path)
      // Two files of one path are compared, whether a manifest lists them or not.
      if options.digests, twice.contains(path) { wanted.insert(.sha256) }
      guard seen.insert(path).inserted else {
        guard let index = file.member?.index, !wanted.isEmpty else { continue }
        jobs.append(
          Job(pieces: [Piece(path: path, source: source, algorithms: wanted, repeats: index)]))
        continue
      }
      guard taken.insert(path).inserted else { continue }
      let content = plans[path]
      guard !wanted.isEmpty || content != nil else { continue }
      jobs.append(
        Job(
          pieces: [Piece(path: path, source: source, algorithms: wanted)], content: content))
    }
    return jobs.sorted { $0.size > $1.size }
  }

  /// The paths that more than one file has.
  private var repeatedPaths: Set<PackagePath> {
    var seen: Set<PackagePath> = []
    return Set(
      package.files.compactMap { file in
        guard let path = file.path, file.source != nil else { return nil }
        return seen.insert(path).inserted ? nil : path
      })
  }

  private func chunkJobs(_ taken: inout Set<PackagePath>) -> [Job] {
    var jobs: [Job] = []
    for reference in package.references {
      guard case .chunks(let chunks) = reference.target, let href = reference.reference.href?.text
      else { continue }
      let pieces = chunks.pieces.compactMap { piece -> Piece? in
        guard let path = piece.file.path, let source = piece.file.source,
          taken.insert(path).inserted
        else { return nil }
        return Piece(path: path, source: source, algorithms: wanted.of(path))
      }
      var job = Job(pieces: pieces)
      if chunks.missing.isEmpty {
        job.whole = (href, wanted.ofChunks(href: href))
        job.content = plan(of: reference)
      }
      let isWanted = job.content != nil || job.whole?.algorithms.isEmpty == false
      if isWanted || pieces.contains(where: { !$0.algorithms.isEmpty }) { jobs.append(job) }
    }
    return jobs
  }

  // MARK: - Content

  /// What looks at files that are whole: those that are compressed, and the disks.
  private func contentPlans() -> [PackagePath: ContentPass.Plan] {
    var plans: [PackagePath: ContentPass.Plan] = [:]
    for reference in package.references {
      guard let path = reference.file?.path, plans[path] == nil, let plan = plan(of: reference)
      else { continue }
      plans[path] = plan
    }
    guard options.deep else { return plans }
    for disk in package.disks {
      for (path, part) in disk.extentFiles where plans[path] == nil {
        guard part.sourceName != nil else { continue }
        // A flat extent has no structure, but it may be unreadable.
        let isSparse =
          switch part.storage {
          case .sparse, .unread: true
          default: false
          }
        plans[path] = ContentPass.Plan(
          name: part.sourceName ?? path.text, inflatesTo: nil, isDeep: isSparse)
      }
    }
    return plans
  }

  private func plan(of reference: ResolvedReference) -> ContentPass.Plan? {
    let disks = disks[reference.reference.place] ?? []
    let name = reference.reference.href?.text ?? ""
    if reference.isGzip {
      return ContentPass.Plan(
        name: name, inflatesTo: mostInflated(reference, disks),
        isDeep: options.deep && !disks.isEmpty)
    }
    let images = package.images.filter {
      $0.reference.reference.place == reference.reference.place
    }
    guard options.deep, !disks.isEmpty || !images.isEmpty else { return nil }
    let contents = (disks.map(\.content) + images.map(\.content)).compactMap {
      content -> VirtualDisk? in
      guard case .disk(let disk) = content else { return nil }
      return disk
    }
    return ContentPass.Plan(
      name: contents.first?.name ?? name, inflatesTo: nil,
      isDeep: contents.contains { $0.format != .vmdkDescriptor })
  }

  /// The most bytes that may come out of a compressed file: of a disk its capacity and what tables
  /// and markers take, of others a hundred times their size and at least a gibibyte.
  private func mostInflated(_ reference: ResolvedReference, _ disks: [PackageDisk]) -> UInt64 {
    let capacities = disks.compactMap { disk in
      try? package.envelope.capacity(of: disk.disk, in: package.envelope.defaultConfiguration)?
        .get()
    }
    if let capacity = capacities.max(), capacity > 0 {
      return capacity.addingReportingOverflow(capacity / 64 + 16 << 20).partialValue
    }
    let stored =
      switch reference.target {
      case .file(let file): file.size
      case .chunks(let chunks): chunks.size
      default: UInt64(0)
      }
    let (most, overflow) = stored.multipliedReportingOverflow(by: 100)
    return overflow ? .max : max(most, 1 << 30)
  }
}

/// The algorithms by which each file's digest is computed.
private struct ManifestAlgorithms {
  private let isWanted: Bool
  private let always: Set<DigestAlgorithm>
  private var files: [PackagePath: Set<DigestAlgorithm>] = [:]
  private var chunked: [String: Set<DigestAlgorithm>] = [:]

  init(_ package: Package, _ options: ReadingOptions) {
    isWanted = options.digests
    always = options.always
    guard isWanted, let manifest = package.manifest?.manifest else { return }
    for (entry, target) in zip(manifest.entries, ManifestNames(package).likely) {
      switch target {
      case .file(let file):
        if let path = file.path { files[path, default: []].formUnion(entry.claim.algorithms) }
      case .chunks(let href): chunked[href, default: []].formUnion(entry.claim.algorithms)
      case nil: continue
      }
    }
  }

  func of(_ path: PackagePath) -> Set<DigestAlgorithm> {
    isWanted ? always.union(files[path] ?? []) : []
  }

  func ofChunks(href: String) -> Set<DigestAlgorithm> {
    isWanted ? always.union(chunked[href] ?? []) : []
  }
}

extension VirtualDisk.Part {
  /// What places call the file that it lies in.
  fileprivate var sourceName: String? {
    switch storage {
    case .sparse(let extent): extent.source.name
    case .flat(let source, _): source.name
    case .unread(let source, _): source.name
    case .zero, .missing: nil
    }
  }
}

extension ResolvedReference {
  /// Whether the descriptor says that the file is stored compressed by gzip.
  package var isGzip: Bool {
    reference.compression?.text.lowercased() == "gzip"
  }
}

extension PackageDisk {
  /// The files, besides its own, in which the contents of a disk with a text descriptor lie or
  /// should lie, each with the part that it holds.
  package var extentFiles: [(path: PackagePath, part: VirtualDisk.Part)] {
    guard case .disk(let disk) = content, disk.format == .vmdkDescriptor,
      let extents = disk.descriptor?.extents
    else { return [] }
    return zip(extents, disk.parts).compactMap { extent, part in
      guard let name = extent.fileName ?? extent.name, extent.danger == nil,
        let path = path(beside: name)
      else { return nil }
      return (path, part)
    }
  }

  /// Every file of the package, besides its own, that the disk needs: its extents, the disk to
  /// which it holds only the changes, and the file of its data.
  package var neededFiles: [PackagePath] {
    guard case .disk(let disk) = content else { return [] }
    let names = [disk.base?.name, disk.structure?.dataFile].compactMap { $0 }
      .filter { ExtentDanger(name: $0) == nil }
    return extentFiles.map(\.path) + names.compactMap(path(beside:))
  }

  /// The path of a name that the disk's own file has for one beside it.
  private func path(beside name: String) -> PackagePath? {
    let folder: String? =
      switch reference.target {
      case .file(let file): file.path?.folder
      case .chunks(let chunks): chunks.pieces.first?.file.path?.folder
      default: nil
      }
    return try? PackagePath.read(name, in: folder ?? "", limits: Limits()).get()
  }
}
