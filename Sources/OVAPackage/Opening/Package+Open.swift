import OVAArchive
public import OVABasics
public import OVAByteSource
import OVFDescriptor
public import SystemPackage
import VirtualDisks

extension Package {
  /// Opens an archive, a descriptor beside its files, or a folder that holds one.
  ///
  /// Reads headers, descriptor, manifest and certificate, and a few small pieces of each disk;
  /// what a file is, its content says and not its name.
  /// - Parameters:
  ///   - path: the path as text; see `FileNameText`.
  ///   - limits: how much of anything is accepted.
  /// - Throws: `PackageError` when there is no package.
  public static func open(
    _ path: String, limits: Limits = Limits()
  ) throws(PackageError) -> Package {
    let facts: FileFacts
    do throws(ByteSourceError) {
      facts = try FileFacts.of(path: path)
    } catch {
      throw PackageError(error)
    }
    switch facts.kind {
    case .folder: return try openFolder(path, limits: limits)
    case .regular:
      return try openFile(path, shownAs: path, limits: limits, within: nil)
    case .link, .special:
      throw PackageError(
        code: .notAFile, doing: "open it",
        reason: "it is a \(facts.kind.rawValue), whose bytes come only once",
        place: Place(path),
        fix: "name a file or a folder; `ova check -` reads an archive from standard input")
    }
  }

  /// Opens what lies at a path of the file system; see `open(_:limits:)` of a path as text.
  public static func open(
    _ path: FilePath, limits: Limits = Limits()
  ) throws(PackageError) -> Package {
    try open(path.text, limits: limits)
  }

  /// Opens an archive, or a descriptor beside its files, wherever it lies.
  ///
  /// - Parameters:
  ///   - path: where the file lies.
  ///   - name: what the package, its places and errors are called instead of by that path.
  ///   - limits: how much of anything is accepted.
  ///   - boundary: a folder, without links in its path, that every file of the package must lie in,
  ///     whatever links lead where; nil for no such folder.
  /// - Throws: `PackageError` when there is no package.
  package static func open(
    file path: String, shownAs name: String, limits: Limits = Limits(), within boundary: String?
  ) throws(PackageError) -> Package {
    try openFile(path, shownAs: name, limits: limits, within: boundary)
  }

  private static func openFolder(_ path: String, limits: Limits) throws(PackageError) -> Package {
    let listing: FolderListing
    do throws(ByteSourceError) {
      listing = try FolderListing.of(path: path, limit: limits.folderNames)
    } catch {
      throw PackageError(error)
    }
    let names = listing.entries.map(\.name)
    let descriptors = names.filter(\.isDescriptorName)
    let archives = names.filter { $0.baseAndExtension.suffix == "ova" && !$0.hasPrefix("._") }
    let prefix = path.hasSuffix("/") ? path : path + "/"
    guard let only = descriptors.first ?? (archives.count == 1 ? archives.first : nil) else {
      throw PackageError(
        code: .noDescriptor, doing: "open the folder",
        reason: "there is no descriptor (.ovf) in it",
        place: Place(path),
        fix: archives.isEmpty
          ? "name a folder that holds a package"
          : "name one of its archives: \(archives.prefix(5).joined(separator: ", "))")
    }
    guard descriptors.count <= 1 else {
      throw PackageError(
        code: .severalDescriptors, doing: "open the folder",
        reason: "\(descriptors.count) descriptors lie in it: "
          + descriptors.prefix(5).joined(separator: ", "),
        place: Place(path), fix: "name one of them")
    }
    return try openFile(prefix + only, shownAs: prefix + only, limits: limits, within: nil)
  }

  private static func openFile(
    _ path: String, shownAs shown: String, limits: Limits, within boundary: String?
  ) throws(PackageError) -> Package {
    let limits = limits.withBudget()
    let file: FileSource
    do throws(ByteSourceError) {
      file = try FileSource(path: path, name: shown, within: boundary)
    } catch {
      throw PackageError(error)
    }
    do throws(PackageError) {
      return try open(file, at: path, shownAs: shown, limits: limits, within: boundary)
    } catch {
      // Of a file that is being written, what was seen says nothing.
      do throws(ByteSourceError) {
        try file.confirmUnchanged()
      } catch {
        throw PackageError(error)
      }
      throw error
    }
  }

