public import OVABasics

/// A document read whole: its tree, and what was odd about the way it is written.
public struct XMLTree: Hashable, Sendable {
  /// The document element.
  public let root: XMLTreeElement
  /// The encoding that the XML declaration names, as written.
  public let declaredEncoding: String?
  /// Comments before the document element; producers sign there.
  public let leadingComments: [XMLComment]
  /// The irregularities that were noticed, in document order.
  public let diagnostics: [XMLDiagnostic]
}

/// A comment, with the line that it ends on.
public struct XMLComment: Hashable, Sendable {
  /// The text between `<!--` and `-->`.
  public let text: String
  /// The line, from 1.
  public let line: Int
}
