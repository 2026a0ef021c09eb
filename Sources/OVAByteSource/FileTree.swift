public import OVABasics

/// A tree of files that lies elsewhere than in this machine's file system: what is in it is known by
/// lists of it, which tell of each file whether it changed.
public protocol FileTree: Sendable {
  /// The name in messages.
  var name: String { get }

  /// Makes sure that there is such a tree, and that it may be listed.
  /// - Throws: `ByteSourceError` that says why not.
  func confirm() throws(ByteSourceError)

  /// Lists the files, in any order.
  /// - Parameters:
  ///   - isWanted: asked for folders, by their paths without a slash at the end; what lies in and below
  ///     one that is not wanted may be left out.
  ///   - isCancelled: asked now and then; true ends the listing early.
  ///   - take: takes what is listed.
  /// - Throws: `ByteSourceError` when the list broke off: what is missing in it may be there.
  func list(
    isWanted: (String) -> Bool, isCancelled: () -> Bool, take: (FileTreeEntry) -> Void
  ) throws(ByteSourceError)

  /// The file at a path, asked for by itself: of one in a folder that was not wanted.
  /// - Returns: nil where there is none.
  func file(at path: String) throws(ByteSourceError) -> ListedFile?

  /// The bytes of a file as it was listed. Nothing is fetched before they are read; where they are of
  /// another version, reading fails with `changed`.
  /// - Parameter name: what places and errors call it.
  func source(of file: ListedFile, named name: String) -> any ByteSource
}

/// An entry of the list of a tree.
public enum FileTreeEntry: Hashable, Sendable {
  case file(ListedFile)
  /// A path at and below which nothing is known, and why.
  case unlisted(path: String, reason: String)
}

/// A file as a list tells of it.
public struct ListedFile: Hashable, Sendable {
  /// Its path below the tree's root, as text; see `FileNameText`.
  public let path: String
  /// Length in bytes.
  public let size: UInt64
  /// Time of the last change in nanoseconds since 1970 (UTC); 0 where the list does not tell it.
  public let modified: Int64
  /// Stands for the path and for what else tells versions apart, such as an ETag.
  public let mark: UInt64

  /// Makes a file from its parts.
  public init(path: String, size: UInt64, modified: Int64, mark: UInt64) {
    self.path = path
    self.size = size
    self.modified = modified
    self.mark = mark
  }
}

/// Opens the tree at a URL.
public typealias FileTreeOpening =
  @Sendable (_ location: String) throws(ByteSourceError) -> any FileTree
