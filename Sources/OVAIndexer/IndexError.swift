public import OVABasics

/// The error of a scan that could not be made.
public typealias IndexError = Explained<IndexFailure>

/// The kinds of `IndexError`.
public enum IndexFailure: String, Sendable {
  /// Another process scans into the same catalog.
  case busy
  /// A folder to scan lies in another repository, or another one in it.
  case overlapping
  /// None of the folders to scan can be opened.
  case notOpened = "not-opened"
}
