public import OVABasics

/// The error because of which nothing can be said about a descriptor.
public typealias DescriptorError = Explained<DescriptorFailure>

/// The kinds of `DescriptorError`.
public enum DescriptorFailure: String, Sendable {
  /// The bytes are no XML; the reason has libxml2's words.
  case notXML = "descriptor-not-xml"
  /// XML, but not an OVF envelope.
  case notAnEnvelope = "descriptor-not-an-envelope"
  /// A limit was reached; the reason names it.
  case limit = "descriptor-limit"
  /// The library that reads XML failed.
  case library = "descriptor-library"
}
