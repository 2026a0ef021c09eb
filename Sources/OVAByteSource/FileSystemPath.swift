import Glibc
import OVABasics

// Paths in packages, places and the catalog are text without loss (`FileNameText`). Only here they
// become what the operating system takes.
extension String {
  /// Calls `body` with the path as the operating system takes it; one with a NUL ends there.
  package func withFileSystemPath<Result>(
    _ body: (UnsafePointer<CChar>) throws -> Result
  ) rethrows -> Result {
    guard utf8.contains(UInt8(ascii: "\\")) else { return unsafe try withCString(body) }
    let bytes = fileSystemBytes.map { CChar(bitPattern: $0) } + [0]
    return unsafe try bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return unsafe try "".withCString(body) }
      return unsafe try body(base)
    }
  }

  /// The path without links, `.` and `..` in it; nil, with `errno` set, when it leads nowhere.
  package var realPath: String? {
    guard let resolved = unsafe withFileSystemPath({ unsafe realpath($0, nil) }) else {
      return nil
    }
    defer { unsafe free(resolved) }
    let bytes = unsafe UnsafeRawBufferPointer(start: resolved, count: strlen(resolved))
    return unsafe String(fileSystemBytes: bytes)
  }

  /// The target of the symbolic link at the path; nil when it is no link.
  package var linkTarget: String? {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = unsafe withFileSystemPath { unsafe readlink($0, &buffer, 4096) }
    guard count >= 0 else { return nil }
    return String(fileSystemBytes: buffer.prefix(count).map { UInt8(bitPattern: $0) })
  }
}
