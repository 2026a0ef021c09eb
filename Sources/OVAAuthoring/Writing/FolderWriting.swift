import Glibc
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
  private let temporaryPath: String
  private var root: Int32
  private var made: [(name: String, isFolder: Bool)] = []
  private var isCommitted = false

  /// Makes an empty folder beside `path`.
  init(_ path: String) throws(PackageError) {
    self.path = path
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let parent = slash.map { String(path[...$0]) } ?? ""
    let mark = String(UInt64.random(in: .min ... .max), radix: 36)
    temporaryPath = "\(parent).ova-unpack-\(mark).partial"
    guard unsafe temporaryPath.withFileSystemPath({ unsafe mkdir($0, 0o777) }) == 0 else {
      throw Self.failure(errno, "make the folder", path)
    }
    root = unsafe temporaryPath.withFileSystemPath {
      unsafe open($0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    }
    guard root >= 0 else {
      let number = errno
      _ = unsafe temporaryPath.withFileSystemPath { unsafe rmdir($0) }
      throw Self.failure(number, "open the folder", path)
    }
  }

  /// Writes a file and says its digests; nil when it was told to stop before the end.
  func write(
    _ file: PackagePath, _ source: any ByteSource, modified: Int64,
    _ algorithms: Set<DigestAlgorithm>, isStopped: () -> Bool
  ) throws(PackageError) -> [DigestValue]? {
    let folder = try openFolder(file.folder)
    defer { close(folder) }
    let descriptor = unsafe file.name.withFileSystemPath {
      unsafe openat(folder, $0, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
    }
    guard descriptor >= 0 else { throw Self.failure(errno, "create it", shown(file.text)) }
    defer { close(descriptor) }
    made.append((file.text, false))
    var digester = Digester(algorithms)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { unsafe buffer.deallocate() }
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
      unsafe try write(piece, to: descriptor, file)
      offset += UInt64(count)
    }
    // A time that the file system cannot hold is no reason to refuse the file.
    var times = (timespec(), timespec(tv_sec: time_t(modified), tv_nsec: 0))
    times.0.tv_nsec = (1 << 30) - 1  // UTIME_NOW
    _ = unsafe withUnsafeBytes(of: &times) { bytes in
      unsafe futimens(descriptor, bytes.bindMemory(to: timespec.self).baseAddress)
    }
    guard fsync(descriptor) == 0 else { throw Self.failure(errno, "write it", shown(file.text)) }
    return digester.finish()
  }

  private func write(
    _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, _ file: PackagePath
  ) throws(PackageError) {
    var done = 0
    while done < bytes.count, let base = bytes.baseAddress {
      let count = unsafe Glibc.write(descriptor, base + done, bytes.count - done)
      if count > 0 {
        done += count
      } else if count == 0 || errno != EINTR {
        throw Self.failure(count == 0 ? EIO : errno, "write it", shown(file.text))
      }
    }
  }

  /// Opens a folder below the root, making what is not there.
  private func openFolder(_ folder: String) throws(PackageError) -> Int32 {
    var current = dup(root)
    guard current >= 0 else { throw Self.failure(errno, "open the folder", path) }
    var walked = ""
    for part in folder.split(separator: "/").map(String.init) {
      walked += walked.isEmpty ? part : "/" + part
      let isNew = unsafe part.withFileSystemPath { unsafe mkdirat(current, $0, 0o777) } == 0
      if isNew { made.append((walked, true)) }
      let next = unsafe part.withFileSystemPath {
        unsafe openat(current, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
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
    _ = fsync(root)
    let result = unsafe temporaryPath.withFileSystemPath { old in
      unsafe path.withFileSystemPath { unsafe rename(old, $0) }
    }
    guard result == 0 else { throw Self.failure(errno, "rename it into place", path) }
    isCommitted = true
  }

  /// Removes what was made, unless it has its name.
  func discard() {
    guard root >= 0 else { return }
    if !isCommitted {
      for (name, isFolder) in made.reversed() {
        _ = unsafe name.withFileSystemPath {
          unsafe unlinkat(root, $0, isFolder ? AT_REMOVEDIR : 0)
        }
      }
      _ = unsafe temporaryPath.withFileSystemPath { unsafe rmdir($0) }
    }
    close(root)
    root = -1
  }

  private func shown(_ name: String) -> String { "\(path)/\(name)" }

  private static func failure(_ number: Int32, _ doing: String, _ path: String) -> PackageError {
    let error = ByteSourceError(errno: number, doing: doing, place: Place(path))
    return PackageError(
      code: .outputFailed, doing: doing, reason: error.reason, place: Place(path),
      fix: ByteSourceError.remedy(writing: number))
  }
}
