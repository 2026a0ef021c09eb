import OVABasics
import OVAByteSource

extension RepositoryWalk {
  /// A folder that was met, with what lies in it.
  struct Folder {
    /// Its path below the walked folder with a slash at the end; empty for the walked folder.
    let path: String
    /// Its path for the operating system, with a slash at the end.
    let systemPath: String
    let contents: FolderContents
    /// True if a symbolic link is in its path.
    let isLinked: Bool
    /// True if another file system is mounted on it.
    let isMount: Bool
    /// The reason why the owner of the folder's files is unknown: a descriptor that may reference
    /// them was not looked at. Nil when all were.
    let doubt: String?
  }

  /// Folders that are kept open while what is below them is walked; deeper ones are closed, since
  /// a process may not have many files open.
  private static var mostOpenFolders: Int { 100 }

  /// Calls `folder` for every folder, in the order of their paths with a slash at the end, and
  /// `problem` for what could not be walked.
  ///
  /// Each file costs one system call and each folder a handful; memory grows with the depth and the
  /// widest folder.
  func runFolders(
    doubt: String? = nil, folder body: (Folder) throws -> Void,
    problem: (Problem) throws -> Void
  ) throws {
    var step = Step(path: "", systemPath: folder, place: nil, isLinked: true)
    step.doubt = doubt
    try walkFolder(step, ancestors: [], body, problem)
  }

  /// A folder that is to be walked next.
  private struct Step {
    /// The path below the walked folder.
    let path: String
    let systemPath: String
    /// Its name in a folder that is open.
    let place: (name: String, parent: Int32)?
    let isLinked: Bool
    /// True if a link is in the path below the walked folder.
    var isBehindLink = false
    /// Said of all files in and below it.
    var doubt: String?

    var prefix: String { path.isEmpty ? "" : path + "/" }
    var systemPrefix: String { systemPath.hasSuffix("/") ? systemPath : systemPath + "/" }

    func open() throws(ByteSourceError) -> FolderHandle {
      if let place {
        return try FolderHandle(place.name, in: place.parent, followsLink: isLinked)
      }
      return try FolderHandle(systemPath, followsLink: isLinked)
    }
  }

  private func walkFolder(
    _ step: Step, ancestors: [FileFacts.Identity], _ body: (Folder) throws -> Void,
    _ problem: (Problem) throws -> Void
  ) throws {
    let handle: FolderHandle
    do throws(ByteSourceError) {
      handle = try step.open()
    } catch {
      return try problem(Problem(kind: .unreadable, path: step.path, reason: error.reason))
    }
    guard let met = try look(at: handle, step, ancestors, body, problem) else { return }
    let parent = handle.descriptor
    let isKeptOpen = ancestors.count < Self.mostOpenFolders
    func walk(_ below: FolderContents.Subfolder) throws {
      var next = Step(
        path: step.prefix + below.name, systemPath: step.systemPrefix + below.name,
        place: isKeptOpen ? (below.name, parent) : nil, isLinked: below.isLinked)
      next.isBehindLink = step.isBehindLink || below.isLinked
      next.doubt = met.doubt
      if let shard, !shard.reaches(next.path) { return }
      try walkFolder(next, ancestors: ancestors + [met.identity], body, problem)
    }
    if isKeptOpen {
      for below in met.folders { try walk(below) }
      _ = consume handle
    } else {
      _ = consume handle
      for below in met.folders { try walk(below) }
    }
  }

  /// Hands over what lies in a folder; the folders in it, nil when it cannot be walked.
  private func look(
    at handle: borrowing FolderHandle, _ step: Step, _ ancestors: [FileFacts.Identity],
    _ body: (Folder) throws -> Void, _ problem: (Problem) throws -> Void
  ) throws -> (
    folders: [FolderContents.Subfolder], identity: FileFacts.Identity, doubt: String?
  )? {
    let prefix = step.prefix
    var contents: FolderContents
    do throws(ByteSourceError) {
      let excludes = excludes
      contents = try FolderContents(
        handle,
        isWanted: excludes.isEmpty
          ? nil : { name in !excludes.contains { $0.matches(prefix + name) } })
    } catch {
      try problem(Problem(kind: .unreadable, path: step.path, reason: error.reason))
      return nil
    }
    guard !ancestors.contains(contents.identity) else {
      // No link led here, for those are seen through before; a mount did.
      try problem(Problem(kind: .unreadable, path: step.path, reason: "the folder holds itself"))
      return nil
    }
    let lineage = ancestors + [contents.identity]
    contents.follow { end(ofLink: prefix + $0, lineage) }
    for failure in contents.failures {
      try problem(
        Problem(kind: .unreadable, path: prefix + failure.name, reason: failure.reason))
    }
    let doubt =
      step.doubt
      ?? (contents.unseenDescriptors > 0 || !contents.failures.isEmpty
        ? "not every descriptor that may reference it was looked at" : nil)
    try body(
      Folder(
        path: prefix, systemPath: step.systemPrefix, contents: contents,
        isLinked: step.isBehindLink,
        isMount: ancestors.last.map { $0.device != contents.identity.device } ?? false,
        doubt: doubt))
    return (contents.folders, contents.identity, doubt)
  }

  /// Returns the target of a link: never anything outside the repository, and no folder that the
  /// link lies in.
  private func end(
    ofLink path: String, _ ancestors: [FileFacts.Identity]
  ) -> FolderContents.LinkEnd {
    let systemPath = systemPath(path)
    guard let target = systemPath.realPath else {
      return .lost(.brokenLink, reason: "the link leads nowhere")
    }
    guard target == root || target.hasPrefix(root == "/" ? root : root + "/") else {
      return .lost(.leadsOut, reason: "the link leads out of the repository")
    }
    do throws(ByteSourceError) {
      let facts = try FileFacts.of(path: systemPath)
      switch facts.kind {
      case .folder:
        return ancestors.contains(facts.identity)
          ? .lost(.loop, reason: "the link leads to a folder above it") : .folder
      case .regular: return .file(facts)
      case .link, .special: return .nothing
      }
    } catch {
      return error.code == .notFound ? .nothing : .failure(reason: error.reason)
    }
  }
}
