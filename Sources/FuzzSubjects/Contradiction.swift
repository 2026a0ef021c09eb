/// Two readings of the same bytes that do not agree.
public struct Contradiction: Error, CustomStringConvertible {
  /// What does not agree, with both sides.
  public let description: String

  init(_ description: String) { self.description = description }
}
