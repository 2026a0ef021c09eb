import OVAArchive
import OVABasics
import OVAByteSource
import OVAIntegrity
import OVAPackage
import OVFDescriptor

/// The files of a package in the order of the standard (DSP0243 5.3), ready to be written.
struct PackageLayout {
  /// A file after descriptor, manifest and certificate.
  struct Entry {
    /// The path in the package.
    let path: PackagePath
    /// The name in a manifest: the reference as written, else the path.
    let manifestName: String
    let file: PackageFile
    /// The bytes to write: the file's, or the first of them.
    var source: any ByteSource

    /// True if something is left out at its end.
    var isCut: Bool { source.size != file.storedSize }
  }

  /// The source of a manifest's digests.
  enum DigestSupply {
    /// The digests of the reading pass; whatever is written otherwise is read again.
    case read
    /// Placeholders, for a manifest that is not shown.
    case forecast
  }

  /// The descriptor's name and bytes.
  let descriptorName: String
  var descriptor: [UInt8]
  let modified: Int64
  /// The other files: those of the References in their order, then the rest in theirs.
  var entries: [Entry]

  /// Lays out what a package has.
  /// - Parameter keeps: which of the files that nothing references stay.
  init(_ package: Package, keeps: (PackageFile) -> Bool) throws(PackageError) {
    let own = package.descriptor
    guard let source = own.source, let name = own.path?.text else {
      throw PackageError(
        code: .descriptorUnreadable, doing: "read the descriptor", reason: "it is no file",
        place: own.place)
    }
    descriptorName = name
    modified = own.modified
    do throws(ByteSourceError) {
      descriptor = try source.allBytes(limit: Limits().descriptorBytes, named: "descriptorBytes")
    } catch {
      throw PackageError(error)
    }
    let apart = [own.path, package.manifest?.file.path, package.certificate?.file.path]
    var taken = Set(apart.compactMap { $0 })
    var entries: [Entry] = []
    func add(_ file: PackageFile, _ name: String?) {
      guard let path = file.path, let source = file.source, file.kind == .file,
        taken.insert(path).inserted
      else { return }
      entries.append(
        Entry(
          path: path, manifestName: name ?? path.text.below(own.path?.folder ?? ""), file: file,
          source: source))
    }
    for reference in package.references {
      switch reference.target {
      case .file(let file): add(file, reference.reference.href?.text)
      case .chunks(let chunks): for piece in chunks.pieces { add(piece.file, nil) }
      default: continue
      }
    }
    for file in package.files where keeps(file) { add(file, nil) }
    self.entries = entries
  }

  /// The files of which something is cut off.
  var cutPaths: Set<PackagePath> { Set(entries.lazy.filter(\.isCut).map(\.path)) }

  /// The descriptor's path without its extension.
  var base: String { descriptorName.baseAndExtension.base }
  var manifestName: String { base + ".mf" }
  var certificateName: String { base + ".cert" }

  /// A manifest over everything, in the standard's form.
  func manifest(
    _ algorithm: DigestAlgorithm, _ evidence: Evidence, _ supply: DigestSupply = .read
  ) throws(PackageError) -> [UInt8] {
    var lines = [
      FileDigest(
        fileName: descriptorName.lastComponent,
        digest: DigestValue.of(descriptor, algorithm))
    ]
    for entry in entries {
      let digest = try digest(of: entry, algorithm, evidence, supply)
      lines.append(FileDigest(fileName: entry.manifestName, digest: digest))
    }
    do throws(IntegrityError) {
      return Array(try Manifest.text(lines).utf8)
    } catch {
      throw PackageError(integrity: error)
    }
  }

  /// The digest of a file as it is written.
  func digest(
    of entry: Entry, _ algorithm: DigestAlgorithm, _ evidence: Evidence, _ supply: DigestSupply
  ) throws(PackageError) -> DigestValue {
    let seen = evidence.files[entry.path]
    if supply == .forecast { return DigestValue.of(Array(entry.path.text.utf8), algorithm) }
    if entry.isCut {
      do throws(ByteSourceError) {
        return try entry.source.digest(algorithm)
      } catch {
        throw PackageError(error)
      }
    }
    guard let digest = seen?.digest(algorithm) else {
      throw PackageError(
        code: .inputOutput, doing: "compute its digest",
        reason: seen?.failure?.reason ?? "its bytes were not read", place: entry.file.place)
    }
    return digest
  }

  /// The digests of all files as the reading pass computed them.
  func digests(_ evidence: Evidence) -> [PackagePath: [DigestValue]] {
    var digests: [PackagePath: [DigestValue]] = [:]
    for (path, seen) in evidence.files { digests[path] = seen.digests }
    return digests
  }

  /// The digests of all files as they are written, in one algorithm.
  func digests(
    _ algorithm: DigestAlgorithm, _ evidence: Evidence, _ supply: DigestSupply
  ) throws(PackageError) -> [PackagePath: [DigestValue]] {
    var digests: [PackagePath: [DigestValue]] = [:]
    if case .success(let path) = PackagePath.read(descriptorName, limits: Limits()) {
      digests[path] = [DigestValue.of(descriptor, algorithm)]
    }
    for entry in entries {
      digests[entry.path] = [try digest(of: entry, algorithm, evidence, supply)]
    }
    return digests
  }

  /// The members of the archive.
  func members(manifest: [UInt8]?, certificate: [UInt8]?) -> [PackageWriter.Member] {
    func member(_ name: String, _ bytes: [UInt8]) -> PackageWriter.Member {
      PackageWriter.Member(
        name: name, source: MemorySource(bytes, name: name), modified: modified)
    }
    var members = [member(descriptorName, descriptor)]
    if let manifest { members.append(member(manifestName, manifest)) }
    if let certificate { members.append(member(certificateName, certificate)) }
    members += entries.map { entry in
      PackageWriter.Member(
        name: entry.path.text, source: entry.source, modified: entry.file.modified)
    }
    return members
  }
}

extension PackageError {
  /// The package's view of a manifest or certificate that could not be made.
  init(integrity error: IntegrityError) {
    self.init(error, as: .inputUnusable)
  }
}

extension ByteSource {
  /// The digest of all bytes, read now.
  func digest(_ algorithm: DigestAlgorithm) throws(ByteSourceError) -> DigestValue {
    var digester = Digester([algorithm])
    var offset: UInt64 = 0
    while offset < size {
      let piece = try bytes(at: offset, count: 1 << 20)
      guard !piece.isEmpty else { break }
      digester.update(piece)
      offset += UInt64(piece.count)
    }
    return digester.finish().first ?? DigestValue.of([], algorithm)
  }
}
