public import OVABasics

/// Something that the reader noticed and read over; rules judge it.
public struct Observation: Hashable, Sendable {
  /// The kinds of observations.
  public enum Kind: Hashable, Sendable {
    /// The envelope's namespace is none of the standard's; local names were used.
    case unknownNamespace(String)
    /// An attribute without the namespace that it should have.
    case unqualifiedAttribute(String)
    /// An element of the standard in a namespace that it should not be in.
    case foreignNamespace(element: String, namespace: String)
    /// A document type declaration; nothing in it was used.
    case doctype
    /// A reference to an entity; in texts it stands as written, in attributes for nothing.
    case entityReference(String)
    /// The bytes are not in the encoding that the XML declaration names.
    case encodingNotKept(declared: String)
    /// The bytes were read in the declared encoding of one byte a character, and look like UTF-8.
    case encodingDoubtful(declared: String)
    /// An undeclared prefix.
    case undeclaredPrefix(String)
    /// A namespace that is no URI.
    case namespaceNotURI(String)
    /// Another breach of the namespace rules, in libxml2's words.
    case namespaceFault(String)
    /// NUL bytes after the document.
    case trailingPadding(bytes: Int)
    /// A unit that everybody understands but the standard does not write so.
    case nonstandardUnit(String)
    /// A text that does not give the value it should.
    case badValue(element: String, name: String, text: String, fault: ValueFault)
    /// A part that is there only encrypted, with the `Id` by which keys mean it.
    case encrypted(id: String?)
    /// A message bundle that is not there or cannot be read, with the cause.
    case bundleUnread(file: String, reason: String)
  }

  /// The kinds of observations.
  public let kind: Kind
  /// The place.
  public let place: Place

  /// Makes an observation.
  public init(kind: Kind, place: Place) {
    self.kind = kind
    self.place = place
  }
}
