public import OVABasics

/// One thing that a rule says of one package.
public struct Finding: Hashable, Sendable {
  /// The rule's stable id.
  public let rule: String
  /// How much it matters.
  public let severity: Severity
  /// What is wrong, naming the values.
  public let message: String
  /// Where.
  public let place: Place
  /// What would have been right, where that can be said.
  public let expected: String?
  /// What is there instead.
  public let found: String?
  /// What to do about it.
  public let fix: String

  /// Makes a finding from its parts.
  public init(
    rule: String, severity: Severity, message: String, place: Place, expected: String? = nil,
    found: String? = nil, fix: String
  ) {
    self.rule = rule
    self.severity = severity
    self.message = message
    self.place = place
    self.expected = expected
    self.found = found
    self.fix = fix
  }

  /// Feeds place and message, which tell findings apart.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(place)
    hasher.combine(message)
  }
}

extension Finding: Comparable {
  /// Orders as a person reads: by place, then the graver first, then by rule, message and the rest.
  public static func < (a: Finding, b: Finding) -> Bool {
    if a.place != b.place { return a.place < b.place }
    if a.severity != b.severity { return a.severity > b.severity }
    if a.rule != b.rule { return a.rule < b.rule }
    if a.message != b.message { return a.message < b.message }
    return (a.expected ?? "", a.found ?? "", a.fix) < (b.expected ?? "", b.found ?? "", b.fix)
  }
}
