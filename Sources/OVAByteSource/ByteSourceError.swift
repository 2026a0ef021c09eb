public import OVABasics

#if canImport(Glibc)
  import Glibc
#endif

/// The error of opening and reading files.
public typealias ByteSourceError = Explained<ByteSourceFailure>

/// The kinds of `ByteSourceError`.
public enum ByteSourceFailure: String, Sendable {
  /// No file of that name.
  case notFound
  /// The file's permissions forbid reading.
  case permissionDenied
  /// A folder, device, socket or pipe where a file was meant.
  case notAFile
  /// The device or network failed while reading.
  case inputOutput
  /// A limit of `Limits` was hit; the reason names it.
  case limitExceeded
  /// The file was written, cut or replaced while it was being read.
  case changed
  /// The bytes passed in a stream and were not kept: nothing can be said of them any more.
  case passed
}

extension ByteSourceError {
  /// The error for an `errno` value, with the system's own words.
  public init(errno number: Int32, doing: String, place: Place) {
    let (code, fix): (Code, String?) =
      switch number {
      case ENOENT, ENOTDIR: (.notFound, "check the path")
      case EACCES, EPERM: (.permissionDenied, "give the user who runs this read permission")
      case EISDIR: (.notAFile, "name a file")
      // The path is at fault, which no file system takes, and not the machine.
      case ENAMETOOLONG, ELOOP: (.notAFile, "check the path")
      default: (.inputOutput, nil)
      }
    self.init(code: code, doing: doing, reason: systemWords(number), place: place, fix: fix)
  }

  /// The error for a file of which another version is there than when it was opened.
  static func changed(_ place: Place) -> ByteSourceError {
    ByteSourceError(
      code: .changed, doing: "read it", reason: "it changed while it was being read",
      place: place, fix: "wait until it is written")
  }

  /// The error for a file that no longer reaches as far as when it was opened.
  static func becameShorter(_ place: Place) -> ByteSourceError {
    ByteSourceError(
      code: .changed, doing: "read it", reason: "it became shorter while it was being read",
      place: place, fix: "wait until it is written")
  }

  /// Returns the remedy for an `errno` value met while writing.
  package static func remedy(writing number: Int32) -> String? {
    switch number {
    case EACCES, EPERM, EROFS: "give the user who runs this write permission"
    case ENOSPC, EDQUOT: "make room"
    case EFBIG: "write to a file system that takes larger files, or raise the limit (ulimit -f)"
    case ENOENT, ENOTDIR: "make the folder first"
    default: nil
    }
  }
}

/// The operating system's text for an `errno` value.
package func systemWords(_ number: Int32) -> String {
  unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
    guard let base = buffer.baseAddress, unsafe strerror_r(number, base, buffer.count) == 0 else {
      return "error \(number)"
    }
    return unsafe String(cString: base)
  }
}
