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
  private let limits: Limits
  /// What was looked at: each file is asked for once, and has one source.
  private let looks = Looks()

  init(_ folder: String, limits: Limits) throws(PackageError) {
    self.folder = folder
    self.limits = limits
    guard let root = (folder.isEmpty ? "." : folder).realPath else {
      throw PackageError(
        ByteSourceError(errno: errno, doing: "open the folder", place: Place(folder)))
    }
    self.root = root
  }

  /// The path by which the operating system finds a file of the package.
  func systemPath(_ path: PackagePath) -> String { systemPath(path.text) }

  private func systemPath(_ text: String) -> String {
    if text.isEmpty { return folder.isEmpty ? "." : folder }
    return folder.isEmpty ? text : folder.hasSuffix("/") ? folder + text : "\(folder)/\(text)"
  }

  func look(at path: PackagePath) -> Look {
    looks.kept(path) { lookAnew(at: path) }
  }

  func settle() { looks.settle() }

  private func lookAnew(at path: PackagePath) -> Look {
    let systemPath = systemPath(path)
    do throws(ByteSourceError) {
      let own = try FileFacts.of(path: systemPath, followsLinks: false)
      // A folder on the way may be a link as well as the file itself.
      if own.kind == .link || path.folder != "" {
        guard let real = systemPath.realPath else { return .nothing }
        guard real.hasPrefix(root == "/" ? "/" : root + "/") else { return .leadsOut }
      }
      let facts = own.kind == .link ? try FileFacts.of(path: systemPath) : own
      return .file(file(path, facts, at: systemPath))
    } catch {
      return error.code == .notFound ? .nothing : .unreadable(reason: error.reason)
    }
  }

  func names(in folder: String) -> [String] {
    looks.names(folder) {
      FolderNames.recent.names(in: systemPath(folder), limit: limits.members)
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
    return PackageFile(
      path: path, writtenName: path.text, kind: kind, size: facts.size,
      source: kind == .file
        ? RememberingSource(PathSource(path: systemPath, name: systemPath, size: facts.size)) : nil,
      member: nil, modified: facts.modified / 1_000_000_000, place: Place(systemPath))
  }
}

/// The answers to looks, kept.
private final class Looks: Sendable {
  private let answers = Mutex<[PackagePath: Look]>([:])
  private let listings = Mutex<[String: [String]]>([:])

  func kept(_ path: PackagePath, _ look: () -> Look) -> Look {
    answers.withLock { answers in
      if let known = answers[path] { return known }
      let answer = look()
      answers[path] = answer
      return answer
    }
  }

  func names(_ folder: String, _ list: () -> [String]) -> [String] {
    listings.withLock { listings in
      if let known = listings[folder] { return known }
      let names = list()
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
