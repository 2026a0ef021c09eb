public import OVABasics

/// Why repositories could not be scanned.
public struct IndexError: ExplainedError, Hashable {
  /// The kinds of failure.
  public enum Code: String, Hashable, Sendable {
    /// Another process scans into the same catalogue.
    case busy
    /// A pattern or policy has no meaning.
    case invalidPattern = "invalid-pattern"
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
}
