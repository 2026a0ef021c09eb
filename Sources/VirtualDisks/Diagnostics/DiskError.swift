public import OVABasics
public import OVAByteSource

/// The error of opening or reading a disk.
///
/// A damaged disk is no error: it is a `VirtualDisk` with diagnostics.
public typealias DiskError = Explained<DiskFailure>

/// The kinds of `DiskError`.
public enum DiskFailure: String, Sendable {
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

extension DiskError {
  /// The error for bytes that could not be had.
  public init(_ error: ByteSourceError) {
    let code: Code =
      switch error.code {
      case .limitExceeded: .limitExceeded
      case .passed: .passed
      default: .unreadable
      }
    self.init(error, as: code)
  }
}

extension ByteSource {
  /// Up to `count` bytes from `offset` on, with its errors as a disk's.
  func diskBytes(at offset: UInt64, count: Int) throws(DiskError) -> [UInt8] {
    do throws(ByteSourceError) {
      return try bytes(at: offset, count: count)
    } catch {
      throw DiskError(error)
    }
  }
}
