import OVABasics

/// The status of a sync request; the raw value is the one on the wire.
public enum RequestStatus: String, CaseIterable, Sendable {
  case submitted = "SUBMITTED"
  case pending = "PENDING"
  case scheduled = "SCHEDULED"
  case inProgress = "IN_PROGRESS"
  case processed = "PROCESSED"
  case error = "ERROR"
  case errorRetry = "ERROR_RETRY"
  case cancelled = "CANCELLED"

  /// True if nothing more will happen.
  public var isFinal: Bool {
    switch self {
    case .processed, .error, .cancelled: true
    case .submitted, .pending, .scheduled, .inProgress, .errorRetry: false
    }
  }

  /// The name for either spelling, in any case: `In Progress`, `Error Processed`, `PROCESSED`.
  static func name(of text: String) -> String {
    let upper = text.uppercased()
    let name = String(
      decoding: upper.utf8.map { $0 == 0x20 ? UInt8(ascii: "_") : $0 }, as: UTF8.self)
    return name.isExactly("ERROR_PROCESSED") ? RequestStatus.error.rawValue : name
  }
}
