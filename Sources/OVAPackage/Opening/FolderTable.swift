import Glibc
import OVABasics
import OVAByteSource
import Synchronization

/// The files of a folder, looked at only when asked for.
struct FolderTable: FileTable {
  /// The folder as it was named; empty for the current one.
  let folder: String
  /// The folder without links in its path, which no file may lead out of.
  private let root: String
  private let shownFolder: String
  private let limits: Limits
  /// A folder that every file must lie in when it is opened; nil for no such folder.
  private let boundary: String?
  /// The lookups so far: each file is asked for once, and has one source.
  private let lookups = LookupCache()

  /// - Parameter shownFolder: what the folder is called in places, with a slash at its end; empty
  ///   where the files are called by their names alone.
  init(
    _ folder: String, shownIn shownFolder: String, limits: Limits, within boundary: String?
  ) throws(PackageError) {
    self.folder = folder
    self.shownFolder = shownFolder
    self.limits = limits
    self.boundary = boundary
    guard let root = (folder.isEmpty ? "." : folder).realPath else {
      throw PackageError(
        ByteSourceError(errno: errno, doing: "open the folder", place: Place(shownFolder)))
    }
    self.root = root
  }

  /// The path by which the operating system finds a file of the package.
  func systemPath(_ path: PackagePath) -> String { systemPath(path.text) }

  private func systemPath(_ text: String) -> String {
    if text.isEmpty { return folder.isEmpty ? "." : folder }
    return folder.isEmpty ? text : folder.hasSuffix("/") ? folder + text : "\(folder)/\(text)"
  }

  func look(at path: PackagePath) -> LookupResult {
    lookups.kept(path) { lookAnew(at: path) }
  }

  func settle() { lookups.settle() }

  private func lookAnew(at path: PackagePath) -> LookupResult {
    let systemPath = systemPath(path)
    do throws(ByteSourceError) {
      let own = try FileFacts.of(path: systemPath, followsLinks: false)
      // A folder on the way may be a link as well as the file itself.
      if own.kind == .link || path.folder != "" {
        guard let real = systemPath.realPath else {
          let error = ByteSourceError(
            errno: errno, doing: "look at it", place: Place(shownFolder + path.text))
          return error.code == .inputOutput ? .unreadable(error) : .nothing
        }
        guard isInside(real) else { return .leadsOut }
      }
      let facts = own.kind == .link ? try FileFacts.of(path: systemPath) : own
      return .file(file(path, facts, at: systemPath))
    } catch {
      return error.code == .notFound ? .nothing : .unreadable(error)
    }
  }

  private func isInside(_ real: String) -> Bool {
    real.utf8.starts(with: (root == "/" ? "/" : root + "/").utf8)
  }

  func names(in folder: String) -> [String] {
    lookups.names(folder) { listing(of: folder)?.names ?? [] }
  }

  func similarNames(in folder: String) -> [String: [String]] { listing(of: folder)?.similar ?? [:] }

  var lookupFailure: ByteSourceError? { lookups.failure }

  func note(_ failure: ByteSourceError) { lookups.note(failure) }

  /// Returns the names in a folder; nil where it is not there, must not be looked into or cannot be
  /// listed.
  private func listing(of folder: String) -> FolderNames.Listing? {
    let systemPath = systemPath(folder)
    do throws(ByteSourceError) {
      if !folder.isEmpty {
        guard let real = systemPath.realPath else {
          throw ByteSourceError(errno: errno, doing: "list the folder", place: Place(systemPath))
        }
        // A folder behind a link that leads out is not looked into, not even for its names.
        guard isInside(real) else { return nil }
      }
      return try FolderNames.recent.listing(of: systemPath, limit: limits.folderNames)
    } catch {
      // A folder that may not be listed, or has too many names, is one whose files are asked for by
      // their names alone. One that the device does not tell of may hold anything.
      if error.code == .inputOutput { note(error) }
      return nil
    }
  }

  private func file(_ path: PackagePath, _ facts: FileFacts, at systemPath: String) -> PackageFile {
    let kind: PackageFile.Kind =
      switch facts.kind {
      case .regular: .file
      case .folder: .folder
      case .link: .link(target: nil)
      case .special: .special("special file")
      }
    let shown = shownFolder + path.text
    return PackageFile(
      path: path, writtenName: path.text, kind: kind, size: facts.size,
      source: kind == .file
        ? RememberingSource(
          PathSource(
            path: systemPath, name: shown, size: facts.size, facts: facts, within: boundary),
          budget: limits.budget) : nil,
      member: nil, modified: facts.modified / 1_000_000_000, location: .path(shown))
  }
}

/// The results of lookups, kept. Two that ask at the same time may both look; the first answer stays.
private final class LookupCache: Sendable {
  private let answers = Mutex<[PackagePath: LookupResult]>([:])
  private let listings = Mutex<[String: [String]]>([:])
  private let first = Mutex<ByteSourceError?>(nil)

  /// The first failure that was noted.
  var failure: ByteSourceError? { first.withLock { $0 } }

  func note(_ failure: ByteSourceError) {
    first.withLock { $0 = $0 ?? failure }
  }

  func kept(_ path: PackagePath, _ look: () -> LookupResult) -> LookupResult {
    if let known = answers.withLock({ $0[path] }) { return known }
    let answer = look()
    return answers.withLock { answers in
      if let known = answers[path] { return known }
      answers[path] = answer
      return answer
    }
  }

  func names(_ folder: String, _ list: () -> [String]) -> [String] {
    if let known = listings.withLock({ $0[folder] }) { return known }
    let names = list()
    return listings.withLock { listings in
      if let known = listings[folder] { return known }
      listings[folder] = names
      return names
    }
  }

  func settle() {
    answers.withLock { answers in
      for case .file(let file) in answers.values {
        (file.source as? RememberingSource)?.settle()
      }
    }
  }
}
