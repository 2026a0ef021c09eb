public import OVABasics

/// The error of a process that could not be confined, or of a confined one that could not be
/// started.
public typealias SandboxError = Explained<SandboxFailure>

/// The kinds of `SandboxError`.
public enum SandboxFailure: String, Sendable {
  /// The process could not be started.
  case notStarted = "not-started"
  /// The process could not give up what it may do.
  case notConfined = "not-confined"
}

extension Explained where Code == SandboxFailure {
  /// An error of starting or confining the process that parses packages.
  init(_ code: SandboxFailure, _ reason: String) {
    self.init(
      code: code, doing: "start the process that parses packages", reason: reason,
      place: Place("sandbox"), fix: "see `ova version` for what this machine has")
  }
}
