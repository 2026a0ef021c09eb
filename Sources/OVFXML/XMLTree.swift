/// A document read whole: its tree, and what was odd about the way it is written.
public struct XMLTree: Hashable, Sendable {
  /// The document element.
  public let root: XMLTreeElement
  /// The encoding that the XML declaration names, as written.
  public let declaredEncoding: String?
  /// Comments before the document element; producers sign there.
  public let leadingComments: [XMLComment]
  /// The irregularities that were noticed, in document order.
  public let facts: [XMLFact]
}

/// A comment, with the line that it ends on.
public struct XMLComment: Hashable, Sendable {
  /// The text between `<!--` and `-->`.
  public let text: String
  /// The line, from 1.
  public let line: Int
}

/// Something that was read in spite of being wrong or unwanted.
public struct XMLFact: Hashable, Sendable {
  /// The kind.
  public enum Kind: Hashable, Sendable {
    /// A document type declaration; nothing in it was used.
    case doctype
    /// A reference to an entity that only a document type declares; it stays as written in text,
    /// and stands for nothing in an attribute.
    case entityReference(name: String)
    /// The XML declaration names an encoding that the bytes are not in.
    case encodingNotKept(declared: String)
    /// The XML declaration names an encoding of one byte a character, in which the bytes were read,
    /// and all that is beyond ASCII in them is UTF-8.
    case encodingDoubtful(declared: String)
    /// A prefix that is not declared; the name is read by its local part.
    case undeclaredPrefix(String)
    /// A namespace that is no URI, as for a blank in it; the name is used as it stands.
    case namespaceNotURI(String)
    /// A breach of the namespace rules other than an undeclared prefix, in libxml2's words.
    case namespaceFault(String)
    /// NUL bytes after the document.
    case trailingPadding(bytes: Int)
  }

  /// The kind.
  public let kind: Kind
  /// The line, from 1.
  public let line: Int

  /// Makes a fact.
  public init(kind: Kind, line: Int) {
    self.kind = kind
    self.line = line
  }
}
