public import OVABasics
import OVAByteSource

/// Why an archive could not be read or written.
public struct ArchiveError: ExplainedError, Equatable {
  /// The kinds of failure.
  public enum Code: String, Sendable {
    /// The bytes are no tar archive at all.
    case notAnArchive
    /// There are no bytes.
    case empty
    /// The bytes below the archive could not be read; the reason has the system's words.
    case inputOutput
    /// A limit of `Limits` was hit; the reason names it.
    case limitExceeded
    /// The bytes of this kind of member cannot be handed out as those of a file.
    case unreadableMember
    /// The archive or file that was being written could not be.
    case outputFailed
    /// A member's bytes were more or fewer than announced.
    case sizeMismatch
    /// The library refused; the reason has its words.
    case refused
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

  /// The failure of the bytes below, met while doing something with the archive.
  init(_ error: ByteSourceError, doing: String) {
    self.init(
      code: .inputOutput, doing: doing, reason: error.reason, place: error.place, fix: error.fix)
  }
}
