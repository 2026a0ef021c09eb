import Glibc
public import OVABasics
import OVAByteSource

/// A file that appears under its name whole or not at all.
///
/// Until `commit()` it has no name, so that nothing stays of it, whatever ends the process. Where
/// the file system has no nameless files it is written as `.name.….partial` beside its final
/// place and renamed; such a file may stay behind when the process is killed.
public final class AtomicFile {
  /// The path it is to have.
  public let path: String
  private var descriptor: Int32
  private let folder: String
  private let name: String
  /// The name it has until it is committed; nil when it has none.
  private var hiddenPath: String?

  /// Creates an empty file for `path`, readable by whom the process's mask allows.
  /// - Throws: `ArchiveError` `outputFailed` with the system's words.
  public convenience init(path: String) throws(ArchiveError) {
    try self.init(path: path, isNameless: true)
  }

  /// - Parameter isNameless: false to give it a hidden name even where it needs none.
  package init(path: String, isNameless: Bool) throws(ArchiveError) {
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
    self.name = name
    if isNameless, let descriptor = Self.openNameless(in: folder) {
      self.descriptor = descriptor
      return
    }
    for _ in 0..<100 {
      let hidden = Self.hiddenPath(of: name, in: folder)
      let descriptor = unsafe open(hidden, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 {
        self.descriptor = descriptor
        hiddenPath = hidden
        return
      }
      if errno != EEXIST { break }
    }
    throw Self.failure(errno, "create it", path)
  }

  deinit { discard() }

  /// The path by which the bytes can be read before the file has its name.
  public var readingPath: String { hiddenPath ?? Self.path(of: descriptor) }

  /// A file without a name, where the file system has such; nil also where it cannot be named
  /// later, for want of `/proc`.
  private static func openNameless(in folder: String) -> Int32? {
    // O_TMPFILE, whose C macro is made of two others.
    let descriptor = unsafe open(folder, O_WRONLY | O_CLOEXEC | 0o20_000_000 | O_DIRECTORY, 0o666)
    guard descriptor >= 0 else { return nil }
    guard unsafe access(Self.path(of: descriptor), F_OK) == 0 else {
      close(descriptor)
      return nil
    }
    return descriptor
  }

  private static func path(of descriptor: Int32) -> String { "/proc/self/fd/\(descriptor)" }

  /// A name beside the final one that nobody else has.
  private static func hiddenPath(of name: String, in folder: String) -> String {
    // A name may have 255 bytes; the mark takes its share.
    var start = ""
    for scalar in name.unicodeScalars where start.utf8.count < 200 {
      start.unicodeScalars.append(scalar)
    }
    let mark = String(UInt64.random(in: .min ... .max), radix: 36)
    return "\(folder).\(start).\(mark).partial"
  }

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
    guard moveIntoPlace(replaces: replaces) else { throw failAndDiscard("rename it into place") }
    hiddenPath = nil
    let closed = close(descriptor)
    descriptor = -1
    guard closed == 0 else { throw Self.failure(errno, "write it", path) }
    let folderDescriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folderDescriptor >= 0 else { return }
    // Some file systems know no fsync of folders; the file itself is safe by now.
    _ = fsync(folderDescriptor)
    close(folderDescriptor)
  }

  private func moveIntoPlace(replaces: Bool) -> Bool {
    if let hiddenPath {
      return replaces ? unsafe rename(hiddenPath, path) == 0 : moveWithoutReplacing(hiddenPath)
    }
    if link(to: path) { return true }
    guard errno == EEXIST, replaces else { return false }
    // A link never replaces; a name that does has to be made first.
    for _ in 0..<100 {
      let hidden = Self.hiddenPath(of: name, in: folder)
      if link(to: hidden) {
        hiddenPath = hidden
        return unsafe rename(hidden, path) == 0
      }
      if errno != EEXIST { return false }
    }
    return false
  }

  /// Gives the nameless file a name that nothing has.
  private func link(to path: String) -> Bool {
    unsafe linkat(AT_FDCWD, Self.path(of: descriptor), AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0
  }

  private func moveWithoutReplacing(_ hiddenPath: String) -> Bool {
    // A second link never replaces, as a renaming would.
    if unsafe Glibc.link(hiddenPath, path) == 0 {
      _ = unsafe unlink(hiddenPath)
      return true
    }
    // Not every file system has links.
    guard errno == EPERM || errno == EOPNOTSUPP || errno == EMLINK else { return false }
    var status = stat()
    guard unsafe lstat(path, &status) != 0 else {
      errno = EEXIST
      return false
    }
    return unsafe rename(hiddenPath, path) == 0
  }

  /// Removes what has been written, unless it has its name already.
  public func discard() {
    guard descriptor >= 0 else { return }
    close(descriptor)
    descriptor = -1
    if let hiddenPath { _ = unsafe unlink(hiddenPath) }
    hiddenPath = nil
  }

  private func failAndDiscard(_ doing: String) -> ArchiveError {
    let error = Self.failure(errno, doing, path)
    discard()
    return error
  }

  private static func failure(_ number: Int32, _ doing: String, _ path: String) -> ArchiveError {
    let error = ByteSourceError(errno: number, doing: doing, place: Place(path))
    return ArchiveError(
      code: .outputFailed, doing: doing, reason: error.reason, place: Place(path),
      fix: ByteSourceError.remedy(writing: number))
  }
}
