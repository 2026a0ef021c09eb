import Glibc
public import OVABasics

/// Metadata of a file, with all that a change of the file changes.
public struct FileFacts: Hashable, Sendable, Codable {
  /// The kinds of files.
  public enum Kind: String, Sendable, Codable {
    /// An ordinary file.
    case regular = "file"
    /// A folder.
    case folder
    /// A symbolic link.
    case link = "symbolic link"
    /// A device, socket, pipe or anything else.
    case special = "special file"
  }

  /// The kind.
  public let kind: Kind
  /// Length in bytes.
  public let size: UInt64
  /// Time of the last change of the content, in nanoseconds since 1970 (UTC).
  public let modified: Int64
  /// Time of the last change of content or attributes, in nanoseconds since 1970 (UTC).
  public let changed: Int64
  /// The file's number in its file system.
  public let inode: UInt64
  /// The file system's number.
  public let device: UInt64
  /// The number of names the file has in its file system (hard links).
  public let links: UInt64
  /// Bytes that the file takes up on its file system; fewer than `size` where it has holes. No part
  /// of equality: a file system may decide on it long after the last write.
  public let allocated: UInt64

  /// Makes facts from their parts.
  public init(
    kind: Kind, size: UInt64, modified: Int64, changed: Int64, inode: UInt64, device: UInt64,
    links: UInt64 = 1, allocated: UInt64? = nil
  ) {
    self.kind = kind
    self.size = size
    self.modified = modified
    self.changed = changed
    self.inode = inode
    self.device = device
    self.links = links
    self.allocated = allocated ?? size
  }

  public static func == (a: FileFacts, b: FileFacts) -> Bool {
    a.kind == b.kind && a.size == b.size && a.modified == b.modified && a.changed == b.changed
      && a.inode == b.inode && a.device == b.device && a.links == b.links
  }

  /// Returns whether it is the same file with the same content, as far as the file system tells: a
  /// file that was only renamed, linked or given other permissions is.
  public func isSameVersion(as other: FileFacts) -> Bool {
    kind == other.kind && size == other.size && modified == other.modified
      && inode == other.inode && device == other.device
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(inode)
    hasher.combine(changed)
  }

  /// The facts in a `stat` answer.
  init(_ status: stat) {
    let kind: Kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .folder
      case S_IFLNK: .link
      default: .special
      }
    self.init(
      kind: kind, size: UInt64(clamping: status.st_size),
      modified: Self.nanoseconds(status.st_mtim), changed: Self.nanoseconds(status.st_ctim),
      inode: UInt64(status.st_ino), device: UInt64(status.st_dev),
      links: UInt64(clamping: status.st_nlink),
      allocated: UInt64(clamping: status.st_blocks).multipliedReportingOverflow(by: 512)
        .partialValue)
  }

  /// Asks the file system about a path.
  /// - Parameters:
  ///   - path: the path as the operating system takes it.
  ///   - followsLinks: whether a symbolic link stands for what it leads to.
  public static func of(path: String, followsLinks: Bool = true) throws(ByteSourceError)
    -> FileFacts
  {
    var status = stat()
    let result = unsafe path.withFileSystemPath {
      unsafe followsLinks ? stat($0, &status) : lstat($0, &status)
    }
    guard result == 0 else {
      throw ByteSourceError(errno: errno, doing: "look at it", place: .init(path))
    }
    return FileFacts(status)
  }

  /// Nanoseconds since 1970 (UTC) by the clock that gives files their times.
  package static var now: Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }

  /// Asks the file system about what is open.
  package static func of(descriptor: Int32, place: Place) throws(ByteSourceError) -> FileFacts {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw ByteSourceError(errno: errno, doing: "look at it", place: place)
    }
    return FileFacts(status)
  }

  /// Asks the file system about a name in an open folder; a link stands for itself.
  package static func of(
    name: UnsafePointer<CChar>, in folder: Int32
  ) throws(ByteSourceError) -> FileFacts {
    var status = stat()
    guard unsafe fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      let number = errno
      let bytes = unsafe UnsafeRawBufferPointer(start: name, count: strlen(name))
      throw ByteSourceError(
        errno: number, doing: "look at it",
        place: Place(unsafe String(fileSystemBytes: bytes)))
    }
    return FileFacts(status)
  }

  /// Nanoseconds since 1970, clamped to what 64 bits hold (the years 1678 to 2262).
  private static func nanoseconds(_ time: timespec) -> Int64 {
    let (seconds, overflow) = Int64(time.tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
    guard !overflow else { return time.tv_sec < 0 ? .min : .max }
    let (sum, overflowed) = seconds.addingReportingOverflow(Int64(time.tv_nsec))
    return overflowed ? .max : sum
  }
}
