import OVABasics

/// An `http` or `https` URL as it is sent: encoded, without a user, password and fragment.
struct RemoteURL: Hashable, Sendable {
  enum Scheme: String, Sendable { case http, https }

  let scheme: Scheme
  /// The host in lower case; an IPv6 address with its brackets.
  let host: String
  /// Nil for the scheme's own.
  let port: Int?
  /// The path with a slash at its start, percent-encoded.
  var path: String
  /// Percent-encoded, without the question mark; nil for none.
  var query: String?

  init(scheme: Scheme, host: String, port: Int?, path: String, query: String?) {
    self.scheme = scheme
    self.host = host
    self.port = port == (scheme == .https ? 443 : 80) ? nil : port
    self.path = path
    self.query = query
  }

  /// The reasons why a text is no such URL.
  enum Fault: Error, Hashable, Sendable {
    case scheme
    case noHost
    case host
    case port
    /// It has a user name, which may have a password.
    case user
  }

  /// Reads a URL as people write it: what must be encoded is, what is encoded stays.
  init(_ text: String) throws(Fault) {
    guard let colon = text.firstRange(of: "://"),
      let scheme = Scheme(rawValue: text[..<colon.lowerBound].lowercased())
    else { throw .scheme }
    var rest = text[colon.upperBound...].prefix { $0 != "#" }
    let end = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "\\" } ?? rest.endIndex
    let authority = rest[..<end]
    rest = rest[end...]
    guard !authority.contains("@") else { throw .user }
    let (host, port) = try Self.hostAndPort(authority)
    let mark = rest.firstIndex(of: "?")
    let path = Self.encoded(rest[..<(mark ?? rest.endIndex)])
    self.init(
      scheme: scheme, host: host, port: port, path: path.hasPrefix("/") ? path : "/" + path,
      query: mark.map { Self.encoded(rest[rest.index(after: $0)...]) })
  }

  private static func hostAndPort(_ authority: Substring) throws(Fault) -> (String, Int?) {
    var host = authority
    var port: Substring?
    if authority.hasPrefix("[") {
      guard let close = authority.firstIndex(of: "]") else { throw .host }
      host = authority[...close]
      let behind = authority[authority.index(after: close)...]
      guard behind.isEmpty || behind.hasPrefix(":") else { throw .host }
      port = behind.isEmpty ? nil : behind.dropFirst()
      guard
        host.dropFirst().dropLast().utf8.allSatisfy({ $0.isHexDigit || ":.%".utf8.contains($0) })
      else { throw .host }
    } else if let colon = authority.firstIndex(of: ":") {
      host = authority[..<colon]
      port = authority[authority.index(after: colon)...]
    }
    guard !host.isEmpty else { throw .noHost }
    let isName = host.utf8.allSatisfy { $0 >= 0x80 || $0.isUnreserved || "[]:.%".utf8.contains($0) }
    guard isName else { throw .host }
    guard let port, !port.isEmpty else { return (host.lowercased(), nil) }
    guard port.utf8.allSatisfy(\.isASCIIDigit), let number = Int(port), (1...65535).contains(number)
    else { throw .port }
    return (host.lowercased(), number)
  }

  /// Encodes what a URL may not hold; escapes that are there stay.
  private static func encoded(_ text: Substring) -> String {
    let bytes = Array(text.utf8)
    var result = ""
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "%"), index + 2 < bytes.count,
        Hex.value(bytes[index + 1]) != nil, Hex.value(bytes[index + 2]) != nil
      {
        result += String(decoding: bytes[index...index + 2], as: UTF8.self)
        index += 3
        continue
      }
      result += PercentCoding.encoded([byte]) {
        $0.isUnreserved || "!$&'()*+,;=:@/?".utf8.contains($0)
      }
      index += 1
    }
    return result
  }

  /// Host and port, as the header `Host` has them.
  var authority: String { port.map { "\(host):\($0)" } ?? host }

  /// Scheme, host and port: whom credentials may be shown.
  var origin: String { "\(scheme.rawValue)://\(authority)" }

  /// The whole URL.
  var text: String { origin + path + (query.map { "?\($0)" } ?? "") }

  /// The URL for messages and reports: without its query where that may hold a secret.
  var shown: String {
    guard let query, !query.isEmpty, !Self.mayHoldSecret(query) else { return origin + path }
    return "\(origin)\(path)?\(query)"
  }

  /// Parts of the names of parameters that hold signatures, keys and tokens.
  private static let secretNames = [
    "sig", "token", "key", "pass", "secret", "credential", "auth", "policy", "expires", "jwt",
    "session", "x-amz", "x-goog", "code", "pwd",
  ]

  private static func mayHoldSecret(_ query: String) -> Bool {
    query.split(separator: "&").contains { parameter in
      let parts = parameter.split(separator: "=", maxSplits: 1)
      let name = parts.first?.lowercased() ?? ""
      // Whatever its name is, a value so long may be one.
      return secretNames.contains(where: name.contains) || parts.last?.utf8.count ?? 0 > 30
    }
  }

  /// The URL that a reference leads to, as a `Location` has it.
  func resolved(_ reference: String) throws(Fault) -> RemoteURL {
    let text = reference.trimmed
    if let scheme = text.firstRange(of: "://"),
      text[..<scheme.lowerBound].utf8.allSatisfy({
        $0.isASCIILetter || $0.isASCIIDigit || $0 == 0x2B
      })
    {
      return try RemoteURL(text)
    }
    if text.hasPrefix("//") { return try RemoteURL("\(scheme.rawValue):\(text)") }
    if text.hasPrefix("/") { return try RemoteURL(origin + text) }
    if text.hasPrefix("?") { return try RemoteURL(origin + path + text) }
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "/"
    return try RemoteURL(origin + folder + text)
  }
}

extension UInt8 {
  /// True if it is a hexadecimal digit in either case.
  fileprivate var isHexDigit: Bool { Hex.value(self) != nil }
}
