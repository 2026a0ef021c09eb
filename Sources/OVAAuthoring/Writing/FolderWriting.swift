import Glibc
import OVAArchive
import OVABasics
import OVAByteSource
import OVAIntegrity
import OVAPackage

/// A folder that appears under its name whole or not at all, and outside which nothing is written.
///
/// Every name is followed component by component from the folder's own descriptor, through no
/// link, and no file is opened that was there before.
@safe final class FolderWriting {
  private let path: String
  private let replaces: Bool
  private let parent: String
  private let temporaryPath: String
  private var root: Int32
  private var made: [Made] = []
  /// The bytes on their way from a source to a file, a mebibyte. One for each file would not find
  /// its place again in memory where something is kept of each.
  private let buffer: UnsafeMutableRawBufferPointer
  private var isCommitted = false

  /// A file or folder that was made, by its name below the root.
  private struct Made {
    let name: String
    let isFolder: Bool
  }

  /// Makes an empty folder beside `path`.
  /// - Parameter replaces: whether it may take the place of a folder, if there is nothing in that
  ///   but files of the names that are written.
  init(_ path: String, replaces: Bool) throws(PackageError) {
    self.path = path
    self.replaces = replaces
    if let facts = try? FileFacts.of(path: path, followsLinks: false) {
      guard replaces, facts.kind == .folder else {
        throw Self.exists(
          path, facts.kind == .folder ? "there is a folder of that name already" : nil)
      }
    }
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    parent = slash.map { String(path[...$0]) } ?? ""
    let temporaryPath = Self.hiddenPath(in: parent)
    self.temporaryPath = temporaryPath
    guard unsafe temporaryPath.withFileSystemPath({ unsafe mkdir($0, 0o777) }) == 0 else {
      throw Self.failure(errno, "make the folder", path)
    }
    root = uninterrupted {
      unsafe temporaryPath.withFileSystemPath {
        unsafe open($0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      }
    }
    guard root >= 0 else {
      let number = errno
      _ = unsafe temporaryPath.withFileSystemPath { unsafe rmdir($0) }
      throw Self.failure(number, "open the folder", path)
    }
    unsafe buffer = .allocate(byteCount: 1 << 20, alignment: 64)
  }

  deinit { unsafe buffer.deallocate() }

  /// Writes a file and says its digests; nil when it was cancelled before the end.
  func write(
    _ file: PackagePath, _ source: any ByteSource, modified: Int64,
    _ algorithms: Set<DigestAlgorithm>, isStopped: () -> Bool, progress: (UInt64) -> Void
  ) throws(PackageError) -> [DigestValue]? {
    let folder = try openFolder(file.folder)
    defer { close(folder) }
    let descriptor = uninterrupted {
      unsafe file.name.withFileSystemPath {
        unsafe openat(folder, $0, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
      }
    }
    guard descriptor >= 0 else { throw Self.failure(errno, "create it", shown(file.text)) }
    defer { close(descriptor) }
    made.append(Made(name: file.text, isFolder: false))
    var digester = Digester(algorithms)
    var offset: UInt64 = 0
    while offset < source.size {
      if isStopped() { return nil }
      let count: Int
      do throws(ByteSourceError) {
        count = unsafe try source.read(at: offset, into: buffer)
      } catch {
        throw PackageError(error)
      }
      guard count > 0 else { break }
      let piece = unsafe UnsafeRawBufferPointer(rebasing: buffer[..<count])
      unsafe digester.update(piece)
      if let number = unsafe writeAll(piece, to: descriptor) {
        throw Self.failure(number, "write it", shown(file.text))
      }
      offset += UInt64(count)
      progress(UInt64(count))
    }
    // A time that the file system cannot hold is no reason to refuse the file.
    var times = (timespec(), timespec(tv_sec: time_t(modified), tv_nsec: 0))
    times.0.tv_nsec = (1 << 30) - 1  // UTIME_NOW
    _ = unsafe withUnsafeBytes(of: &times) { bytes in
      unsafe futimens(descriptor, bytes.bindMemory(to: timespec.self).baseAddress)
    }
    guard uninterrupted({ fsync(descriptor) }) == 0 else {
      throw Self.failure(errno, "write it", shown(file.text))
    }
    return digester.finish()
  }

  /// Opens a folder below the root, making what is not there.
  private func openFolder(_ folder: String) throws(PackageError) -> Int32 {
    var current = dup(root)
    guard current >= 0 else { throw Self.failure(errno, "open the folder", path) }
    var walked = ""
    for part in folder.split(separator: "/").map(String.init) {
      walked += walked.isEmpty ? part : "/" + part
      let isNew = unsafe part.withFileSystemPath { unsafe mkdirat(current, $0, 0o777) } == 0
      if isNew { made.append(Made(name: walked, isFolder: true)) }
      let next = uninterrupted {
        unsafe part.withFileSystemPath {
          unsafe openat(current, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        }
      }
      let number = errno
      close(current)
      guard next >= 0 else { throw Self.failure(number, "make the folder", shown(walked)) }
      current = next
    }
    return current
  }

  /// Gives the folder its name.
  func commit() throws(PackageError) {
    _ = uninterrupted { fsync(root) }
    if (try? FileFacts.of(path: path, followsLinks: false)) != nil {
      guard replaces else { throw Self.exists(path) }
      try replace()
    } else {
      guard Self.rename(temporaryPath, path) else {
        throw Self.failure(errno, "rename it into place", path)
      }
    }
    isCommitted = true
    AtomicFile.synchronize(parent.isEmpty ? "." : parent)
  }

  /// Takes the place of the folder that is there, which is removed then.
  private func replace() throws(PackageError) {
    let known = Set(made.map(\.name))
    var old: [Made] = []
    do throws(ByteSourceError) {
      try list(into: &old)
    } catch {
      throw PackageError(error)
    }
    if let foreign = old.first(where: { !known.contains($0.name) }) {
      throw Self.exists(
        path, "it holds '\(foreign.name)', which is not in the archive",
        fix: "move that away, or choose another folder (-C)")
    }
    let aside = Self.hiddenPath(in: parent)
    guard Self.rename(path, aside) else { throw Self.failure(errno, "replace it", path) }
    guard Self.rename(temporaryPath, path) else {
      let number = errno
      _ = Self.rename(aside, path)
      throw Self.failure(number, "rename it into place", path)
    }
    for one in old.reversed() {
      _ = unsafe "\(aside)/\(one.name)".withFileSystemPath {
        unsafe one.isFolder ? rmdir($0) : unlink($0)
      }
    }
    _ = unsafe aside.withFileSystemPath { unsafe rmdir($0) }
  }

  /// All that lies in the folder that is there, each folder before what lies in it.
  private func list(
    below prefix: String = "", into found: inout [Made]
  ) throws(ByteSourceError) {
    for entry in try FolderListing.of(path: "\(path)/\(prefix)").entries {
      let name = prefix + entry.name
      let kind = try FileFacts.of(path: "\(path)/\(name)", followsLinks: false).kind
      found.append(Made(name: name, isFolder: kind == .folder))
      if kind == .folder { try list(below: name + "/", into: &found) }
    }
  }

  /// Removes what was made, unless it has its name.
  func discard() {
    guard root >= 0 else { return }
    if !isCommitted {
      for one in made.reversed() {
        _ = unsafe one.name.withFileSystemPath {
          unsafe unlinkat(root, $0, one.isFolder ? AT_REMOVEDIR : 0)
        }
      }
      _ = unsafe temporaryPath.withFileSystemPath { unsafe rmdir($0) }
    }
    close(root)
    root = -1
  }

  private static func hiddenPath(in parent: String) -> String {
    "\(parent).ova-unpack-\(String(UInt64.random(in: .min ... .max), radix: 36)).partial"
  }

  private static func rename(_ old: String, _ new: String) -> Bool {
    unsafe old.withFileSystemPath { old in
      unsafe new.withFileSystemPath { new in unsafe Glibc.rename(old, new) }
    } == 0
  }

  private static func exists(
    _ path: String, _ reason: String? = nil,
    fix: String = "choose another folder (-C), move it away, or say --force"
  ) -> PackageError {
    PackageError(
      code: .outputExists, doing: "write it",
      reason: reason ?? "there is something of that name already, which is no folder",
      place: Place(path), fix: fix)
  }

  private func shown(_ name: String) -> String { "\(path)/\(name)" }

  private static func failure(_ number: Int32, _ doing: String, _ path: String) -> PackageError {
    let error = ByteSourceError(errno: number, doing: doing, place: Place(path))
    return PackageError(
      code: .outputFailed, doing: doing, reason: error.reason, place: Place(path),
      fix: ByteSourceError.remedy(writing: number))
  }
}
