import Glibc
public import OVABasics

/// The entries of a folder, without those of the folders in it.
public struct FolderListing: Sendable {
  /// One name in the folder.
  public struct Entry: Sendable, Hashable {
    /// The name, as `String(fileSystemBytes:)` tells it.
    public let name: String
    /// The kind of entry, where the file system tells it while listing; nil asks for a look at the
    /// file.
    public let kind: FileFacts.Kind?
  }

  /// The entries in the order of their names' bytes, whatever order the file system gives.
  public let entries: [Entry]

  /// Lists a folder.
  /// - Parameters:
  ///   - path: the folder.
  ///   - limit: the most names accepted, `Limits.folderNames` where a package lies.
  public static func of(path: String, limit: Int = .max) throws(ByteSourceError) -> FolderListing {
    var opened = unsafe path.withFileSystemPath { unsafe opendir($0) }
    while unsafe opened == nil, errno == EINTR {
      unsafe opened = path.withFileSystemPath { unsafe opendir($0) }
    }
    guard let folder = unsafe opened else {
      throw ByteSourceError(errno: errno, doing: "list the folder", place: Place(path))
    }
    defer { unsafe closedir(folder) }
    var entries: [Entry] = []
    while true {
      errno = 0
      guard let record = unsafe readdir(folder) else { break }
      let bytes = unsafe withUnsafeBytes(of: &record.pointee.d_name) { name in
        unsafe Array(name.prefix { $0 != 0 })
      }
      if bytes == [0x2E] || bytes == [0x2E, 0x2E] { continue }
      entries.append(
        Entry(name: String(fileSystemBytes: bytes), kind: unsafe kind(record.pointee.d_type)))
      guard entries.count <= limit else {
        throw ByteSourceError(
          code: .limitExceeded, doing: "list the folder",
          reason: "more names than the limit 'folderNames' of \(limit)", place: Place(path))
      }
    }
    if errno != 0 {
      throw ByteSourceError(errno: errno, doing: "list the folder", place: Place(path))
    }
    entries.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    return FolderListing(entries: entries)
  }

  private static func kind(_ type: UInt8) -> FileFacts.Kind? {
    switch Int(type) {
    case Int(DT_REG): .regular
    case Int(DT_DIR): .folder
    case Int(DT_LNK): .link
    case Int(DT_UNKNOWN): nil
    default: .special
    }
  }
}
