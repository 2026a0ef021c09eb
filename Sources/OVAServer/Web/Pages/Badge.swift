import OVACatalog

/// A word in a color that tells its weight, and means the same without it.
struct Badge: Hashable {
  var text: String
  /// `error`, `warning`, `info`, `good` or `unknown`.
  var kind: String

  /// Returns the badges of an image's state, the worst first.
  static func verdict(_ summary: ImageSummary?) -> [Badge] {
    guard let summary else { return [] }
    var badges: [Badge] = []
    func add(_ number: Int, _ word: String) {
      guard number > 0 else { return }
      badges.append(Badge(text: "\(number) \(word)\(number == 1 ? "" : "s")", kind: word))
    }
    if summary.state == .unreadable { badges.append(Badge(text: "unreadable", kind: "error")) }
    if summary.state == .broken { badges.append(Badge(text: "broken", kind: "error")) }
    if summary.state == .truncated { badges.append(Badge(text: "truncated", kind: "error")) }
    add(summary.errors, "error")
    if summary.state == .waiting { badges.append(Badge(text: "incomplete", kind: "warning")) }
    add(summary.warnings, "warning")
    if summary.state == .changing { badges.append(Badge(text: "still changing", kind: "info")) }
    guard badges.isEmpty else { return badges }
    return summary.size == nil
      ? [Badge(text: "not checked", kind: "unknown")] : [Badge(text: "good", kind: "good")]
  }

  /// Returns the badge for the state of a sync.
  static func of(_ request: SyncRequestRow) -> Badge {
    switch request.status {
    case .submitted, .pending, .scheduled: Badge(text: "waiting", kind: "info")
    case .inProgress: Badge(text: "running", kind: "info")
    case .errorRetry: Badge(text: "waiting to be tried again", kind: "warning")
    case .processed:
      request.errors.isEmpty
        ? Badge(text: "done", kind: "good") : Badge(text: "done, with errors", kind: "error")
    case .error: Badge(text: "failed", kind: "error")
    case .cancelled: Badge(text: "canceled", kind: "warning")
    }
  }
}
