import OVABasics
import OVAByteSource
import OVACatalog

/// A walk through the folders of a repository, wherever it lies.
protocol FolderWalk {
  /// The identity of the walked folder, which another in its place does not have.
  var identity: FileFacts.Identity { get }

  /// Calls `folder` for every folder, in the order of their paths with a slash at the end, and
  /// `problem` for what could not be walked.
  /// - Parameter doubt: the reason why files may belong to a package elsewhere; nil for none.
  func runFolders(
    doubt: String?, folder: (RepositoryWalk.Folder) throws -> Void,
    problem: (RepositoryWalk.Problem) throws -> Void
  ) throws
}

extension RepositoryWalk: FolderWalk {}

/// The files of a repository, asked for by their paths below its folder.
protocol RepositoryFiles: Sendable {
  /// The facts of a file.
  /// - Throws: `ByteSourceError`; `notFound` where there is none.
  func facts(of path: String) throws(ByteSourceError) -> FileFacts
}

/// The files of a repository in a folder of this machine.
struct LocalFiles: RepositoryFiles {
  let repository: ScannedRepository

  func facts(of path: String) throws(ByteSourceError) -> FileFacts {
    try FileFacts.of(path: repository.systemPath(path))
  }
}
