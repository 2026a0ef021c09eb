public import OVABasics

/// The error of this module.
public typealias TimeError = Explained<TimeFailure>

/// The kinds of `TimeError`.
public enum TimeFailure: String, Sendable {
  /// The machine has no time zone of that name.
  case unknownTimeZone = "unknown-time-zone"
}
