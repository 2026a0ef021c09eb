/// Two readings of the same bytes that do not agree.
public struct Contradiction: Error, CustomStringConvertible {
  /// The two results that differ.
  public let description: String

  init(_ description: String) { self.description = description }
}
