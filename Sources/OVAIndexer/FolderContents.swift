import Glibc
import OVABasics
import OVAByteSource

/// What lies in a folder, looked at through the opened folder: one system call for each file.
struct FolderContents {
  /// A file of the folder.
  struct File {
    let name: String
    let facts: FileFacts
    /// Whether a symbolic link led to it.
    var isLinked = false
  }

  let identity: FileFacts.Identity
  /// Regular files, in the order of their names' bytes.
  var files: [File] = []
  /// Folders, in the order that their paths have.
  var folders: [String] = []
  /// Symbolic links, in no order.
  var links: [String] = []
  /// Names that could not be looked at, with the cause.
  var failures: [(name: String, reason: String)] = []

  /// Reads a folder; hidden names and `lost+found` are left out.
  init(path: String) throws(ByteSourceError) {
    let descriptor = unsafe path.withFileSystemPath {
      unsafe open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }
    guard descriptor >= 0, let folder = unsafe fdopendir(descriptor) else {
      let error = ByteSourceError(errno: errno, doing: "list the folder", place: Place(path))
      if descriptor >= 0 { close(descriptor) }
      throw error
    }
    defer { unsafe closedir(folder) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw ByteSourceError(errno: errno, doing: "list the folder", place: Place(path))
    }
    identity = FileFacts(status).identity
    while true {
      errno = 0
      guard let record = unsafe readdir(folder) else { break }
      let type = unsafe Int(record.pointee.d_type)
      unsafe withUnsafePointer(to: &record.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { bytes in
          unsafe take(bytes, type: type, in: descriptor, &status)
        }
      }
    }
    if errno != 0 {
      throw ByteSourceError(errno: errno, doing: "list the folder", place: Place(path))
    }
    files.sort { $0.name.precedes($1.name) }
    folders.sort { ($0 + "/").precedes($1 + "/") }
    links.sort { $0.precedes($1) }
  }

  private mutating func take(
    _ bytes: UnsafePointer<CChar>, type: Int, in descriptor: Int32, _ status: inout stat
  ) {
    if unsafe bytes[0] == 0x2E || strcmp(bytes, "lost+found") == 0 { return }
    let name = unsafe String(entry: bytes)
    switch type {
    case Int(DT_DIR): folders.append(name)
    case Int(DT_LNK): links.append(name)
    case Int(DT_REG), Int(DT_UNKNOWN):
      guard unsafe fstatat(descriptor, bytes, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
        // What vanished between listing and looking is not there.
        if errno != ENOENT {
          let error = ByteSourceError(errno: errno, doing: "look at it", place: Place(name))
          failures.append((name, error.reason))
        }
        return
      }
      let facts = FileFacts(status)
      switch facts.kind {
      case .regular: files.append(File(name: name, facts: facts))
      case .folder: folders.append(name)
      case .link: links.append(name)
      case .special: break
      }
    default: break
    }
  }
}

extension String {
  /// A name out of a folder; nearly all are ASCII, and those cost one copy.
  fileprivate init(entry bytes: UnsafePointer<CChar>) {
    let buffer = unsafe UnsafeRawBufferPointer(start: bytes, count: strlen(bytes))
    if unsafe buffer.allSatisfy({ $0 < 0x80 && $0 != 0x5C }) {
      self = unsafe String(decoding: buffer, as: UTF8.self)
    } else {
      self = unsafe String(fileSystemBytes: buffer)
    }
  }

  /// Whether the text's bytes come before the other's.
  func precedes(_ other: String) -> Bool { compareBytes(other) < 0 }

  /// Below, at or above zero, as the text's bytes come before, equal or follow the other's.
  func compareBytes(_ other: String) -> Int {
    let order = unsafe utf8.withContiguousStorageIfAvailable { a in
      unsafe other.utf8.withContiguousStorageIfAvailable { b in
        guard let left = a.baseAddress, let right = b.baseAddress else {
          return a.count - b.count
        }
        let order = unsafe memcmp(left, right, min(a.count, b.count))
        return order != 0 ? Int(order) : a.count - b.count
      }
    }
    if let order = order ?? nil { return order }
    if utf8.elementsEqual(other.utf8) { return 0 }
    return utf8.lexicographicallyPrecedes(other.utf8) ? -1 : 1
  }
}
