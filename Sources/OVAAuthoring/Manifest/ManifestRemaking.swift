import OVAArchive
public import OVABasics
import OVAByteSource
public import OVAIntegrity
public import OVAPackage

/// A new manifest over the files of a package as they are now, and a new signature where one is
/// wanted.
public struct ManifestRemaking: Sendable {
  /// A file of which the new manifest says something else than the old one.
  public struct Change: Sendable, Hashable {
    /// The kind of change.
    public enum Kind: String, Sendable, Hashable {
      /// It was not listed.
      case added
      /// It had another digest.
      case changed
      /// It is listed no more.
      case removed
    }

    /// The kind of change.
    public let kind: Kind
    /// The file's name in the manifest.
    public let fileName: String
  }

  /// The name of the manifest's file.
  public let manifestName: String
  /// The manifest.
  public let manifest: [UInt8]
  /// The algorithm of its digests.
  public let algorithm: DigestAlgorithm
  /// The number of files it lists.
  public let fileCount: Int
  /// The differences from the old one.
  public let changes: [Change]
  /// Lines of the old manifest that do not vouch for files other than the descriptor, which is what
  /// people edit. Nothing is to be written then unless somebody who looked at the files says so.
  public let doubts: [ManifestDoubt]
  /// The reasons why no manifest can be made.
  public let refusals: [FixPlan.Refusal]
  /// True if anything is to be written.
  public let isNeeded: Bool
  /// The name of a certificate file that is left out, since it signs the manifest as it was.
  public let droppedCertificate: String?
  /// True if the certificate that is left out signs the old manifest, of which only the form
  /// changes: a signature that is good today would be lost for little.
  public let losesGoodSignature: Bool
  private let certificateName: String
  private let certificate: [UInt8]?
  private var layout: PackageLayout
  /// The path of the package that it is for, which itself is not held.
  private let path: String
  /// The names of the manifest and certificate of before, where there are some.
  private let oldNames: (manifest: String?, certificate: String?)

  /// Makes manifest and signature.
  /// - Parameters:
  ///   - checked: the package, read with `always` holding the algorithm.
  ///   - algorithm: the digests; nil for those of the old manifest, else SHA-256.
  ///   - signer: who signs it; nil for nobody.
  /// - Throws: `PackageError` when a file cannot be read, or key and certificate cannot be used.
  public init(
    _ checked: CheckedPackage, algorithm: DigestAlgorithm?, signer: Signer?
  ) throws(PackageError) {
    let package = checked.package
    let layout = try PackageLayout(package) { _ in true }
    let chosen = algorithm ?? FixPlan.algorithm(of: package)
    path = package.path
    oldNames = (package.manifest?.file.name, package.certificate?.file.name)
    self.layout = layout
    self.algorithm = chosen
    var planning = FixPlanning(checked)
    planning.findBlocks()
    refusals = planning.refusals.filter(\.isBlocking)
    manifestName = layout.manifestName
    certificateName = layout.certificateName
    fileCount = layout.entries.count + 1
    guard refusals.isEmpty else {
      (manifest, changes, doubts, isNeeded) = ([], [], [], false)
      (droppedCertificate, losesGoodSignature, certificate) = (nil, false, nil)
      return
    }
    let manifest = try layout.manifest(chosen, checked.evidence)
    self.manifest = manifest
    let isNew = manifest != package.manifest?.bytes || package.manifest?.hasBaseName == false
    isNeeded = isNew || signer != nil
    changes = Self.changes(checked, layout)
    certificate = try signer.map { signer throws(PackageError) in
      try signer.sign(manifest, name: layout.manifestName.lastComponent, chosen)
    }
    droppedCertificate = isNew && signer == nil ? package.certificate?.file.name : nil
    losesGoodSignature =
      droppedCertificate != nil && changes.isEmpty && checked.signature?.signature == .valid
    doubts =
      isNew
      ? ManifestDoubt.all(of: checked, layout).filter { doubt in
        // A signer vouches for what is signed anew.
        doubt.kind == .signature ? signer == nil : doubt.fileName != package.descriptor.name
      } : []
  }

  private static func changes(_ checked: CheckedPackage, _ layout: PackageLayout) -> [Change] {
    let index = ManifestIndex(checked.package)
    let facts = checked.manifestFacts
    let wrong = Set(
      ((facts?.contradictions ?? []) + (facts?.notComparable ?? []))
        .compactMap { $0.subject.target?.name })
    let own = checked.package.descriptor.path.map { [($0, $0.name)] } ?? []
    var changes: [Change] = []
    for (path, name) in own + layout.entries.map({ ($0.path, $0.manifestName) }) {
      if index.entries(for: path).isEmpty {
        changes.append(Change(kind: .added, fileName: name))
      } else if wrong.contains(path.text) {
        changes.append(Change(kind: .changed, fileName: name))
      }
    }
    return changes + index.withoutFile.map { Change(kind: .removed, fileName: $0.fileName) }
  }

  // MARK: - Writing

  /// The archive with the new manifest and signature, to be checked before it takes the place of
  /// the old one.
  /// - Parameter progress: called with the number of bytes written, after each piece.
  /// - Throws: `PackageError`, as writing does, and for a link in the archive's place.
  public func writeArchive(
    progress: @escaping (UInt64) -> Void = { _ in }
  ) throws(PackageError) -> WrittenArchive {
    try refuseLink(path)
    return try PackageWriter.write(
      archiveMembers, to: path, replaces: true, progress: progress)
  }

  /// The members of the archive with the new manifest and signature.
  public var archiveMembers: [PackageWriter.Member] {
    layout.members(manifest: manifest, certificate: certificate)
  }

  /// Releases the files, once the archive is written: a package may have as many as its limit
  /// allows, and the archive is read again then.
  package mutating func letGoOfFiles() { layout.entries = [] }

  /// Writes manifest and signature beside the descriptor of a folder, and removes those of before
  /// that have other names: all of it, or nothing.
  /// - Throws: `PackageError` `outputFailed`.
  public func writeBeside() throws(PackageError) {
    let folder =
      path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? ""
    var old: [String] = []
    for (before, name) in [
      (oldNames.manifest, manifestName),
      (oldNames.certificate, certificate == nil ? nil : certificateName),
    ] {
      guard let before, !before.utf8.elementsEqual((name ?? "").utf8) else { continue }
      old.append(folder + before)
    }
    do throws(ArchiveError) {
      let files = AtomicFiles(replaces: true)
      try files.add(manifest, to: folder + manifestName)
      if let certificate { try files.add(certificate, to: folder + certificateName) }
      try files.commit(removing: old)
    } catch {
      throw PackageError(writing: error)
    }
  }

  private func refuseLink(_ path: String) throws(PackageError) {
    guard let facts = try? FileFacts.of(path: path, followsLinks: false), facts.kind == .link
    else { return }
    throw PackageError(
      code: .outputExists, doing: "replace it", reason: "it is a link", place: Place(path),
      fix: "name the file that it leads to")
  }
}
