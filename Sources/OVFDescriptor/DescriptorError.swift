public import OVABasics

/// Why nothing can be said about a descriptor.
public struct DescriptorError: ExplainedError, Hashable {
  /// The kinds of failure.
  public enum Code: String, Hashable, Sendable {
    /// The bytes are no XML; the reason has libxml2's words.
    case notXML = "descriptor-not-xml"
    /// XML, but not an OVF envelope.
    case notAnEnvelope = "descriptor-not-an-envelope"
    /// A limit was reached; the reason names it.
    case limit = "descriptor-limit"
    /// The library that reads XML failed.
    case library = "descriptor-library"
  }

  /// The kind of failure.
  public let code: Code
  /// What could not be done.
  public let doing: String
  /// The cause.
  public let reason: String
  /// File, line and column.
  public let place: Place
  /// What can be done about it.
  public let fix: String?
}
