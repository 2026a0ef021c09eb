import OVACatalog

/// The request's target, read byte by byte: clients send bare `%`.
struct Target: Sendable, Hashable {
  /// The path as sent, without the query.
  let path: String
  /// The query as sent.
  let query: String
  private let names: [String]
  private let values: [String]

  /// Reads a target.
  init(_ text: String) {
    var rest = text.utf8[...]
    // A proxy may send the whole URL; its host is of no account.
    if rest.first != UInt8(ascii: "/"),
      let scheme = String(Substring(rest)).firstRange(of: "://")
    {
      rest = text[scheme.upperBound...].utf8.drop {
        $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?")
      }
    }
    if let fragment = rest.firstIndex(of: UInt8(ascii: "#")) { rest = rest[..<fragment] }
    let mark = rest.firstIndex(of: UInt8(ascii: "?")) ?? rest.endIndex
    let path = String(Substring(rest[..<mark]))
    self.path = path.isEmpty ? "/" : path
    query = String(Substring(rest[mark...].dropFirst()))
    let parameters = URLText.parameters(of: query)
    names = parameters.map(\.name)
    values = parameters.map(\.value)
  }

  /// The first value of a parameter.
  func value(_ name: String) -> String? {
    names.firstIndex(of: name).map { values[$0] }
  }

  /// Returns whether a parameter is there twice with different values: it is ambiguous.
  func contradicts(_ name: String) -> Bool {
    let given = zip(names, values).filter { $0.0 == name }.map { Array($0.1.utf8) }
    return Set(given).count > 1
  }

  /// The path with the query decoded, as `self` shows it.
  var decoded: String {
    query.isEmpty ? path : "\(path)?\(URLText.decoded(Array(query.utf8)))"
  }

  /// True if it stands for the server as a whole.
  var isServer: Bool { path == "*" && query.isEmpty }

  /// The first part of the path; empty for `/`.
  var firstPart: Substring { path.split(separator: "/", maxSplits: 1).first ?? "" }
}
