import OVAByteSource

/// A file that may be deleted, and the facts that it had when it was judged.
struct Removal: Hashable, Sendable {
  /// The path for the operating system.
  let path: String
  let device: Int64
  let inode: Int64
  /// Bytes.
  let size: Int64
  /// Nanoseconds since 1970.
  let modified: Int64
  /// The number of names the file had in its file system.
  let links: Int64
  /// True if it is a symbolic link, of which only the place is known.
  let isLink: Bool
  /// Bytes that are free once it and those before it in its finding are gone.
  let bytes: Int64

  /// True if the file is still there under this path, by whatever links: enough for one that stays.
  var isThere: Bool {
    guard let facts = try? FileFacts.of(path: path) else { return false }
    return Int64(bitPattern: facts.device) == device && Int64(bitPattern: facts.inode) == inode
      && Int64(clamping: facts.size) == size && facts.modified == modified
  }

  /// True if the file is still what was judged.
  var isAsJudged: Bool {
    guard let facts = try? FileFacts.of(path: path, followsLinks: false),
      Int64(bitPattern: facts.device) == device, Int64(bitPattern: facts.inode) == inode
    else { return false }
    if isLink { return facts.kind == .link && path.realPath == nil }
    return facts.kind == .regular && Int64(clamping: facts.size) == size
      && facts.modified == modified && Int64(clamping: facts.links) == links
  }
}
