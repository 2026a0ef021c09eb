import OVABasics

/// Query strings of URLs, read leniently and written strictly.
///
/// Real clients send a bare `%` (`filter=name,like,ubu%&expand=1`): a malformed escape is taken
/// as the characters it is made of and never refused.
public enum URLText {
  /// Decodes `+` and valid `%XX`; everything else stays.
  public static func decoded(_ bytes: some Collection<UInt8>) -> String {
    String(decoding: PercentCoding.decoded(bytes, plus: true), as: UTF8.self)
  }

  /// The parameters of a query string, in its order, decoded.
  public static func parameters(of query: String) -> [(name: String, value: String)] {
    query.utf8.split(separator: UInt8(ascii: "&")).map { part in
      guard let sign = part.firstIndex(of: UInt8(ascii: "=")) else { return (decoded(part), "") }
      return (decoded(part[..<sign]), decoded(part[part.index(after: sign)...]))
    }
  }

  /// Encodes a value: everything but letters, digits and `_.-~`; a space becomes `+`.
  public static func encoded(_ value: String) -> String {
    PercentCoding.encoded(value) { $0.isUnreserved || $0 == UInt8(ascii: " ") }
      .replacing(" ", with: "+")
  }
}
