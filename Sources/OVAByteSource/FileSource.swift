import Glibc
public import OVABasics
public import SystemPackage

/// A regular file, read with `pread`.
///
/// The descriptor is closed when the last reference goes; reads from several threads are safe.
public final class FileSource: ByteSource {
  /// The name for messages: the path that was given.
  public let name: String
  /// The number of bytes when it was opened.
  public let size: UInt64
  /// The metadata at the time the file was opened.
  public let facts: FileFacts
  private let descriptor: Int32

  /// Opens a regular file for reading.
  ///
  /// Never waits on a pipe or device: anything but a regular file is refused.
  /// - Parameters:
  ///   - path: the path as text; see `FileNameText`.
  ///   - name: what places and errors call it; the path when nil.
  ///   - followsLinks: whether a symbolic link as the last component is followed.
  ///   - boundary: a folder, without links in its path, that the file must lie in; asked of what was
  ///     opened, so that a link that is put on the way meanwhile leads nowhere. Nil for anywhere.
  public init(
    path: String, name: String? = nil, followsLinks: Bool = true, within boundary: String? = nil
  ) throws(ByteSourceError) {
    let name = name ?? path
    let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | (followsLinks ? 0 : O_NOFOLLOW)
    let descriptor = uninterrupted {
      unsafe path.withFileSystemPath { unsafe open($0, flags) }
    }
    guard descriptor >= 0 else {
      if errno == ELOOP, !followsLinks {
        throw ByteSourceError(
          code: .notAFile, doing: "open it", reason: "it is a symbolic link", place: Place(name))
      }
      throw ByteSourceError(errno: errno, doing: "open it", place: Place(name))
    }
    let facts: FileFacts
    do throws(ByteSourceError) {
      facts = try FileFacts.of(descriptor: descriptor, place: Place(name))
    } catch {
      close(descriptor)
      throw error
    }
    guard facts.kind == .regular else {
      close(descriptor)
      throw ByteSourceError(
        code: .notAFile, doing: "read it", reason: "it is a \(facts.kind.rawValue), not a file",
        place: Place(name), fix: "name a file")
    }
    if let boundary, !Self.lies(descriptor, path, in: boundary) {
      close(descriptor)
      throw ByteSourceError(
        code: .permissionDenied, doing: "open it",
        reason: "a link leads to it from a folder that it does not lie in", place: Place(name))
    }
    self.name = name
    self.facts = facts
    self.size = facts.size
    self.descriptor = descriptor
  }

  /// Opens the regular file at a path of the file system.
  public convenience init(_ path: FilePath) throws(ByteSourceError) {
    try self.init(path: path.text)
  }

  /// Reads a regular file that is open for reading; the caller keeps and closes its own descriptor.
  /// - Parameters:
  ///   - descriptor: a file descriptor; its position is neither used nor changed.
  ///   - name: what places and errors call the file.
  /// - Throws: `ByteSourceError` when it is not open, or no regular file.
  public init(duplicating descriptor: Int32, name: String) throws(ByteSourceError) {
    let own = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    guard own >= 0 else {
      throw ByteSourceError(errno: errno, doing: "open it", place: Place(name))
    }
    let facts: FileFacts
    do throws(ByteSourceError) {
      facts = try FileFacts.of(descriptor: own, place: Place(name))
    } catch {
      close(own)
      throw error
    }
    guard facts.kind == .regular else {
      close(own)
      throw ByteSourceError(
        code: .notAFile, doing: "read it", reason: "it is a \(facts.kind.rawValue), not a file",
        place: Place(name), fix: "read it as a stream")
    }
    self.name = name
    self.facts = facts
    self.size = facts.size
    self.descriptor = own
  }

  /// Returns whether what was opened lies in a folder, by the system's own word; by its path's
  /// where the system does not say.
  private static func lies(_ descriptor: Int32, _ path: String, in folder: String) -> Bool {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe readlink("/proc/self/fd/\(descriptor)", &buffer, buffer.count)
    let real =
      count > 0
      ? String(fileSystemBytes: buffer.prefix(count).map { UInt8(bitPattern: $0) }) : path.realPath
    guard let real else { return false }
    return folder == "/" || real.utf8.starts(with: "\(folder)/".utf8)
  }

  deinit { close(descriptor) }

  public func read(
    at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer
  ) throws(ByteSourceError) -> Int {
    guard offset < size, let base = buffer.baseAddress else { return 0 }
    let wanted = Int(min(UInt64(buffer.count), size - offset))
    var done = 0
    while done < wanted {
      let count = uninterrupted {
        unsafe pread(descriptor, base + done, wanted - done, off_t(offset) + off_t(done))
      }
      if count > 0 {
        done += count
      } else if count == 0 {
        throw .becameShorter(Place(name, offset: offset + UInt64(done)))
      } else {
        throw ByteSourceError(
          errno: errno, doing: "read it", place: Place(name, offset: offset + UInt64(done)))
      }
    }
    return done
  }

  public func confirm(upTo end: UInt64) throws(ByteSourceError) {
    let now = try FileFacts.of(descriptor: descriptor, place: Place(name)).size
    if now < end { throw .becameShorter(Place(name, offset: now)) }
  }

  public func confirmUnchanged() throws(ByteSourceError) {
    let now = try FileFacts.of(descriptor: descriptor, place: Place(name))
    if now.size < facts.size { throw .becameShorter(Place(name, offset: now.size)) }
    guard now.isSameVersion(as: facts) else { throw .changed(Place(name)) }
  }

  /// Tells the kernel that the file will be read from front to back.
  public func willReadSequentially() {
    _ = posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
  }
}
