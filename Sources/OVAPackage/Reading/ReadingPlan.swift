import OVABasics
import OVAByteSource
import OVAIntegrity
import OVFDescriptor
import VirtualDisks

/// The work on each file of a package, by what is known when its bytes come: everything for a
/// package whose files lie somewhere, and for a stream what has passed.
struct ReadingPlan: Sendable {
  let options: ReadingOptions
  let limits: Limits
  /// The choice of digests.
  var digests: DigestDemand
  /// The contents that the descriptor declares; nil while it has not passed.
  var contents: DeclaredContents?

  /// The plan for a stream of which nothing has passed.
  init(options: ReadingOptions, limits: Limits) {
    self.options = options
    self.limits = limits
    digests = .unknown
  }

  /// The plan for a package of which everything is known.
  init(package: Package, options: ReadingOptions) {
    self.options = options
    limits = package.limits
    digests = .ofFiles(ManifestDigests(package))
    var paths: [ObjectIdentifier: PackagePath] = [:]
    for reference in package.references {
      paths[ObjectIdentifier(reference.reference)] = reference.wholePath
    }
    var contents = DeclaredContents(package.envelope) { reference in
      paths[ObjectIdentifier(reference)].map { [$0] } ?? []
    }
    for disk in package.disks {
      for (path, part) in disk.extentFiles {
        guard let isSparse = part.isSparse else { continue }
        contents.add(extent: path, isSparse: isSparse)
      }
    }
    self.contents = contents
  }

  /// The work on a file that begins with some bytes.
  /// - Parameters:
  ///   - path: where it lies.
  ///   - start: its first bytes, as many as are read in one go.
  ///   - name: what places call it.
  ///   - size: its length, where it is known.
  func demand(
    of path: PackagePath, start: [UInt8], name: String, size: UInt64?
  ) -> FileDemand {
    FileDemand(
      algorithms: algorithms(of: path), content: content(of: path, start, name: name, size: size))
  }

  /// The work on the whole of a file in chunks.
  /// - Parameters:
  ///   - path: the path that the whole would have.
  ///   - href: by what the descriptor names it, where that is known.
  func demand(
    ofChunksOf path: PackagePath, href: String?, start: [UInt8], size: UInt64?
  ) -> FileDemand {
    FileDemand(
      algorithms: href.map(algorithms(ofChunksOf:)) ?? algorithms(of: path),
      content: content(of: path, start, name: nil, size: size))
  }

  /// The algorithms by which a file's digest is computed.
  func algorithms(of path: PackagePath) -> Set<DigestAlgorithm> {
    options.digests ? digests.of(path).union(options.always) : []
  }

  /// The same of the whole of a file in chunks.
  func algorithms(ofChunksOf href: String) -> Set<DigestAlgorithm> {
    options.digests ? digests.ofChunks(href).union(options.always) : []
  }

  private func content(
    of path: PackagePath, _ start: [UInt8], name: String?, size: UInt64?
  ) -> ContentPass.Plan? {
    guard options.digests || options.deep else { return nil }
    guard let contents else {
      return DeclaredContents.planWithoutDescriptor(
        of: path, start: start, name: name, size: size, deep: options.deep)
    }
    return contents.plan(of: path, start: start, name: name, size: size, deep: options.deep)
  }
}

extension ResolvedReference {
  /// The path of the file, or of the whole of a file in chunks.
  fileprivate var wholePath: PackagePath? {
    switch target {
    case .file(let file): file.path
    case .chunks(let chunks):
      chunks.pieces.first?.file.path.flatMap(ChunkName.init)?.whole
    default: nil
    }
  }
}

extension VirtualDisk.Part {
  /// True if the file that it lies in has a structure; nil where there is no file.
  fileprivate var isSparse: Bool? {
    switch storage {
    case .sparse, .unread: true
    case .flat: false
    case .zero, .missing: nil
    }
  }
}
