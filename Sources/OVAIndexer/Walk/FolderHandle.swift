import Glibc
import OVABasics
import OVAByteSource

/// A folder that is open, so that what lies in it is asked for without its path.
@safe struct FolderHandle: ~Copyable {
  /// The descriptor for system calls that begin at the folder.
  let descriptor: Int32
  private let stream: OpaquePointer

  /// Opens a folder.
  /// - Parameters:
  ///   - path: for the operating system, below `parent` when that is given.
  ///   - parent: an open folder that the path begins at.
  ///   - followsLink: whether the folder may be a link to one.
  init(
    _ path: String, in parent: Int32? = nil, followsLink: Bool = true
  ) throws(ByteSourceError) {
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (followsLink ? 0 : O_NOFOLLOW)
    let descriptor = uninterrupted {
      unsafe path.withFileSystemPath { unsafe openat(parent ?? AT_FDCWD, $0, flags) }
    }
    guard descriptor >= 0, let stream = unsafe fdopendir(descriptor) else {
      let error = ByteSourceError(errno: errno, doing: "list the folder", place: Place(path))
      if descriptor >= 0 { close(descriptor) }
      throw error
    }
    self.descriptor = descriptor
    unsafe self.stream = stream
  }

  deinit { unsafe closedir(stream) }

  /// Returns the file system's facts of the folder itself.
  func facts() throws(ByteSourceError) -> FileFacts {
    try FileFacts.of(descriptor: descriptor, place: Place(""))
  }

  /// Hands over each name with the kind that the file system gives it, in no order.
  func forEachName(
    _ body: (_ name: UnsafePointer<CChar>, _ type: UInt8) -> Void
  ) throws(ByteSourceError) {
    while true {
      errno = 0
      guard let record = unsafe readdir(stream) else { break }
      let type = unsafe record.pointee.d_type
      unsafe withUnsafePointer(to: &record.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe body($0, type) }
      }
    }
    if errno != 0 { throw failure }
  }

  private var failure: ByteSourceError {
    ByteSourceError(errno: errno, doing: "list the folder", place: Place(""))
  }
}
