import OVAArchive
import OVABasics
import OVAByteSource
import OVAIntegrity
import OVFDescriptor
import VirtualDisks

/// Shows the members of a stream, as they come, to everything that wants them, and keeps what can be
/// asked for later. What is wanted the plan says, which grows with what has passed.
struct StreamPass {
  let name: String
  let limits: Limits
  /// The members so far.
  private(set) var files: [PackageFile] = []
  /// The parsed parts of them.
  private(set) var parsed = ParsedParts()
  private var plan: ReadingPlan
  private var gathering = EvidenceGathering()
  /// Files in chunks that have passed in their order, by the path of the whole.
  private var wholes: [PackagePath: ChunkedReading] = [:]
  private let pool: InflatePool
  /// The bytes that are kept of the members.
  private var kept = KeptMembers()
  /// True if a descriptor has come: the first is the package's.
  private var hasDescriptor = false
  /// The contents of the disks whose bytes have passed, since their bytes may be dropped.
  private(set) var contents: [PackagePath: PackageDisk.Content] = [:]

  init(name: String, options: ReadingOptions, limits: Limits) {
    self.name = name
    self.limits = limits
    plan = ReadingPlan(options: options, limits: limits)
    pool = InflatePool(workers: options.workers)
  }

  /// Reads one member to its end.
  mutating func take(_ member: ArchiveMember, of archive: TarStream) throws(ArchiveError) {
    guard member.kind == .file else {
      files.append(PackageFile(member, source: nil, archive: name, limits: limits))
      return
    }
    let path = try? PackagePath.read(member.name, limits: limits).get()
    let isFirst = path.map { gathering.files[$0] == nil } ?? false
    var chunk = path.flatMap(ChunkName.init)
    // A file that the descriptor names by itself is whole, whatever its name looks like.
    if let path, plan.contents?.isLookedAt(path, deep: true) == true { chunk = nil }
    var passing = buffer(for: member, path)
    var piece = try archive.readData(count: blockLength(member))
    let file = begin(member, path, chunk, isFirst: isFirst, start: piece)
    let consumers =
      file.consumers + (chunk.flatMap { wholes[$0.whole]?.consumers(of: $0.number) } ?? [])
    let reading = BlockReader(
      isParallel: plan.options.workers > 1 && member.size >= BlockReader.parallelThreshold)
    while !piece.isEmpty {
      unsafe piece.withUnsafeBytes { unsafe passing.append($0) }
      reading.show(piece, to: consumers)
      piece = try archive.readData(count: blockLength(member))
    }
    passing.finish()
    if let chunk { wholes[chunk.whole]?.end(chunk.number, bytes: passing.size) }
    let source = ReleasableSource(passing)
    let packageFile = PackageFile(
      member.with(storedSize: passing.size), source: source, archive: name, limits: limits)
    files.append(packageFile)
    let isDescriptor = !hasDescriptor && packageFile.name.isDescriptorName
    hasDescriptor = hasDescriptor || isDescriptor
    var use = KeptMembers.Use.ends
    if let path {
      let evidence = file.evidence(
        bytesRead: passing.size, failure: nil, source: passing.isWhole ? passing : nil)
      gathering.add(evidence, of: path, repeating: isFirst ? nil : member.index)
      if isFirst, passing.isWhole { learn(packageFile, passing, isDescriptor: isDescriptor) }
      if isFirst, look(at: path, source) { use = .known }
      if wholeLength(path) != nil { use = .text }
    }
    kept.add(source, bytes: passing.keptBytes, use)
  }

  /// The evidence, as the rules take it.
  func evidence(of package: Package) -> Evidence {
    let options = plan.options
    guard options.digests || options.deep else { return .none }
    var gathering = gathering
    for reference in package.references {
      guard case .chunks(let chunks) = reference.target, chunks.missing.isEmpty,
        let href = reference.reference.href?.text,
        let path = chunks.pieces.first?.file.path.flatMap(ChunkName.init)?.whole,
        let whole = wholes[path], whole.next == chunks.pieces.count
      else { continue }
      gathering.add(whole.evidence(source: nil), ofChunksOf: href)
    }
    return gathering.evidence(of: package, options)
  }

  private func blockLength(_ member: ArchiveMember) -> Int {
    Int(clamping: max(1, min(member.size, UInt64(BlockReader.blockLength))))
  }

