import OVABasics

/// The URL of a database on a PostgreSQL server.
public struct PostgreSQLAddress: Hashable, Sendable {
  /// The URL as given, with the password when it has one: for libpq alone.
  let url: String
  /// The URL without its password, for messages.
  public let shown: String

  /// Takes a URL `postgresql://…` or `postgres://…` as libpq understands it; nil for anything else,
  /// which is the path of a file.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard
      let scheme = ["postgresql://", "postgres://"].first(where: { bytes.starts(with: $0.utf8) })
    else { return nil }
    url = text
    shown = Self.withoutPassword(bytes, after: scheme.utf8.count)
  }

  /// Everything between the user and the last `@` of the authority is taken for the password, so
  /// that one that is not encoded as it should be is not shown in part.
  private static func withoutPassword(_ bytes: [UInt8], after start: Int) -> String {
    let query = bytes[start...].firstIndex(of: UInt8(ascii: "?")) ?? bytes.endIndex
    var result = Array(bytes[..<start])
    var rest = bytes[start..<query]
    if let at = rest.lastIndex(of: UInt8(ascii: "@")) {
      result += rest[..<at].prefix { $0 != UInt8(ascii: ":") }
      rest = rest[at...]
    }
    result += rest
    guard query < bytes.endIndex else { return String(decoding: result, as: UTF8.self) }
    let secrets = ["password=", "sslpassword="]
    let settings = bytes[(query + 1)...].split(
      separator: UInt8(ascii: "&"), omittingEmptySubsequences: false
    ).filter { setting in !secrets.contains { setting.starts(with: $0.utf8) } }
    if !settings.isEmpty {
      result.append(UInt8(ascii: "?"))
      result += settings.joined(separator: [UInt8(ascii: "&")])
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The reason why libpq would take the URL for another one than was meant, and tell a part of the
  /// password in its error; nil when it is well formed.
  var fault: String? {
    let name = url.utf8.drop { $0 != UInt8(ascii: ":") }.dropFirst(3)
      .prefix { $0 != UInt8(ascii: "?") }
    let ats = name.indices.filter { name[$0] == UInt8(ascii: "@") }
    guard let last = ats.last else { return nil }
    if ats.count > 1 { return "there is more than one '@' in it" }
    return name[..<last].contains(UInt8(ascii: "/")) ? "there is a '/' before its '@'" : nil
  }
}
