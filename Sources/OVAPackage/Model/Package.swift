public import OVAArchive
public import OVABasics
public import OVAByteSource
public import OVAIntegrity
public import OVFDescriptor
import Synchronization
public import VirtualDisks

/// A virtual appliance, opened: what is written in it and where its files lie. Nothing is judged.
///
/// A class of constants, since each copy of so many fields would cost more than most looks at them.
public final class Package: Sendable {
  /// The form in which a package is stored.
  public enum Form: Sendable {
    /// A tar archive.
    case archive(TarArchive)
    /// A descriptor beside its files.
    case folder
    /// A tar archive that came as a stream; its facts.
    case stream([TarDiagnostic])
  }

  /// The path it was opened by: of the archive, or of the descriptor.
  public let path: String
  /// The form in which it is stored.
  public let form: Form
  /// The descriptor's file.
  public let descriptor: PackageFile
  /// The descriptor, read.
  public let envelope: Envelope
  /// Every file: all members of an archive in their order; in a folder the descriptor, manifest,
  /// certificate, what the descriptor references and the extents of its disks.
  public let files: [PackageFile]
  /// The targets of the descriptor's `File` elements, in the order of the References.
  public let references: [ResolvedReference]
  /// The manifest beside the descriptor.
  public let manifest: ManifestFile?
  /// The certificate file beside the descriptor.
  public let certificate: SignatureFile?
  /// The content of each `Disk` that has a file.
  public let disks: [PackageDisk]
  /// The images of CDs and DVDs that the References list.
  public let images: [PackageImage]
  /// Further descriptors in an archive, which should have one.
  public let otherDescriptors: [PackageFile]
  /// Files of the same folders that the package does not have and whose names some systems take for
  /// those of its own; none in an archive.
  public let lookalikes: [Lookalike]
  /// The limits that it was opened with, and the budget that all readers of it share.
  let limits: Limits
  /// The index in `files` of each path; of two with one path the first.
  private let indices: [PackagePath: Int]
  /// The index in `disks` of the content of each description.
  private let contents: [ObjectIdentifier: Int]

  init(
    path: String, form: Form, descriptor: PackageFile, envelope: Envelope, files: [PackageFile],
    references: [ResolvedReference], manifest: ManifestFile?, certificate: SignatureFile?,
    disks: [PackageDisk], images: [PackageImage], otherDescriptors: [PackageFile],
    lookalikes: [Lookalike], limits: Limits
  ) {
    self.limits = limits
    self.path = path
    self.form = form
    self.descriptor = descriptor
    self.envelope = envelope
    self.files = files
    self.references = references
    self.manifest = manifest
    self.certificate = certificate
    self.disks = disks
    self.images = images
    self.otherDescriptors = otherDescriptors
    self.lookalikes = lookalikes
    var indices: [PackagePath: Int] = [:]
    for (index, file) in files.enumerated() {
      if let path = file.path, indices[path] == nil { indices[path] = index }
    }
    self.indices = indices
    contents = Dictionary(
      disks.enumerated().map { (ObjectIdentifier($1.disk), $0) }, uniquingKeysWith: { a, _ in a })
  }

  /// A file beside the package's whose name differs from one of them in letter case or Unicode
  /// normalization alone.
  public struct Lookalike: Sendable {
    /// The file of the package.
    public let file: PackageFile
    /// The name of the other, with the folder below the descriptor's.
    public let name: String
  }

  /// A manifest and the file that it was read from.
  public struct ManifestFile: Sendable {
    /// The file itself.
    public let file: PackageFile
    /// The content of the manifest.
    public let manifest: Manifest
    /// Its bytes, over which a certificate signs.
    public let bytes: [UInt8]
    /// True if its name is the descriptor's with `.mf`, as the standard wants it.
    public let hasBaseName: Bool
  }

  /// A certificate file and where it was read from.
  public struct SignatureFile: Sendable {
    /// The file itself.
    public let file: PackageFile
    /// The content of the certificate file.
    public let contents: CertificateFile
    /// True if its name is the descriptor's with `.cert`, as the standard wants it.
    public let hasBaseName: Bool
  }

  /// The diagnostics of the archive's reader; none in a folder.
  public var archiveDiagnostics: [TarDiagnostic] {
    switch form {
    case .archive(let archive): archive.diagnostics
    case .stream(let diagnostics): diagnostics
    case .folder: []
    }
  }

  /// True if it is an archive rather than files in a folder.
  public var isArchive: Bool {
    if case .folder = form { return false }
    return true
  }

