import Glibc
import OVAArchive
public import OVABasics
import OVAByteSource
import OVAIntegrity
public import OVAPackage
import OVFDescriptor

/// The files of an archive written into a folder of their own: all of them, or none.
public struct Unpacking: Sendable {
  /// A reason not to unpack a package; nothing is then written.
  public struct Refusal: Sendable, Hashable {
    /// The member or file.
    public let place: Place
    /// The reason, for people.
    public let reason: String
  }

  /// The result.
  public enum Outcome: Sendable {
    /// The folder with the package, and how many digests of its manifest were verified.
    case written(folder: String, files: Int, verified: Int)
    /// Nothing was written; the first 1,000 reasons, and how many more there are.
    case refused([Refusal], more: Int)
    /// It was asked to stop; what was written is gone.
    case stopped
  }

  private let package: Package
  private let parent: String
  private let replaces: Bool

  /// - Parameters:
  ///   - package: an archive.
  ///   - parent: the folder in which the package's own is made.
  ///   - replaces: whether it may take the place of a folder that is there, if there is nothing in
  ///     that but files of the archive's names.
  public init(_ package: Package, into parent: String, replaces: Bool = false) {
    self.package = package
    self.parent = parent
    self.replaces = replaces
  }

  /// Verifies while it writes, and gives the folder its name when all is right.
  /// - Parameters:
  ///   - isStopped: asked after every mebibyte whether to give up and clear away.
  ///   - progress: called with the number of bytes written, after each piece.
  /// - Throws: `PackageError`: `outputExists` when the folder is there and is not to be replaced,
  ///   `outputFailed` when something cannot be written, `inputOutput` when the archive cannot be
  ///   read, and `changed` when somebody wrote it meanwhile.
  public func run(
    isStopped: () -> Bool = { false }, progress: (UInt64) -> Void = { _ in }
  ) throws(PackageError) -> Outcome {
    let refusals = self.refusals()
    guard refusals.isEmpty else { return .refused(refusals.kept, more: refusals.more) }
    let folder = (parent.hasSuffix("/") ? parent : parent + "/") + (try name())
    let writing = try FolderWriting(folder, replaces: replaces)
    defer { writing.discard() }
    var wrong = BoundedList<Refusal>()
    var verified = 0
    var count = 0
    let manifest = ManifestIndex(package)
    for file in package.files where file.kind == .file {
      guard let path = file.path, let source = file.source else { continue }
      let entries = manifest.entries(for: path)
      let digests = try writing.write(
        path, source, modified: file.modified, Set(entries.flatMap(\.claim.algorithms)),
        isStopped: isStopped, progress: progress)
      guard let digests else { return .stopped }
      count += 1
      for entry in entries {
        switch entry.claim.verdict(on: digests) {
        case .fits: verified += 1
        case .notComparable: continue
        case .contradicts:
          let name = entry.claim.algorithm?.name ?? "digest"
          wrong.append(
            Refusal(place: file.place, reason: "its \(name) is not the one of the manifest"))
        }
      }
    }
    try package.confirmUnchanged()
    guard wrong.isEmpty else { return .refused(wrong.kept, more: wrong.more) }
    try writing.commit()
    return .written(folder: folder, files: count, verified: verified)
  }

  /// The folder's name: the archive's without its extension.
  private func name() throws(PackageError) -> String {
    let file = package.path.split(separator: "/").last.map(String.init) ?? ""
    let name = file.baseAndExtension.base
    guard ![".", "..", ""].contains(name), package.isArchive else {
      throw PackageError(
        code: .inputUnusable, doing: "name its folder",
        reason: package.isArchive ? "the archive's name gives none" : "it is no archive",
        place: Place(package.path), fix: "name an archive (.ova)")
    }
    return name
  }

  /// Everything for which the package must not be written.
  private func refusals() -> BoundedList<Refusal> {
    var seen: Set<PackagePath> = []
    var paths: [PackagePath] = []
    var folders: Set<PackagePath> = []
    var refusals = BoundedList<Refusal>()
    for file in package.files {
      var reason: String?
      if let path = file.path {
        if file.kind == .file {
          if seen.insert(path).inserted {
            paths.append(path)
          } else {
            reason = "it is there twice"
          }
        }
      } else if case .failure(let fault) = PackagePath.read(file.writtenName, limits: Limits()) {
        // An entry for the package's own folder is harmless.
        if fault != .empty || file.kind == .file { reason = "its name \(fault.rawValue)" }
      }
      if file.writtenName.unicodeScalars.contains(where: {
        $0.properties.generalCategory == .control
      }) {
        reason = "its name holds control characters"
      }
      switch file.kind {
      case .file:
        if file.storedSize < file.size {
          reason = "\(file.size - file.storedSize) of its \(file.size) bytes are missing"
        }
      case .folder: if let path = file.path { folders.insert(path) }
      case .link(let target): reason = "it is a link to '\(target ?? "")'"
      case .special(let kind): reason = "it is a \(kind)"
      }
      if let reason { refusals.append(Refusal(place: file.place, reason: reason)) }
    }
    for refusal in damages { refusals.append(refusal) }
    for entry in ManifestIndex(package).withoutFile {
      refusals.append(
        Refusal(place: entry.place, reason: "'\(entry.fileName)' is listed and not there"))
    }
    for path in paths {
      let isFolder = folders.contains(path)
      let parents = sequence(first: path.folder) { folder in
        folder.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(folder[..<$0]) }
      }
      let isUnderFile = parents.contains { folder in
        (try? PackagePath.read(folder, limits: Limits()).get()).map(seen.contains) ?? false
      }
      if isFolder || isUnderFile {
        refusals.append(
          Refusal(
            place: Place("\(package.path)/\(path.text)"),
            reason: isFolder ? "it is a file and a folder" : "it lies in what is a file"))
      }
    }
    return refusals
  }

  /// The places at which the archive breaks off, so that members may be gone.
  private var damages: [Refusal] {
    package.archiveDiagnostics.compactMap { diagnostic in
      switch diagnostic.kind {
      case .badChecksum, .damaged, .truncatedHeader, .negativeSize, .unreadableSize:
        Refusal(
          place: diagnostic.place, reason: "the archive is damaged; what follows cannot be read")
      default: nil
      }
    }
  }
}
