public import OVABasics

/// One thing that a rule says of one package.
public struct Finding: Hashable, Sendable {
  /// The rule's stable id.
  public let rule: String
  /// The severity.
  public let severity: Severity
  /// A description of the fault, with the values.
  public let message: String
  /// The place.
  public let place: Place
  /// The expected value, where there is one.
  public let expected: String?
  /// The value that was found.
  public let found: String?
  /// The way to fix it, as an instruction.
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
  /// Orders as a person reads: by place, then the more severe first, then by rule, message and the
  /// rest.
  public static func < (a: Finding, b: Finding) -> Bool {
    if a.place != b.place { return a.place < b.place }
    if a.severity != b.severity { return a.severity > b.severity }
    if a.rule != b.rule { return a.rule < b.rule }
    if a.message != b.message { return a.message < b.message }
    return (a.expected ?? "", a.found ?? "", a.fix) < (b.expected ?? "", b.found ?? "", b.fix)
  }
}
