public import OVABasics

/// Why repositories could not be scanned.
public typealias IndexError = Explained<IndexFailure>

/// The kinds of `IndexError`.
public enum IndexFailure: String, Sendable {
  /// Another process scans into the same catalogue.
  case busy
  /// A pattern or policy has no meaning.
  case invalidPattern = "invalid-pattern"
}
