public import OVABasics
import OVAByteSource

/// The error of an archive that could not be read or written.
public typealias ArchiveError = Explained<ArchiveFailure>

/// The kinds of `ArchiveError`.
public enum ArchiveFailure: String, Sendable {
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
  /// Something has the name of what was to be written, and is not to be replaced.
  case outputExists
  /// A member's bytes were more or fewer than announced.
  case sizeMismatch
  /// The library refused; the reason has its words.
  case refused
}

extension ArchiveError {
  /// The failure of the bytes below, met while doing something with the archive.
  init(_ error: ByteSourceError, doing: String) {
    self.init(error, as: .inputOutput, doing: doing)
  }
}
