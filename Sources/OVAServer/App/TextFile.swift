import Glibc
import OVAByteSource

/// Text files of settings and secrets, which are small.
enum TextFile {
  /// The text of a file of at most a megabyte; nil, with `errno` set where the system is why, when
  /// it cannot be read.
  static func text(_ path: String) -> String? {
    let file = uninterrupted {
      unsafe path.withFileSystemPath {
        unsafe open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
      }
    }
    guard file >= 0 else { return nil }
    defer {
      let number = errno
      close(file)
      errno = number
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while bytes.count <= 1 << 20 {
      let count = unsafe buffer.withUnsafeMutableBytes {
        unsafe read(file, $0.baseAddress, $0.count)
      }
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      if count < 0 {
        if errno == EINTR { continue }
        return nil
      }
      bytes += buffer.prefix(count)
    }
    errno = 0
    return nil
  }
}
