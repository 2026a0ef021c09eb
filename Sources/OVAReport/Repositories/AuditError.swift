public import OVABasics

/// The error of an audit.
public typealias AuditError = Explained<AuditFailure>

/// The kinds of `AuditError`.
public enum AuditFailure: String, Sendable {
  /// A naming policy is no regular expression.
  case invalidPattern = "invalid-pattern"
}
