import Glibc
public import OVABasics
import OVAByteSource

/// A file that appears under its name whole or not at all.
///
/// Until `commit()` it has no name, so that nothing stays of it, whatever ends the process. Where
/// the file system has no nameless files it is written as `.name.….partial` beside its final
/// place and renamed; such a file may stay behind when the process is killed.
///
/// Only an ordinary file is ever replaced, and only when that was asked for; what replaces it has
/// the same permissions.
public final class AtomicFile {
  /// The path it is to have, as text; see `FileNameText`.
  public let path: String
  private let replaces: Bool
  private var descriptor: Int32
  /// True once all bytes are flushed to the disk.
  private var isFinished = false
  private let folder: String
  private let name: String
  /// The name it has until it is committed; nil when it has none.
  private var hiddenPath: String?

  /// Creates an empty file for `path`, readable by whom the process's mask allows.
  /// - Parameters:
  ///   - path: the path that it is to have.
  ///   - replaces: whether it may take the place of a file that has the name already.
  /// - Throws: `ArchiveError`: `outputExists` when something has the name that is not to be
  ///   replaced, and `outputFailed` with the system's words.
  public convenience init(path: String, replaces: Bool = false) throws(ArchiveError) {
    try self.init(path: path, replaces: replaces, isNameless: true)
  }

  /// - Parameter isNameless: false to give it a hidden name even where it needs none.
  package init(path: String, replaces: Bool = false, isNameless: Bool) throws(ArchiveError) {
    let (folder, name) = Self.split(path)
    guard !name.isEmpty else {
      throw ArchiveError(
        code: .outputFailed, doing: "create it", reason: "the path names no file",
        place: Place(path))
    }
    try Self.refuseExisting(path, replaces: replaces)
    self.path = path
    self.replaces = replaces
    self.folder = folder
    self.name = name
    if isNameless, let descriptor = Self.openNameless(in: folder) {
      self.descriptor = descriptor
      return
    }
    for _ in 0..<100 {
      let hidden = Self.hiddenPath(of: name, in: folder)
      let descriptor = uninterrupted {
        unsafe hidden.withFileSystemPath {
          unsafe open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        }
      }
      if descriptor >= 0 {
        self.descriptor = descriptor
        hiddenPath = hidden
        return
      }
      if errno != EEXIST { break }
    }
    throw Self.failure(errno, "create it", path)
  }

  /// Refuses a path where something is that is not to be replaced: anything but an ordinary file,
  /// and that too unless it was asked for.
  /// - Throws: `ArchiveError` `outputExists`.
  public static func refuseExisting(_ path: String, replaces: Bool) throws(ArchiveError) {
    guard let facts = try? FileFacts.of(path: path, followsLinks: false) else { return }
    let reason: String
    let fix: String
    switch facts.kind {
    case .regular:
      if replaces { return }
      throw exists(path)
    case .folder: (reason, fix) = ("it is a folder", "name a file in it")
    case .link: (reason, fix) = ("it is a symbolic link", "name the file that it leads to")
    case .special:
      (reason, fix) = ("it is a device, pipe or socket, which cannot be replaced", "name a file")
    }
    throw ArchiveError(
      code: .outputExists, doing: "write it", reason: reason, place: Place(path), fix: fix)
  }

  private static func exists(_ path: String) -> ArchiveError {
    ArchiveError(
      code: .outputExists, doing: "write it", reason: "there is a file of that name already",
      place: Place(path), fix: "choose another name, or say --force")
  }

  deinit { discard() }

  /// The path by which the bytes can be read before the file has its name.
  public var readingPath: String { hiddenPath ?? Self.path(of: descriptor) }

  /// A file without a name, where the file system has such; nil also where it cannot be named
  /// later, for want of `/proc`.
  private static func openNameless(in folder: String) -> Int32? {
    // O_TMPFILE, whose C macro is made of two others.
    let descriptor = uninterrupted {
      unsafe folder.withFileSystemPath {
        unsafe open($0, O_WRONLY | O_CLOEXEC | 0o20_000_000 | O_DIRECTORY, 0o666)
      }
    }
    guard descriptor >= 0 else { return nil }
    guard unsafe access(Self.path(of: descriptor), F_OK) == 0 else {
      close(descriptor)
      return nil
    }
    return descriptor
  }

  private static func path(of descriptor: Int32) -> String { "/proc/self/fd/\(descriptor)" }

