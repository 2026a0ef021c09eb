import OVAArchive
import OVABasics
import OVAByteSource
import OVAIntegrity
import OVFDescriptor
import VirtualDisks

/// Takes the members of a stream one after the other and keeps what can be asked for later.
struct StreamReading {
  let name: String
  let options: ReadingOptions
  let limits: Limits
  /// The members so far.
  private(set) var files: [PackageFile] = []
  private var seen: [PackagePath: FileEvidence] = [:]
  /// Members whose path an earlier one has, by their index.
  private var repeats: [Int: FileEvidence] = [:]
  /// Files in chunks that have passed in their order, by the path without the number.
  private var wholes: [PackagePath: Whole] = [:]
  /// What the descriptor says of its files, once it has passed.
  private var declared: [PackagePath: Declared]?
  /// The algorithms of the descriptor's manifest, once both have passed.
  private var algorithms: Set<DigestAlgorithm>?
  private var descriptorBase: String?
  private let crew: InflateCrew
  /// How many more bytes of members may be kept in memory.
  private var room = 16 << 20
  /// What was kept of disks that were looked at since, the oldest first: it can be let go.
  private var looked: [(source: ReleasableSource, bytes: Int)] = []
  private var letGo = 0
  /// What the disks are whose bytes have passed, since their bytes may be let go.
  private(set) var contents: [PackagePath: PackageDisk.Content] = [:]
  private let buffer = PieceBuffer()

  /// A file that the descriptor references.
  private struct Declared {
    let file: FileReference
    var isDisk = false
    var capacity: UInt64 = 0
  }

  /// A file in chunks.
  private struct Whole {
    var next = 0
    var digester: Digester
    let content: ContentPass?
  }

  init(name: String, options: ReadingOptions, limits: Limits) {
    self.name = name
    self.options = options
    self.limits = limits
    crew = InflateCrew(workers: options.workers)
  }

  /// Reads one member to its end.
  mutating func take(_ member: ArchiveMember, of archive: TarStream) throws(ArchiveError) {
    guard member.kind == .file else {
      files.append(PackageFile(member, source: nil, archive: name, limits: limits))
      return
    }
    let path = try? PackagePath.read(member.name, limits: limits).get()
    var source = keeper(of: member, path)
    var digester = Digester(options.digests ? wanted : [])
    let chunk = path.flatMap(Self.chunk)
    var content: ContentPass?
    var isFirst = true
    while true {
      let count = unsafe try archive.readData(into: buffer.bytes)
      guard count > 0 else { break }
      let piece = unsafe UnsafeRawBufferPointer(rebasing: buffer.bytes[..<count])
      if isFirst, let path, seen[path] == nil {
        begin(path, chunk, unsafe Array(piece.prefix(4)), size: member.size, &content)
      }
      isFirst = false
      unsafe source.append(piece)
      unsafe digester.update(piece)
      unsafe content?.consume(piece)
      if let chunk { unsafe update(chunk, piece) }
    }
    source.finish()
    room -= source.keptBytes
    let kept = ReleasableSource(source)
    if let chunk, wholes[chunk.whole]?.next == chunk.number { wholes[chunk.whole]?.next += 1 }
    let file = PackageFile(
      member.with(storedSize: source.size), source: kept, archive: name, limits: limits)
    files.append(file)
    guard let path else { return }
    let shown = content?.finish(source: source.isWhole ? source : nil)
    let evidence = FileEvidence(
      bytesRead: source.size, digests: digester.finish(), failure: nil, gzip: shown?.gzip,
      deep: shown?.deep)
    if seen[path] == nil {
      seen[path] = evidence
      learn(path, source)
      look(path, kept, bytes: source.keptBytes)
    } else {
      repeats[member.index] = evidence
    }
  }

