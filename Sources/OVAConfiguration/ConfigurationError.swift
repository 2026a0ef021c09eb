public import OVABasics

/// Why a configuration cannot be followed.
public struct ConfigurationError: ExplainedError, Equatable {
  /// The kinds of failure.
  public enum Code: String, Sendable {
    /// The file cannot be read.
    case unreadable
    /// The file is no YAML, or not of the expected shape.
    case malformed
    /// A key that means nothing.
    case unknownKey
    /// A key that is needed is missing.
    case missingKey
    /// A value of the wrong kind or out of range.
    case invalidValue
  }

  public let code: Code
  public let doing: String
  public let reason: String
  public let place: Place
  public let fix: String?

  /// Makes an error from its parts.
  public init(code: Code, reason: String, place: Place, fix: String? = nil) {
    self.code = code
    self.doing = "follow the configuration"
    self.reason = reason
    self.place = place
    self.fix = fix
  }
}
