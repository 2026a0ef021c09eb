package import OVACatalog

/// The results of sending a letter.
package enum LetterOutcome: String, CaseIterable, Sendable {
  /// The mail program took it.
  case sent
  /// It is tried again later.
  case retried
  /// It is not tried any more.
  case dropped
}

/// Counts what the jobs beside the server do.
package protocol JobCounting: Sendable {
  /// A sync ended with this status after so long.
  func synced(_ status: RequestStatus, time: Duration)
  /// A scan of a watched repository ended.
  func scanned(_ wentWell: Bool)
  /// An attempt to send a letter ended.
  func lettered(_ outcome: LetterOutcome)
}