  /// What was seen, as the rules want it.
  func evidence(for package: Package) -> Evidence {
    guard options.digests || options.deep else { return .none }
    var files = seen
    for path in undeclared(package) { files[path] = files[path]?.withoutGzip }
    var chunked: [String: FileEvidence] = [:]
    for reference in package.references {
      guard case .chunks(let chunks) = reference.target, let href = reference.reference.href?.text,
        let path = chunks.pieces.first?.file.path.flatMap(Self.chunk)?.whole,
        let whole = wholes[path], whole.next == chunks.pieces.count, chunks.missing.isEmpty
      else { continue }
      let shown = whole.content?.finish(source: nil)
      chunked[href] = FileEvidence(
        bytesRead: whole.digester.byteCount, digests: whole.digester.finish(), failure: nil,
        gzip: shown?.gzip, deep: shown?.deep)
    }
    let evidence = Evidence(
      digestsComputed: options.digests, disksChecked: options.deep, files: files,
      repeats: repeats, chunked: chunked)
    return MismatchSearch(package: package).explaining(evidence)
  }

  /// The files that were inflated before the descriptor passed, which then did not ask for it.
  private func undeclared(_ package: Package) -> [PackagePath] {
    let declared = Set(package.references.filter(\.isGzip).compactMap(\.file?.path))
    return seen.compactMap { path, file in
      file.gzip != nil && !declared.contains(path) ? path : nil
    }
  }

  // MARK: - Content

  /// Decides by a file's first bytes and the descriptor, where it has passed, who looks at it.
  private mutating func begin(
    _ path: PackagePath, _ chunk: Chunk?, _ head: [UInt8], size: UInt64,
    _ content: inout ContentPass?
  ) {
    if let chunk {
      guard chunk.number == 0, wholes[chunk.whole] == nil else { return }
      wholes[chunk.whole] = Whole(
        digester: Digester(options.digests ? wanted : []),
        content: pass(chunk.whole, head, size: nil))
    } else {
      content = pass(path, head, size: size)
    }
  }

  private func pass(_ path: PackagePath, _ head: [UInt8], size: UInt64?) -> ContentPass? {
    let known = declared?[path]
    let file = known?.file
    let isPacked = head.starts(with: [0x1F, 0x8B])
    let isGzip =
      file.map { $0.compression?.text.lowercased() == "gzip" } ?? (declared == nil && isPacked)
    let isSparse = head.elementsEqual("KDMV".utf8)
    let isDeep = options.deep && (isSparse || known?.isDisk == true)
    guard isGzip || isDeep else { return nil }
    let plan = ContentPass.Plan(
      name: isGzip || size == nil ? file?.href?.text ?? path.text : "\(name)/\(path.text)",
      inflatesTo: isGzip ? mostInflated(known, size: size) : nil,
      isDeep: isGzip ? options.deep && known?.isDisk ?? true : isDeep)
    return ContentPass(plan, size: size, crew: crew, limits: limits)
  }

  /// The most bytes that may come out of a compressed file, as the reading of files has it.
  private func mostInflated(_ known: Declared?, size: UInt64?) -> UInt64 {
    if let capacity = known?.capacity, capacity > 0 {
      return capacity.addingReportingOverflow(capacity / 64 + 16 << 20).partialValue
    }
    let stored = known?.file.size?.value ?? size ?? 0
    let (most, overflow) = stored.multipliedReportingOverflow(by: 100)
    return overflow ? .max : max(most, 1 << 30)
  }

  /// What a descriptor says of its files, by their paths.
  private func declarations(_ envelope: Envelope, folder: String) -> [PackagePath: Declared] {
    var declared: [PackagePath: Declared] = [:]
    var paths: [[UInt8]: PackagePath] = [:]
    for file in envelope.files {
      guard case .file(let text) = file.target,
        case .success(let path) = PackagePath.read(text, in: folder, limits: limits),
        declared[path] == nil
      else { continue }
      declared[path] = Declared(file: file)
      if let id = file.id?.text { paths[Array(id.utf8)] = path }
    }
    for disk in envelope.disks {
      guard let id = envelope.file(of: disk)?.id?.text, let path = paths[Array(id.utf8)] else {
        continue
      }
      let capacity = try? envelope.capacity(of: disk, in: envelope.defaultConfiguration)?.get()
      let known = declared[path]?.capacity ?? 0
      declared[path]?.isDisk = true
      declared[path]?.capacity = max(known, capacity ?? 0)
    }
    return declared
  }

  /// The algorithms for the next member: those of the manifest, or all usual ones while there is
  /// none.
  private var wanted: Set<DigestAlgorithm> {
    guard let algorithms else { return options.always.union(DigestAlgorithm.ofManifests) }
    // With one at least, files of one name can be compared.
    return algorithms.isEmpty ? options.always.union([.sha256]) : algorithms.union(options.always)
  }