  private static func open(
    _ file: FileSource, at path: String, shownAs shown: String, limits: Limits,
    within boundary: String?
  ) throws(PackageError) -> Package {
    let source = RememberingSource(file, budget: limits.budget)
    defer { source.settle() }
    if path.isDescriptorName, !isTar(source) {
      return try openDescriptor(
        path, shownAs: shown, source, modified: file.facts.modified, limits: limits,
        within: boundary)
    }
    return try open(remembering: source, limits: limits)
  }

  /// Opens an archive by its bytes, wherever they lie; their name stands for the path.
  /// - Throws: `PackageError` when there is no package.
  public static func open(
    _ bytes: any ByteSource, limits: Limits = Limits()
  ) throws(PackageError) -> Package {
    let limits = limits.withBudget()
    let source = RememberingSource(bytes, budget: limits.budget)
    defer { source.settle() }
    return try open(remembering: source, limits: limits)
  }

  /// Opens an archive that was put together in memory, of which the contents of some disks are known
  /// already: these are not looked at again, and no bytes are remembered.
  package static func open(
    _ bytes: any ByteSource, limits: Limits = Limits(),
    knowing contents: [PackagePath: PackageDisk.Content]
  ) throws(PackageError) -> Package {
    let limits = limits.withBudget()
    let source = RememberingSource(bytes, limit: 0)
    return try open(remembering: source, limits: limits, knowing: contents)
  }

  private static func open(
    remembering source: RememberingSource, limits: Limits,
    knowing contents: [PackagePath: PackageDisk.Content] = [:]
  ) throws(PackageError) -> Package {
    let archive: TarArchive
    do throws(ArchiveError) {
      archive = try TarArchive.read(source, limits: limits)
    } catch {
      throw PackageError(error, source: source)
    }
    return try openArchive(archive, source, limits: limits, knowing: contents)
  }

  /// Returns whether a file named as a descriptor is an archive all the same, as some exports are.
  static func isTar(_ file: any ByteSource) -> Bool {
    (try? file.bytes(at: 257, count: 5)) == Array("ustar".utf8)
  }

  /// Opens a descriptor beside its files.
  private static func openDescriptor(
    _ path: String, shownAs shown: String, _ source: RememberingSource, modified: Int64,
    limits: Limits, within boundary: String?
  ) throws(PackageError) -> Package {
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = slash.map { $0 == path.utf8.startIndex ? "/" : String(path[..<$0]) } ?? ""
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    guard case .success(let packagePath) = PackagePath.read(name, limits: limits) else {
      throw PackageError(
        code: .notAFile, doing: "open it", reason: "its name is no file's", place: Place(shown))
    }
    let shownFolder = String(Substring(shown.utf8.dropLast(shown.lastComponent.utf8.count)))
    let table = try FolderTable(folder, shownIn: shownFolder, limits: limits, within: boundary)
    defer { table.settle() }
    let descriptor = PackageFile(
      path: packagePath, writtenName: name, kind: .file, size: source.size,
      source: source, member: nil, modified: modified / 1_000_000_000, location: .path(shown))
    return try Assembly(
      path: shown, form: .folder, table: table, descriptor: descriptor, others: [], limits: limits
    ).package(allFiles: nil)
  }

  /// Opens an archive whose members are listed.
  private static func openArchive(
    _ archive: TarArchive, _ source: any ByteSource, limits: Limits,
    knowing contents: [PackagePath: PackageDisk.Content]
  ) throws(PackageError) -> Package {
    let files = archive.members.map { member in
      PackageFile(
        member, source: archive.source(of: member), archive: source.name, limits: limits)
    }
    return try Assembly.package(
      ofMembers: files, form: .archive(archive), start: source, limits: limits, contents: contents)
  }
}

extension String {
  /// True if a file of that name is a descriptor: `.ovf` in any case, and no AppleDouble half.
  package var isDescriptorName: Bool {
    let name = lastComponent
    return name.baseAndExtension.suffix == "ovf" && !name.utf8.starts(with: "._".utf8)
  }
}
