import OVAArchive
import OVABasics
import OVAByteSource
import OVAIntegrity
import OVFDescriptor

/// Takes the members of a stream one after the other and keeps what can be asked for later.
struct StreamReading {
  let name: String
  let options: ReadingOptions
  let limits: Limits
  /// The members so far.
  private(set) var files: [PackageFile] = []
  private var seen: [PackagePath: FileEvidence] = [:]
  /// Files in chunks that have passed in their order, by the path without the number.
  private var wholes: [PackagePath: (next: Int, digester: Digester)] = [:]
  /// The algorithms of the descriptor's manifest, once both have passed.
  private var algorithms: Set<DigestAlgorithm>?
  private var descriptorBase: String?
  /// How many more bytes may be kept in memory.
  private var budget = 256 << 20

  /// What a disk's directory and tables take at its front.
  private static let headBytes = 4 << 20
  /// What a disk's directory and footer take at its end.
  private static let tailBytes = 1 << 20

  init(name: String, options: ReadingOptions, limits: Limits) {
    self.name = name
    self.options = options
    self.limits = limits
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
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { unsafe buffer.deallocate() }
    while true {
      let count = unsafe try archive.readData(into: buffer)
      guard count > 0 else { break }
      let piece = unsafe UnsafeRawBufferPointer(rebasing: buffer[..<count])
      unsafe source.append(piece)
      unsafe digester.update(piece)
      if let chunk { unsafe update(chunk, piece) }
    }
    source.finish()
    budget -= source.keptBytes
    if let chunk, wholes[chunk.whole]?.next == chunk.number { wholes[chunk.whole]?.next += 1 }
    let file = PackageFile(
      member.with(storedSize: source.size), source: source, archive: name, limits: limits)
    files.append(file)
    if let path, seen[path] == nil {
      seen[path] = FileEvidence(
        bytesRead: source.size, digests: options.digests ? digester.finish() : [], failure: nil)
      learn(path, source)
    }
  }

  /// What was seen, as the rules want it.
  func evidence(for package: Package) -> Evidence {
    guard options.digests else { return .none }
    var chunked: [String: FileEvidence] = [:]
    for reference in package.references {
      guard case .chunks(let chunks) = reference.target, let href = reference.reference.href?.text,
        let path = chunks.pieces.first?.file.path.flatMap(Self.chunk)?.whole,
        let whole = wholes[path], whole.next == chunks.pieces.count, chunks.missing.isEmpty
      else { continue }
      chunked[href] = FileEvidence(
        bytesRead: whole.digester.byteCount, digests: whole.digester.finish(), failure: nil)
    }
    return Evidence(digestsComputed: true, files: seen, chunked: chunked)
  }

  /// The algorithms for the next member: those of the manifest, or all while there is none.
  private var wanted: Set<DigestAlgorithm> {
    algorithms.map { $0.union(options.always) } ?? Set(DigestAlgorithm.allCases)
  }

  /// How much of a member is kept.
  private func keeper(of member: ArchiveMember, _ path: PackagePath?) -> PassedSource {
    let whole: UInt64? =
      switch path?.text.baseAndExtension.suffix {
      case "ovf": limits.descriptorBytes
      case "mf": limits.manifestBytes
      case "cert": limits.certificateBytes
      case "xml", "msg": limits.bundleBytes
      default: nil
      }
    let head = max(Self.headBytes, Int(clamping: min(whole ?? 0, member.size)))
    return PassedSource(
      name: "\(name)/\(member.name)", head: min(head, budget),
      tail: min(Self.tailBytes, budget - min(head, budget)))
  }

  /// Looks at what decides how later members are read.
  private mutating func learn(_ path: PackagePath, _ source: PassedSource) {
    let (base, suffix) = path.text.baseAndExtension
    if path.text.isDescriptorName, descriptorBase == nil { descriptorBase = base }
    guard suffix == "mf", algorithms == nil, source.isWhole, let descriptorBase,
      base.utf8.elementsEqual(descriptorBase.utf8), source.size <= limits.manifestBytes,
      let bytes = try? source.bytes(at: 0, count: Int(source.size))
    else { return }
    algorithms = Manifest.read(bytes, name: path.text, limits: limits).algorithms
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
    if wholes[chunk.whole] == nil, chunk.number == 0 {
      wholes[chunk.whole] = (0, Digester(options.digests ? wanted : []))
    }
    guard wholes[chunk.whole]?.next == chunk.number else { return }
    unsafe wholes[chunk.whole]?.digester.update(piece)
  }
}