  /// Looks at a disk as it would be looked at later, and notes that its bytes can be let go. Those of
  /// other formats may lead to further files, which have not passed yet.
  private mutating func look(_ path: PackagePath, _ source: ReleasableSource, bytes: Int) {
    guard declared?[path]?.isDisk == true, declared?[path]?.file.compression == nil,
      let disk = try? VirtualDisk.open(source, limits: limits), disk.format == .vmdkSparse
    else { return }
    contents[path] = .disk(disk)
    looked.append((source, bytes))
  }

  /// Lets go what is kept of disks that were looked at, until there is room.
  private mutating func makeRoom(for bytes: Int) {
    while room < bytes, letGo < looked.count {
      looked[letGo].source.release()
      room += looked[letGo].bytes
      letGo += 1
    }
  }

  /// How much of a member is kept.
  private mutating func keeper(of member: ArchiveMember, _ path: PackagePath?) -> PassedSource {
    let whole: UInt64? =
      switch path?.text.baseAndExtension.suffix {
      case "ovf": limits.descriptorBytes
      case "mf": limits.manifestBytes
      case "cert": limits.certificateBytes
      case "xml", "msg": limits.bundleBytes
      default: nil
      }
    let head = max(PassedSource.diskHead, Int(clamping: min(whole ?? 0, member.size)))
    let size = Int(clamping: member.size)
    makeRoom(for: min(head + PassedSource.diskTail, size))
    return PassedSource(
      name: "\(name)/\(member.name)", head: min(head, room),
      tail: min(PassedSource.diskTail, room - min(head, room)))
  }

  /// Looks at what decides how later members are read.
  private mutating func learn(_ path: PackagePath, _ source: PassedSource) {
    let (base, suffix) = path.text.baseAndExtension
    if path.text.isDescriptorName, descriptorBase == nil {
      descriptorBase = base
      if source.isWhole, let bytes = try? source.bytes(at: 0, count: Int(source.size)),
        let envelope = try? Envelope.read(
          bytes, name: path.text, limits: limits.withOwnBudget(), bundle: { _ in nil })
      {
        declared = declarations(envelope, folder: path.folder)
      }
    }
    guard suffix == "mf", algorithms == nil, source.isWhole, let descriptorBase,
      base.utf8.elementsEqual(descriptorBase.utf8), source.size <= limits.manifestBytes,
      let bytes = try? source.bytes(at: 0, count: Int(source.size))
    else { return }
    let entries = Manifest.read(bytes, name: path.text, limits: limits.withOwnBudget()).entries
    algorithms = Set(entries.flatMap(\.claim.algorithms))
  }

  // MARK: - Chunks

  private typealias Chunk = (whole: PackagePath, number: Int)

  private static func chunk(_ path: PackagePath) -> Chunk? {
    let digits = path.text.utf8.suffix(9)
    let rest = path.text.utf8.dropLast(9)
    guard digits.count == 9, digits.allSatisfy({ (0x30...0x39).contains($0) }),
      rest.last == UInt8(ascii: "."), let number = Int(String(decoding: digits, as: UTF8.self)),
      case .success(let whole) = PackagePath.read(
        String(decoding: rest.dropLast(), as: UTF8.self), limits: Limits())
    else { return nil }
    return (whole, number)
  }

  private mutating func update(_ chunk: Chunk, _ piece: UnsafeRawBufferPointer) {
    guard wholes[chunk.whole]?.next == chunk.number else { return }
    unsafe wholes[chunk.whole]?.digester.update(piece)
    unsafe wholes[chunk.whole]?.content?.consume(piece)
  }
}

/// Where the pieces of all members are read to, one after the other.
@safe private final class PieceBuffer {
  let bytes: UnsafeMutableRawBufferPointer

  init() { unsafe bytes = .allocate(byteCount: 1 << 20, alignment: 64) }

  deinit { unsafe bytes.deallocate() }
}

extension FileEvidence {
  /// The same without what inflating has shown.
  fileprivate var withoutGzip: FileEvidence {
    FileEvidence(bytesRead: bytesRead, digests: digests, failure: failure, gzip: nil, deep: nil)
  }
}
