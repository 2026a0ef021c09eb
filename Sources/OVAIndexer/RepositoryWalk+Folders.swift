import OVABasics
import OVAByteSource

extension RepositoryWalk {
  /// A folder that was met, with its files.
  struct Folder {
    /// Its path below the walked folder with a slash at the end; empty for the walked folder.
    let path: String
    /// Its path for the operating system, with a slash at the end.
    let systemPath: String
    /// Its files in the order of their names' bytes.
    let files: [FolderContents.File]
  }

  /// Calls `folder` for every folder, in the order of their paths with a slash at the end, and
  /// `problem` for what could not be walked.
  ///
  /// Each file costs one system call and each folder a handful; memory grows with the depth and the
  /// widest folder.
  func runFolders(
    folder body: (Folder) throws -> Void, problem: (Problem) throws -> Void
  ) throws {
    try walkFolder("", ancestors: [], body, problem)
  }

  private func walkFolder(
    _ path: String, ancestors: [FileFacts.Identity], _ body: (Folder) throws -> Void,
    _ problem: (Problem) throws -> Void
  ) throws {
    let systemPath = systemPath(path)
    var contents: FolderContents
    do throws(ByteSourceError) {
      contents = try FolderContents(path: systemPath)
    } catch {
      try problem(Problem(kind: .unreadable, path: path, reason: error.reason))
      return
    }
    guard !ancestors.contains(contents.identity) else {
      try problem(
        Problem(kind: .loop, path: path, reason: "the link leads to a folder above it"))
      return
    }
    let prefix = path.isEmpty ? "" : path + "/"
    if !excludes.isEmpty {
      let excludes = excludes
      func isWanted(_ name: String) -> Bool {
        !excludes.contains { $0.matches(prefix + name) }
      }
      contents.files.removeAll { !isWanted($0.name) }
      contents.folders.removeAll { !isWanted($0) }
      contents.links.removeAll { !isWanted($0) }
    }
    for failure in contents.failures {
      try problem(
        Problem(kind: .unreadable, path: prefix + failure.name, reason: failure.reason))
    }
    if !contents.links.isEmpty { try follow(&contents, prefix: prefix, problem) }
    try body(
      Folder(
        path: prefix, systemPath: systemPath.hasSuffix("/") ? systemPath : systemPath + "/",
        files: contents.files))
    let ancestors = ancestors + [contents.identity]
    for name in contents.folders {
      try walkFolder(prefix + name, ancestors: ancestors, body, problem)
    }
  }

  /// Puts what links lead to among the files and folders.
  private func follow(
    _ contents: inout FolderContents, prefix: String, _ problem: (Problem) throws -> Void
  ) throws {
    for name in contents.links {
      let path = prefix + name
      guard let target = systemPath(path).realPath else {
        try problem(Problem(kind: .brokenLink, path: path, reason: "the link leads nowhere"))
        continue
      }
      guard target == root || target.hasPrefix(root == "/" ? root : root + "/") else {
        try problem(
          Problem(kind: .leadsOut, path: path, reason: "the link leads out of the repository"))
        continue
      }
      do throws(ByteSourceError) {
        let facts = try FileFacts.of(path: systemPath(path))
        switch facts.kind {
        case .folder: contents.folders.append(name)
        case .regular:
          contents.files.append(FolderContents.File(name: name, facts: facts, isLinked: true))
        case .link, .special: break
        }
      } catch {
        if error.code != .notFound {
          try problem(Problem(kind: .unreadable, path: path, reason: error.reason))
        }
      }
    }
    contents.files.sort { $0.name.precedes($1.name) }
    contents.folders.sort { ($0 + "/").precedes($1 + "/") }
  }
}
