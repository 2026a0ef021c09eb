package import Hummingbird
import NIOCore
import OVACatalog
import OVAConfiguration

/// A request's own context: what Hummingbird needs, and when the request came.
package struct ServerContext: RequestContext {
  package var coreContext: CoreRequestContextStorage
  let start = ContinuousClock.now
  /// The other end of the connection; nil when it is not known.
  let peer: SocketAddress?

  package init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    peer = source.channel.remoteAddress
  }
}

/// A request as handlers see it.
struct HandlerContext: Sendable {
  let services: Services
  let request: Request
  let target: Target
  /// The path's component in the place of `{id}`.
  let item: String?
  /// The user; empty where the route needs none.
  let user: String
  /// The body, all of it.
  let bytes: [UInt8]
  let start: ContinuousClock.Instant
  let connection: ServerContext

  /// The client's address, for counting attempts; nil when it is not known.
  var address: String? {
    ClientAddress.group(
      peer: connection.peer, forwarded: request.headers[values: .forwardedFor],
      trusted: services.trustedProxies)
  }

  /// The first value of a parameter; nil when it is left out or empty.
  func value(_ name: String) -> String? {
    guard let value = target.value(name), !value.isEmpty else { return nil }
    return value
  }

  /// The id in the path.
  ///
  /// Throws the 404 that everything but a positive number gets.
  func itemID() throws(Problem) -> Int64 {
    guard let item, !item.isEmpty, item.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let id = Int64(item), id > 0
    else { throw .notFound }
    return id
  }

  /// The URL of a path of this server.
  func url(_ path: String) -> String { services.baseURL + path }

  /// The URL of this request without its query.
  var pathURL: String { url(target.path) }

  /// Whether a list shows objects instead of URLs.
  func expands() throws(Problem) -> Bool {
    switch value("expand")?.lowercased() {
    case nil, "0", "false": false
    case "1", "true": true
    default: throw .parameter("expand", "is neither 1 nor 0")
    }
  }

  /// A request's body, which a client may cut off or make too long.
  static func body(of request: Request, limit: Int) async throws(Problem) -> [UInt8] {
    // Nearly all requests have none, and say so.
    let hasNone =
      request.headers[.transferEncoding] == nil
      && (request.headers[.contentLength].map { $0 == "0" } ?? (request.method == .get))
    if hasNone { return [] }
    do {
      let buffer = try await request.body.collect(upTo: limit)
      return Array(buffer.readableBytesView)
    } catch let error as any HTTPResponseError where error.status == .contentTooLarge {
      throw Problem(
        status: .contentTooLarge, message: "the body is longer than \(limit) bytes")
    } catch {
      throw Problem(status: .badRequest, message: "the body cannot be read to its end")
    }
  }

  /// The text of a parameter; an old client's `None,None` is none.
  func clause(_ name: String) -> String? {
    guard let text = value(name), text != "None,None" else { return nil }
    return text
  }
}

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

  /// Whether a parameter is there twice with different values: nobody can say what is meant.
  func contradicts(_ name: String) -> Bool {
    let given = zip(names, values).filter { $0.0 == name }.map { Array($0.1.utf8) }
    return Set(given).count > 1
  }

  /// The path with the query decoded, as `self` shows it.
  var decoded: String {
    query.isEmpty ? path : "\(path)?\(URLText.decoded(Array(query.utf8)))"
  }

  /// Whether it stands for the server as a whole.
  var isServer: Bool { path == "*" && query.isEmpty }

  /// The path's parts.
  var parts: [Substring] { path.split(separator: "/") }
}
