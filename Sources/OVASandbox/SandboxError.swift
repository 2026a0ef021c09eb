public import OVABasics

/// Why a process could not be confined, or a confined one not be started.
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
