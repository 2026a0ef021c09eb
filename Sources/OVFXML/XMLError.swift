public import OVABasics

/// Why bytes are not an XML document that can be read.
public struct XMLError: ExplainedError, Hashable {
  /// The kinds of failure.
  public enum Code: String, Hashable, Sendable {
    /// There are no bytes, or nothing but blanks and NULs.
    case empty = "xml-empty"
    /// The bytes break XML's rules.
    case notWellFormed = "xml-not-well-formed"
    /// The bytes are not in any encoding that is known, or not in the one they claim.
    case encoding = "xml-encoding"
    /// A limit was reached; the reason names it.
    case limit = "xml-limit"
    /// A schema could not be read.
    case schema = "xml-schema"
    /// libxml2 ran out of memory or could not start.
    case library = "xml-library"
  }

  /// The kind of failure.
  public let code: Code
  /// What could not be done.
  public let doing: String
  /// The cause, in libxml2's words where they are its own.
  public let reason: String
  /// File, line and column.
  public let place: Place
  /// What can be done about it.
  public let fix: String?

  package init(
    _ code: Code, doing: String = "read the XML", reason: String, place: Place, fix: String? = nil
  ) {
    self.code = code
    self.doing = doing
    self.reason = reason
    self.place = place
    self.fix = fix
  }
}
