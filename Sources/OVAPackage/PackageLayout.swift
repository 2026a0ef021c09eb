import OVAArchive
import OVABasics
import OVAByteSource
import OVAIntegrity
import OVFDescriptor

/// Who signs a package that is written.
public struct Signer: Sendable {
  /// The private key as PEM, and its file's name.
  public let key: (bytes: [UInt8], name: String)
  /// The certificate with its chain as PEM, and its file's name.
  public let certificate: (bytes: [UInt8], name: String)

  /// Puts both together.
  public init(
    key: (bytes: [UInt8], name: String), certificate: (bytes: [UInt8], name: String)
  ) {
    self.key = key
    self.certificate = certificate
  }
}

/// The files of a package in the order of the standard (DSP0243 5.3), ready to be written.
struct PackageLayout {
  /// A file after descriptor, manifest and certificate.
  struct Entry {
    /// The path in the package.
    let path: PackagePath
    /// What a manifest calls it: the reference as written, else the path.
    let manifestName: String
    let file: PackageFile
    let source: any ByteSource
  }

  /// The descriptor's name and bytes.
  let descriptorName: String
  var descriptor: [UInt8]
  let modified: Int64
  /// The other files: those of the References in their order, then the rest in theirs.
  let entries: [Entry]

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

  /// The descriptor's path without its extension.
  var base: String { descriptorName.baseAndExtension.base }
  var manifestName: String { base + ".mf" }
  var certificateName: String { base + ".cert" }

  /// A manifest over everything, in the standard's form.
  func manifest(_ algorithm: DigestAlgorithm, _ evidence: Evidence) throws(PackageError) -> [UInt8]
  {
    var lines = [
      FileDigest(
        fileName: descriptorName.lastComponent,
        digest: Digest.of(descriptor, algorithm))
    ]
    for entry in entries {
      let seen = evidence.files[entry.path]
      guard let digest = seen?.digest(algorithm) else {
        throw PackageError(
          code: .inputOutput, doing: "compute its digest",
          reason: seen?.failure?.reason ?? "its bytes were not read", place: entry.file.place)
      }
      lines.append(FileDigest(fileName: entry.manifestName, digest: digest))
    }
    do throws(IntegrityError) {
      return Array(try Manifest.text(lines).utf8)
    } catch {
      throw PackageError(integrity: error)
    }
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

  /// The certificate file over a manifest.
  func sign(
    _ manifest: [UInt8], _ signer: Signer, _ algorithm: DigestAlgorithm
  ) throws(PackageError) -> [UInt8] {
    do throws(IntegrityError) {
      let text = try CertificateFile.sign(
        manifestBytes: manifest,
        manifestName: manifestName.lastComponent,
        keyPEM: signer.key.bytes, certificatePEM: signer.certificate.bytes, algorithm: algorithm,
        keyName: signer.key.name, certificateName: signer.certificate.name)
      return Array(text.utf8)
    } catch {
      throw PackageError(integrity: error)
    }
  }
}

extension String {
  /// A path relative to a folder that it lies in; as it is when it does not.
  func below(_ folder: String) -> String {
    guard !folder.isEmpty, utf8.starts(with: Array((folder + "/").utf8)) else { return self }
    return String(decoding: utf8.dropFirst(folder.utf8.count + 1), as: UTF8.self)
  }
}

extension PackageError {
  /// The package's view of a manifest or certificate that could not be made.
  init(integrity error: IntegrityError) {
    self.init(error, as: .outputFailed)
  }
}
