import OVABasics
import OVAByteSource
import OVAPackage

/// The folder that a package lies in, as a task asks for its files by their paths below it.
protocol PackageFolder: Sendable {
  /// The facts of a file.
  /// - Throws: `ByteSourceError`; `notFound` where there is none.
  func facts(of name: String, followsLinks: Bool) throws(ByteSourceError) -> FileFacts

  /// Opens a package by the name of its archive or descriptor.
  func open(_ name: String, limits: Limits) throws(PackageError) -> Package
}

extension PackageFolder {
  func facts(of name: String) throws(ByteSourceError) -> FileFacts {
    try facts(of: name, followsLinks: true)
  }
}

/// A folder of this machine.
struct LocalFolder: PackageFolder {
  /// The path for the operating system, with a slash at its end.
  let path: String
  /// The folder that all files must lie in; nil for anywhere.
  let boundary: String?

  func facts(of name: String, followsLinks: Bool) throws(ByteSourceError) -> FileFacts {
    try FileFacts.of(path: path + name, followsLinks: followsLinks)
  }

  func open(_ name: String, limits: Limits) throws(PackageError) -> Package {
    try Package.open(file: path + name, shownAs: name, limits: limits, within: boundary)
  }
}

/// A folder elsewhere than in this machine's file system, whose files were listed.
protocol ListedFolder: PackageFolder {
  /// The facts of a file; nil where there is none.
  func listed(_ name: String) throws(ByteSourceError) -> FileFacts?

  /// The names of the files in a folder below, given with a slash at its end or empty.
  func names(in folder: String, limit: Int) throws(ByteSourceError) -> [String]

  /// The bytes of a file, named by its path below this folder.
  func source(of name: String, facts: FileFacts) throws(ByteSourceError) -> any ByteSource
}

extension ListedFolder {
  func facts(of name: String, followsLinks: Bool) throws(ByteSourceError) -> FileFacts {
    guard let facts = try listed(name) else {
      throw ByteSourceError(
        code: .notFound, doing: "look at it", reason: "it is not in the list", place: Place(name))
    }
    return facts
  }

  func open(_ name: String, limits: Limits) throws(PackageError) -> Package {
    let file: SurroundingFile
    do throws(ByteSourceError) {
      let facts = try facts(of: name)
      file = SurroundingFile(
        try source(of: name, facts: facts), modified: facts.modified.floorSeconds)
    } catch {
      throw PackageError(error)
    }
    return try Package.open(
      file, named: name, in: ListedSurroundings(folder: self, limits: limits), limits: limits)
  }
}

/// The files beside a descriptor, as the list has them.
private struct ListedSurroundings: Surroundings {
  let folder: any ListedFolder
  let limits: Limits

  func file(at path: PackagePath) throws(ByteSourceError) -> SurroundingFile? {
    guard let facts = try folder.listed(path.text) else { return nil }
    return SurroundingFile(
      try folder.source(of: path.text, facts: facts), modified: facts.modified.floorSeconds)
  }

  func names(in folder: String) throws(ByteSourceError) -> [String] {
    try self.folder.names(
      in: folder.isEmpty ? "" : folder + "/", limit: limits.folderNames)
  }
}

/// A folder of a repository that this process has listed.
struct ListedPackageFolder: ListedFolder {
  let files: ListedFiles
  /// The path below the repository's folder, with a slash at its end; empty for that folder itself.
  let path: String

  func listed(_ name: String) throws(ByteSourceError) -> FileFacts? {
    do throws(ByteSourceError) {
      return try files.facts(of: path + name)
    } catch {
      if error.code == .notFound { return nil }
      throw error
    }
  }

  func names(in folder: String, limit: Int) -> [String] {
    files.names(in: path + folder, limit: limit)
  }

  func source(of name: String, facts: FileFacts) throws(ByteSourceError) -> any ByteSource {
    files.tree.source(
      of: ListedFile(
        path: path + name, size: facts.size, modified: facts.modified, mark: facts.inode),
      named: name)
  }
}