  /// Begins to read a member, of which the first bytes are known.
  private mutating func begin(
    _ member: ArchiveMember, _ path: PackagePath?, _ chunk: ChunkName?, isFirst: Bool,
    start: [UInt8]
  ) -> FileReading {
    guard let path else {
      return FileReading(.nothing, size: member.size, pool: pool, limits: limits)
    }
    var demand = plan.demand(
      of: path, start: start, name: "\(name)/\(member.name)", size: member.size)
    // The content of a chunk is looked at as part of the whole, that of a repeated name not at all.
    if chunk != nil || !isFirst { demand.content = nil }
    if let chunk, isFirst, chunk.number == 0, wholes[chunk.whole] == nil {
      let demand = plan.demand(ofChunksOf: chunk.whole, href: nil, start: start, size: nil)
      wholes[chunk.whole] = ChunkedReading(
        FileReading(demand, size: nil, pool: pool, limits: limits))
    }
    return FileReading(demand, size: member.size, pool: pool, limits: limits)
  }

  /// The buffer for what is kept of a member.
  private mutating func buffer(
    for member: ArchiveMember, _ path: PackagePath?
  ) -> HeadTailBuffer {
    let whole = path.flatMap(wholeLength)
    let head = max(HeadTailBuffer.diskHead, Int(clamping: min(whole ?? 0, member.size)))
    let wanted = min(head + HeadTailBuffer.diskTail, Int(clamping: member.size))
    let room = kept.makeRoom(for: wanted, isText: whole != nil)
    return HeadTailBuffer(
      name: "\(name)/\(member.name)", head: min(head, room),
      tail: min(HeadTailBuffer.diskTail, room - min(head, room)))
  }

  /// The length up to which a member is kept whole that is read as text; nil for all others.
  private func wholeLength(_ path: PackagePath) -> UInt64? {
    switch path.text.baseAndExtension.suffix {
    case "ovf": limits.descriptorBytes
    case "mf": limits.manifestBytes
    case "cert": limits.certificateBytes
    case "xml", "msg": limits.bundleBytes
    default: nil
    }
  }

  /// Looks at a disk as it would be looked at later, so that its bytes can be let go; whether that
  /// was done. Those of other formats may lead to further files, which have not passed yet.
  private mutating func look(at path: PackagePath, _ source: ReleasableSource) -> Bool {
    guard plan.contents?.isPlainDisk(path) ?? true,
      (try? source.bytes(at: 0, count: 4))?.isSparseDisk == true,
      let disk = try? VirtualDisk.open(source, limits: limits), disk.format == .vmdkSparse
    else { return false }
    contents[path] = .disk(disk)
    return true
  }

  /// Parses what decides how later members are read.
  private mutating func learn(
    _ file: PackageFile, _ source: HeadTailBuffer, isDescriptor: Bool
  ) {
    guard let path = file.path else { return }
    let (base, suffix) = path.text.baseAndExtension
    // What does not fit is reported when the package is put together.
    if isDescriptor, source.size <= limits.descriptorBytes,
      limits.take(Int(source.size), of: .heldBytes),
      let bytes = try? source.bytes(at: 0, count: Int(source.size))
    {
      let descriptor = ParsedParts.Descriptor(file, bytes, limits)
      parsed.descriptor = descriptor
      guard let envelope = try? descriptor.result.get().envelope else { return }
      plan.contents = DeclaredContents(envelope) { reference in
        reference.likelyPaths(in: path.folder, limits: limits)
      }
    }
    guard suffix == "mf", parsed.manifest == nil, source.size <= limits.manifestBytes,
      let descriptor = parsed.descriptor?.file.path?.text,
      base.utf8.elementsEqual(descriptor.baseAndExtension.base.utf8),
      limits.take(Int(source.size), of: .heldBytes),
      let bytes = try? source.bytes(at: 0, count: Int(source.size))
    else { return }
    let manifest = Manifest.read(bytes, name: file.place.file, limits: limits)
    parsed.manifest = .init(file: file, manifest: manifest, bytes: bytes)
    plan.digests = .ofManifest(Set(manifest.entries.flatMap(\.claim.algorithms)))
  }
}

extension FileReference {
  /// The paths at which the file may lie, before it is known which files there are: as a URL says,
  /// and letter for letter.
  fileprivate func likelyPaths(in folder: String, limits: Limits) -> [PackagePath] {
    guard case .file(let decoded) = target else { return [] }
    return [decoded, href?.text ?? decoded].compactMap {
      try? PackagePath.read($0, in: folder, limits: limits).get()
    }
  }
}
