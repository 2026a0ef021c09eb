import Glibc
package import OVABasics
package import OVAByteSource
package import OVACatalog

/// Walks a repository's folder in the order of its paths' bytes, whatever order the disk gives.
///
/// Hidden names and the folders of systems and file servers are left out. Symbolic links are followed only where they stay
/// inside the repository; loops end. Memory grows with the depth and the widest folder, not with
/// the number of files.
package struct RepositoryWalk: Sendable {
  /// A file that was met.
  package struct File: Sendable {
    /// Its path below the walked folder, joined by slashes.
    package let path: String
    /// Its path for the operating system.
    package let systemPath: String
    /// The file system's facts of it.
    package let facts: FileFacts
    /// True if a symbolic link led to it.
    package let isLinked: Bool
  }

  /// Something that could not be walked or looked at.
  package struct Problem: Sendable, Hashable {
    /// The kind of problem.
    package enum Kind: String, Sendable {
      /// A folder or file that the system could not read.
      case unreadable
      /// A link that leads nowhere.
      case brokenLink = "broken-link"
      /// A link that leads out of the repository.
      case leadsOut = "leads-out"
      /// A link to a folder that it lies in.
      case loop
    }
    package let kind: Kind
    /// The path below the walked folder.
    package let path: String
    /// The cause, for people.
    package let reason: String
  }

  let folder: String
  let root: String
  let excludes: [PathPattern]
  /// The part of the folders that is walked; nil for all.
  var shard: Shard?
  /// The identity of the walked folder, which another in its place does not have.
  let identity: FileFacts.Identity

  /// A walk of `folder`.
  /// - Parameters:
  ///   - folder: the folder to walk.
  ///   - boundary: the folder that links may not lead out of; `folder` itself when nil.
  ///   - excludes: patterns of paths to leave out.
  /// - Throws: `ByteSourceError` when the folder is not there or no folder.
  package init(
    folder: String, boundary: String? = nil, excludes: [PathPattern] = []
  ) throws(ByteSourceError) {
    let facts = try FileFacts.of(path: folder)
    identity = facts.identity
    guard facts.kind == .folder else {
      throw ByteSourceError(
        code: .notAFile, doing: "walk it", reason: "it is a \(facts.kind.rawValue), not a folder",
        place: Place(folder), fix: "name a folder")
    }
    guard let root = (boundary ?? folder).realPath else {
      throw ByteSourceError(errno: errno, doing: "walk it", place: Place(boundary ?? folder))
    }
    self.folder =
      folder.hasSuffix("/") && folder.utf8.count > 1 ? String(folder.dropLast()) : folder
    self.root = root
    self.excludes = excludes
  }

  /// A walk of a repository, which ends where the repository does: a public one with its data
  /// store, a user's with the user's own folder, whatever links in it lead to.
  /// - Throws: `ByteSourceError` when the folder is not there or no folder, and for a user's folder
  ///   that is itself, or lies behind, a link below the data store's root: the user may have made it.
  package init(
    _ mapping: RepositoryMapping, excludes: [PathPattern] = []
  ) throws(ByteSourceError) {
    let folder = mapping.walkedFolder
    try self.init(
      folder: folder, boundary: mapping.linkBoundary, excludes: excludes)
    guard mapping.owner != nil, !mapping.folder.isEmpty else { return }
    guard let base = mapping.root.realPath,
      root.utf8.elementsEqual((base == "/" ? "/" : base + "/").utf8 + Array(mapping.folder.utf8))
    else {
      throw ByteSourceError(
        code: .notAFile, doing: "walk it",
        reason: "a symbolic link leads to it, which is not followed in users' folders",
        place: Place(folder), fix: "put a folder in the place of the link")
    }
  }

  /// Calls `file` for every file in order, and `problem` for what could not be walked.
  /// - Throws: what `file` throws, which ends the walk.
  package func run(
    file: (File) throws -> Void, problem: (Problem) -> Void
  ) throws {
    let facts: FileFacts
    do throws(ByteSourceError) {
      facts = try FileFacts.of(path: folder)
    } catch {
      // A folder that is not looked into is not an empty one.
      problem(Problem(kind: .unreadable, path: "", reason: error.reason))
      return
    }
    try walk("", ancestors: [facts.identity], file: file, problem: problem)
  }

  private func walk(
    _ path: String, ancestors: [FileFacts.Identity], file: (File) throws -> Void,
    problem: (Problem) -> Void
  ) throws {
    let listing: FolderListing
    do {
      listing = try FolderListing.of(path: systemPath(path))
    } catch {
      problem(Problem(kind: .unreadable, path: path, reason: error.reason))
      return
    }
    for met in listing.entries.compactMap({ look(at: $0, in: path, problem: problem) }).sorted(
      by: <)
    {
      guard met.facts.kind == .folder else {
        try file(
          File(
            path: met.path, systemPath: systemPath(met.path), facts: met.facts,
            isLinked: met.isLinked))
        continue
      }
      let identity = met.facts.identity
      guard !ancestors.contains(identity) else {
        problem(Problem(kind: .loop, path: met.path, reason: "the link leads to a folder above it"))
        continue
      }
      try walk(met.path, ancestors: ancestors + [identity], file: file, problem: problem)
    }
  }

  /// A name that was looked at and is walked or handed out.
  private struct Met {
    let path: String
    let facts: FileFacts
    let isLinked: Bool

    /// The order of full paths: a folder stands where its files do.
    static func < (a: Met, b: Met) -> Bool { a.sortKey.lexicographicallyPrecedes(b.sortKey) }
    private var sortKey: String.UTF8View { facts.kind == .folder ? (path + "/").utf8 : path.utf8 }
  }

  private func look(
    at entry: FolderListing.Entry, in folder: String, problem: (Problem) -> Void
  ) -> Met? {
    guard !SystemFolder.isLeftOut(entry.name.utf8) else { return nil }
    let path = folder.isEmpty ? entry.name : "\(folder)/\(entry.name)"
    guard !excludes.contains(where: { $0.matches(path) }) else { return nil }
    do throws(ByteSourceError) {
      let own = try FileFacts.of(path: systemPath(path), followsLinks: false)
      guard own.kind == .link else {
        return own.kind == .special ? nil : Met(path: path, facts: own, isLinked: false)
      }
      guard let target = systemPath(path).realPath else {
        problem(Problem(kind: .brokenLink, path: path, reason: "the link leads nowhere"))
        return nil
      }
      guard target == root || target.hasPrefix(root == "/" ? root : root + "/") else {
        problem(
          Problem(kind: .leadsOut, path: path, reason: "the link leads out of the repository"))
        return nil
      }
      let facts = try FileFacts.of(path: systemPath(path))
      return facts.kind == .special ? nil : Met(path: path, facts: facts, isLinked: true)
    } catch {
      // What vanished between listing and looking is not there.
      if error.code != .notFound {
        problem(Problem(kind: .unreadable, path: path, reason: error.reason))
      }
      return nil
    }
  }

  func systemPath(_ path: String) -> String {
    if path.isEmpty { return folder }
    return folder == "/" ? "/" + path : "\(folder)/\(path)"
  }
}

extension FileFacts {
  /// The identity of a folder on its machine.
  struct Identity: Hashable {
    let device: UInt64
    let inode: UInt64
  }

  var identity: Identity { Identity(device: device, inode: inode) }
}
