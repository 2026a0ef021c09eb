public import OVABasics

/// Something in a document that was read in spite of being wrong or unwanted.
public typealias XMLDiagnostic = Diagnostic<XMLDiagnosticKind>

/// The kinds of `XMLDiagnostic`.
public enum XMLDiagnosticKind: DiagnosticKind {
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

/// A violation of a schema; its place has no line where libxml2 knows none.
public typealias SchemaDiagnostic = Diagnostic<SchemaViolation>

/// The only kind of `SchemaDiagnostic`.
public struct SchemaViolation: DiagnosticKind {
  /// libxml2's words.
  public let message: String
}
