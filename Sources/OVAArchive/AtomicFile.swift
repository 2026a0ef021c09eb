import Glibc
public import OVABasics
import OVAByteSource

/// A file that appears under its name whole or not at all.
///
/// It is written beside its final place and renamed there by `commit()`; without that it vanishes,
/// also when the last reference goes. After a crash a file `.name.….partial` may stay.
public final class AtomicFile {
  /// The path it is to have.
  public let path: String
  /// The path it has until then.
  public let temporaryPath: String

  private var descriptor: Int32
  private let folder: String

  /// Creates an empty file beside `path`, readable by whom the process's mask allows.
  /// - Throws: `ArchiveError` `outputFailed` with the system's words.
  public init(path: String) throws(ArchiveError) {
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let name = slash.map { String(path[path.utf8.index(after: $0)...]) } ?? path
    let folder = slash.map { String(path[...$0]) } ?? "./"
    guard !name.isEmpty else {
      throw ArchiveError(
        code: .outputFailed, doing: "create it", reason: "the path names no file",
        place: Place(path))
    }
    self.path = path
    self.folder = folder
    // A name may have 255 bytes; the mark takes its share.
    var start = ""
    for scalar in name.unicodeScalars where start.utf8.count < 200 {
      start.unicodeScalars.append(scalar)
    }
    for _ in 0..<100 {
      let mark = String(UInt64.random(in: .min ... .max), radix: 36)
      let temporary = "\(folder).\(start).\(mark).partial"
      let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 {
        self.descriptor = descriptor
        temporaryPath = temporary
        return
      }
      if errno != EEXIST { break }
    }
    throw Self.failure(errno, "create it", path)
  }

  deinit { discard() }

  /// Writes all of `bytes` behind what is there.
  /// - Throws: `ArchiveError` `outputFailed`, for one when the disk is full.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(ArchiveError) {
    var done = 0
    while done < bytes.count, let base = bytes.baseAddress {
      let count = unsafe Glibc.write(descriptor, base + done, bytes.count - done)
      if count > 0 {
        done += count
      } else if count == 0 || errno != EINTR {
        throw Self.failure(count == 0 ? EIO : errno, "write it", path)
      }
    }
  }

  /// Makes the bytes last and gives the file its name.
  /// - Parameter replaces: whether the file takes the place of one that has the name already.
  /// - Throws: `ArchiveError` `outputFailed`; nothing is then left beside the place.
  public func commit(replaces: Bool = true) throws(ArchiveError) {
    guard descriptor >= 0 else { throw Self.failure(EBADF, "rename it", path) }
    guard fsync(descriptor) == 0 else { throw failAndDiscard("write it") }
    let closed = close(descriptor)
    descriptor = -1
    guard closed == 0, moveIntoPlace(replaces: replaces) else {
      let error = Self.failure(errno, "rename it into place", path)
      unsafe unlink(temporaryPath)
      throw error
    }
    let folderDescriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folderDescriptor >= 0 else { return }
    // Some file systems know no fsync of folders; the file itself is safe by now.
    _ = fsync(folderDescriptor)
    close(folderDescriptor)
  }

  private func moveIntoPlace(replaces: Bool) -> Bool {
    if replaces { return unsafe rename(temporaryPath, path) == 0 }
    // A second link never replaces, as a renaming would.
    if unsafe link(temporaryPath, path) == 0 {
      _ = unsafe unlink(temporaryPath)
      return true
    }
    // Not every file system has links.
    guard errno == EPERM || errno == EOPNOTSUPP || errno == EMLINK else { return false }
    var status = stat()
    guard unsafe lstat(path, &status) != 0 else {
      errno = EEXIST
      return false
    }
    return unsafe rename(temporaryPath, path) == 0
  }

  /// Removes what has been written, unless it has its name already.
  public func discard() {
    guard descriptor >= 0 else { return }
    close(descriptor)
    descriptor = -1
    _ = unsafe unlink(temporaryPath)
  }

  private func failAndDiscard(_ doing: String) -> ArchiveError {
    let error = Self.failure(errno, doing, path)
    discard()
    return error
  }

  private static func failure(_ number: Int32, _ doing: String, _ path: String) -> ArchiveError {
    let error = ByteSourceError(errno: number, doing: doing, place: Place(path))
    let fix =
      switch number {
      case EACCES, EPERM, EROFS: "give the user who runs this write permission"
      case ENOSPC, EDQUOT: "make room"
      case ENOENT, ENOTDIR: "make the folder first"
      default: String?.none
      }
    return ArchiveError(
      code: .outputFailed, doing: doing, reason: error.reason, place: Place(path), fix: fix)
  }
}
