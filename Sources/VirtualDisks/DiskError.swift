public import OVABasics
public import OVAByteSource

/// Why nothing could be said of a disk, or its contents could not be given.
///
/// A damaged disk is no error: it is a `VirtualDisk` with faults.
public struct DiskError: ExplainedError, Equatable {
  /// The kinds of failure.
  public enum Code: String, Sendable {
    /// The bytes could not be had.
    case unreadable
    /// The format, or this variant of it, has no grain tables that are read here.
    case unsupported
    /// The disk's structure is damaged where it is needed.
    case damaged
    /// A limit of `Limits` was hit; the reason names it.
    case limitExceeded
    /// The bytes passed in a stream and were not kept: the disk may be sound.
    case passed
  }

  public let code: Code
  public let doing: String
  public let reason: String
  public let place: Place
  public let fix: String?

  /// Makes an error from its parts.
  public init(code: Code, doing: String, reason: String, place: Place, fix: String? = nil) {
    self.code = code
    self.doing = doing
    self.reason = reason
    self.place = place
    self.fix = fix
  }

  /// The error for bytes that could not be had.
  public init(_ error: ByteSourceError) {
    let code: Code =
      switch error.code {
      case .limitExceeded: .limitExceeded
      case .passed: .passed
      default: .unreadable
      }
    self.init(
      code: code, doing: error.doing,
      reason: error.reason, place: error.place, fix: error.fix)
  }
}

extension ByteSource {
  /// Up to `count` bytes from `offset` on, its errors told as a disk's.
  func diskBytes(at offset: UInt64, count: Int) throws(DiskError) -> [UInt8] {
    do throws(ByteSourceError) {
      return try bytes(at: offset, count: count)
    } catch {
      throw DiskError(error)
    }
  }
}