  /// A path as its folder with the slash, and the name in it.
  private static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return ("./", path) }
    return (String(path[...slash]), String(path[path.utf8.index(after: slash)...]))
  }

  /// A path beside the final one that no other file has.
  static func hiddenPath(for path: String) -> String {
    let (folder, name) = split(path)
    return hiddenPath(of: name, in: folder)
  }

  /// A name beside the final one that no other file has.
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
    guard let number = unsafe writeAll(bytes, to: descriptor) else { return }
    throw Self.failure(number, "write it", path)
  }

  /// Writes all of `bytes` behind what is there.
  /// - Throws: `ArchiveError` `outputFailed`, for one when the disk is full.
  public func write(_ bytes: [UInt8]) throws(ArchiveError) {
    guard let number = unsafe bytes.withUnsafeBytes({ unsafe writeAll($0, to: descriptor) }) else {
      return
    }
    throw Self.failure(number, "write it", path)
  }

  /// Makes the bytes last and gives the file its name.
  /// - Throws: `ArchiveError`: `outputExists` when something has got the name meanwhile that is not
  ///   to be replaced, and `outputFailed`; nothing is then left beside the place.
  public func commit() throws(ArchiveError) {
    if !isFinished { try finish() }
    guard moveIntoPlace() else {
      let isTaken = errno == EEXIST
      let error = failAndDiscard("rename it into place")
      throw isTaken ? Self.exists(path) : error
    }
    hiddenPath = nil
    closeDescriptor()
    Self.synchronize(folder)
  }

  /// Makes the bytes last; no more can be written. A file with a hidden name is closed, so that many
  /// can wait for their names.
  func finish() throws(ArchiveError) {
    guard descriptor >= 0 else { throw Self.failure(EBADF, "write it", path) }
    takeOverPermissions()
    guard uninterrupted({ fsync(descriptor) }) == 0 else { throw failAndDiscard("write it") }
    isFinished = true
    if hiddenPath != nil { closeDescriptor() }
  }

  /// The bytes are on the disk, or are not wanted: nothing that closing tells would be about them.
  private func closeDescriptor() {
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
  }

  /// Gives the file owner, group and permissions of the one that it is to replace, as far as the
  /// system lets it.
  private func takeOverPermissions() {
    var old = stat()
    guard replaces, unsafe path.withFileSystemPath({ unsafe lstat($0, &old) }) == 0,
      old.st_mode & S_IFMT == S_IFREG
    else { return }
    var mode = old.st_mode & 0o777
    if fchown(descriptor, old.st_uid, old.st_gid) != 0,
      fchown(descriptor, uid_t.max, old.st_gid) != 0
    {
      // What its group was allowed is not for another group.
      mode &= ~0o070
    }
    _ = fchmod(descriptor, mode)
  }

  /// Makes the names in a folder last. Some file systems know no `fsync` of folders; the bytes of
  /// its files are safe by then.
  package static func synchronize(_ folder: String) {
    let descriptor = uninterrupted {
      unsafe folder.withFileSystemPath { unsafe open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    }
    guard descriptor >= 0 else { return }
    _ = uninterrupted { fsync(descriptor) }
    close(descriptor)
  }

  private func moveIntoPlace() -> Bool {
    if let hiddenPath {
      return replaces ? Self.rename(hiddenPath, path) : moveWithoutReplacing(hiddenPath)
    }
    if link(to: path) { return true }
    guard errno == EEXIST, replaces else { return false }
    // A link never replaces; a name that does has to be made first.
    for _ in 0..<100 {
      let hidden = Self.hiddenPath(of: name, in: folder)
      if link(to: hidden) {
        hiddenPath = hidden
        return Self.rename(hidden, path)
      }
      if errno != EEXIST { return false }
    }
    return false
  }

  /// Removes a name. Whether it did; else `errno` says why.
  @discardableResult
  static func remove(_ path: String) -> Bool {
    unsafe path.withFileSystemPath { unsafe unlink($0) } == 0
  }

  static func rename(_ old: String, _ new: String) -> Bool {
    unsafe old.withFileSystemPath { old in
      unsafe new.withFileSystemPath { new in unsafe Glibc.rename(old, new) }
    } == 0
  }

  /// Gives the nameless file a name that nothing has.
  private func link(to path: String) -> Bool {
    unsafe path.withFileSystemPath { path in
      unsafe linkat(AT_FDCWD, Self.path(of: descriptor), AT_FDCWD, path, AT_SYMLINK_FOLLOW)
    } == 0
  }

  private func moveWithoutReplacing(_ hiddenPath: String) -> Bool {
    // A second link never replaces, as a renaming would.
    let linked = unsafe hiddenPath.withFileSystemPath { old in
      unsafe path.withFileSystemPath { new in unsafe Glibc.link(old, new) }
    }
    if linked == 0 {
      Self.remove(hiddenPath)
      return true
    }
    // Not every file system has links.
    guard errno == EPERM || errno == EOPNOTSUPP || errno == EMLINK else { return false }
    var status = stat()
    guard unsafe path.withFileSystemPath({ unsafe lstat($0, &status) }) != 0 else {
      errno = EEXIST
      return false
    }
    return Self.rename(hiddenPath, path)
  }

  /// Removes what has been written, unless it has its name already.
  public func discard() {
    closeDescriptor()
    isFinished = false
    if let hiddenPath { Self.remove(hiddenPath) }
    hiddenPath = nil
  }

  private func failAndDiscard(_ doing: String) -> ArchiveError {
    let error = Self.failure(errno, doing, path)
    discard()
    return error
  }

  package static func failure(_ number: Int32, _ doing: String, _ path: String) -> ArchiveError {
    let error = ByteSourceError(errno: number, doing: doing, place: Place(path))
    return ArchiveError(
      code: .outputFailed, doing: doing, reason: error.reason, place: Place(path),
      fix: ByteSourceError.remedy(writing: number))
  }
}
