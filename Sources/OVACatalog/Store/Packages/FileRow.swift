import OVABasics

/// A file of a package, and the facts that tell whether it changed.
public struct FileRow: Hashable, Sendable, Codable {
  /// The path below the package's folder, or the member's name in an OVA.
  public var name: String
  /// True if it is a member of the OVA, whose time and inode are then the archive's.
  public var isMember: Bool
  /// Bytes.
  public var size: Int64
  /// Nanoseconds since 1970.
  public var modified: Int64
  /// Nanoseconds since 1970.
  public var changed: Int64
  /// The file's number in its file system.
  public var inode: Int64
  /// The file system's number; nil when it is not known.
  public var device: Int64?
  /// The number of names the file has in its file system; nil when it is not known.
  public var links: Int64?
  /// Bytes that the file takes up on its file system; nil when it is not known.
  public var allocated: Int64?
  /// True if a symbolic link is part of the path that led to it.
  public var isLinked = false
  /// Digests by algorithm (`sha256`), in lower-case hexadecimal, computed at these very facts.
  public var digests: [String: String]

  /// Makes a file from its parts.
  public init(
    name: String, isMember: Bool = false, size: Int64, modified: Int64 = 0, changed: Int64 = 0,
    inode: Int64 = 0, digests: [String: String] = [:]
  ) {
    self.name = name
    self.isMember = isMember
    self.size = size
    self.modified = modified
    self.changed = changed
    self.inode = inode
    self.digests = digests
  }

  /// The identity of a file within its package: the bytes of its name, and whether it is a member.
  public struct Key: Hashable, Sendable {
    let name: String
    let isMember: Bool

    /// The key of a file of that name.
    public init(name: String, isMember: Bool) {
      self.name = name
      self.isMember = isMember
    }

    public static func == (a: Key, b: Key) -> Bool {
      a.isMember == b.isMember && a.name.isExactly(b.name)
    }

    public func hash(into hasher: inout Hasher) { name.hashBytes(into: &hasher) }
  }

  /// Its identity within the package.
  public var key: Key { Key(name: name, isMember: isMember) }

  /// Returns whether digests of the one are valid for the other.
  public func hasSameContentFacts(as other: FileRow) -> Bool {
    size == other.size && modified == other.modified && inode == other.inode
  }
}

/// The files of a package, found by what tells each from the others.
public struct KeyedFiles: Sendable {
  private let rows: [FileRow]
  private let positions: [FileRow.Key: Int]

  fileprivate init(_ rows: [FileRow]) {
    self.rows = rows
    positions = Dictionary(rows.enumerated().map { ($1.key, $0) }) { first, _ in first }
  }

  /// The file of that key; of two the first.
  public subscript(key: FileRow.Key) -> FileRow? { positions[key].map { rows[$0] } }
}

extension [FileRow] {
  /// The files by their keys.
  public var byKey: KeyedFiles { KeyedFiles(self) }
}
