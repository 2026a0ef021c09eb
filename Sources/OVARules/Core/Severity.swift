/// The severity of a finding.
public enum Severity: String, Sendable, CaseIterable, Comparable, Codable {
  /// Worth knowing; nothing is wrong.
  case info
  /// Some product refuses or misreads it, or the standard advises against it.
  case warning
  /// The package is broken: it breaks a "shall" of the standard or will not import.
  case error

  /// Orders from info to error.
  public static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }

  private var rank: Int {
    switch self {
    case .info: 0
    case .warning: 1
    case .error: 2
    }
  }
}
