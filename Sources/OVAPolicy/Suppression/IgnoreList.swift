package import OVABasics
package import OVATime

/// The entries of an ignore file: findings that somebody has accepted, and why.
package struct IgnoreList: Hashable, Sendable {
  /// One entry.
  package struct Entry: Hashable, Sendable {
    /// The rule that is accepted.
    package let rule: RuleName
    /// The packages and files in which it is accepted; nil for all.
    package let path: IgnorePath?
    /// The reason.
    package let reason: String
    /// The first day on which it is accepted no more; nil for never.
    package let expires: CalendarDay?
    /// The line of the entry.
    package let place: Place

    package init(
      rule: RuleName, path: IgnorePath?, reason: String, expires: CalendarDay?, place: Place
    ) {
      self.rule = rule
      self.path = path
      self.reason = reason
      self.expires = expires
      self.place = place
    }

    /// Returns whether the entry no longer holds.
    package func isExpired(on today: CalendarDay) -> Bool { expires.map { $0 <= today } ?? false }
  }

  /// The file, as messages name it.
  package let file: String
  /// The file's folder, which patterns are relative to.
  package let base: BasePath
  /// The entries in the file's order.
  package let entries: [Entry]

  package init(file: String, base: BasePath, entries: [Entry]) {
    self.file = file
    self.base = base
    self.entries = entries
  }
}