  /// The file of that path, exactly.
  public func file(at path: PackagePath) -> PackageFile? { indices[path].map { files[$0] } }

  /// The content of a `Disk` of this package's descriptor; nil for one without a file.
  public func content(of disk: Disk) -> PackageDisk? {
    contents[ObjectIdentifier(disk)].map { disks[$0] }
  }
}

/// A `File` of the descriptor and what it leads to.
///
/// A class of constants, since each copy of so many fields would cost more than most looks at them.
public final class ResolvedReference: Sendable {
  /// The `File`.
  public let reference: FileReference
  /// The target of the reference.
  public let target: Target

  init(
    reference: FileReference, target: Target
  ) {
    self.reference = reference
    self.target = target
  }

  /// The target of a reference.
  public enum Target: Sendable {
    /// A file of the package.
    case file(PackageFile)
    /// A file stored in chunks.
    case chunks(Chunks)
    /// Nothing of that path.
    case missing(PackagePath, near: [PackageFile])
    /// A path that must not be followed.
    case unsafe(PackagePath.Fault)
    /// A link that leads out of the package's folder, by the file's path.
    case leadsOut(PackagePath)
    /// A folder, link or device where a file was meant.
    case notAFile(PackageFile)
    /// Something that the system could not read.
    case unreadable(PackagePath, ByteSourceError)
    /// A URL elsewhere, which is never fetched.
    case remote(scheme: String)
    /// An href that is absent, empty or no URL.
    case unclear
  }

  /// The whole file, when there is one.
  public var file: PackageFile? {
    if case .file(let file) = target { return file }
    return nil
  }
}

/// The pieces of a file that is stored in chunks (clause 7.1).
public struct Chunks: Sendable {
  /// A piece and its number.
  public typealias Piece = (number: Int, file: PackageFile)

  /// The pieces that are there, by their number, ascending.
  public let pieces: [Piece]
  /// The numbers between 0 and the last that are not there; at most a hundred are listed.
  public let missing: [Int]
  /// The number of chunks by declared size and chunk size; nil where it cannot be computed.
  public let expectedCount: Int?

  /// The bytes of all pieces together.
  public let size: UInt64

  init(pieces: [Piece], missing: [Int], expectedCount: Int?) {
    self.pieces = pieces
    self.missing = missing
    self.expectedCount = expectedCount
    size = pieces.reduce(0) { $0.addingReportingOverflow($1.file.size).partialValue }
  }
}

/// The content of a `Disk`: the bytes behind it and what they are.
///
/// A class of constants, since each copy of so many fields would cost more than most looks at them.
public final class PackageDisk: Sendable {
  /// The `Disk` of the descriptor.
  public let disk: Disk
  /// The reference that holds its content.
  public let reference: ResolvedReference
  /// The content of the bytes; nil when they could not be read, are elsewhere or are compressed.
  public let content: Content?
  private let allocation = Mutex<Result<UInt64?, DiskError>?>(nil)

  init(
    disk: Disk, reference: ResolvedReference, content: Content?
  ) {
    self.disk = disk
    self.reference = reference
    self.content = content
  }

  /// The bytes of the capacity that are stored, as the disk's tables tell, which are read when this
  /// is first asked for; nil where they do not tell. Whether the machine let them be read is among
  /// the package's `readFailures` from then on.
  public var allocatedBytes: UInt64? {
    guard case .disk(let disk) = content else { return nil }
    if let known = allocation.withLock({ $0 }) { return try? known.get() }
    // Not under the lock, since it reads: two that ask at the same time may both.
    let result = Result { () throws(DiskError) in try disk.toldAllocatedBytes() }
    allocation.withLock { $0 = result }
    return try? result.get()
  }

  /// The error because of which the tables could not be read; nil until they are asked for.
  var allocationFailure: DiskError? {
    if case .failure(let error) = allocation.withLock({ $0 }) { error } else { nil }
  }

  /// The content of a disk's bytes; one value for all disks that lie in one file.
  public indirect enum Content: Sendable {
    /// A disk image, and for a VMDK the facts that were seen of it.
    case disk(VirtualDisk)
    /// Bytes that could not be read, or of which nothing can be said.
    case unreadable(DiskError)
  }
}

/// An image of a CD or DVD that belongs to the package.
public struct PackageImage: Sendable {
  /// The reference that holds it.
  public let reference: ResolvedReference
  /// The content of the bytes; nil when they could not be read, are elsewhere or are compressed.
  public let content: PackageDisk.Content?
}
