public import OVABasics

/// The error of reading or validating XML.
public typealias XMLError = Explained<XMLFailure>

/// The kinds of `XMLError`.
public enum XMLFailure: String, Sendable {
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

extension XMLError {
  package init(
    _ code: Code, doing: String = "read the XML", reason: String, place: Place, fix: String? = nil
  ) {
    self.init(code: code, doing: doing, reason: reason, place: place, fix: fix)
  }
}
