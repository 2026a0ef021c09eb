public import OVABasics

/// The error of a configuration.
public typealias ConfigurationError = Explained<ConfigurationFailure>

/// The kinds of `ConfigurationError`.
public enum ConfigurationFailure: String, Sendable {
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

extension ConfigurationError {
  /// The same, told as what was being done.
  func whileDoing(_ doing: String) -> ConfigurationError {
    ConfigurationError(code: code, doing: doing, reason: reason, place: place, fix: fix)
  }

  /// An error of the configuration at `place`.
  public init(code: Code, reason: String, place: Place, fix: String? = nil) {
    self.init(
      code: code, doing: "follow the configuration", reason: reason, place: place, fix: fix)
  }
}
