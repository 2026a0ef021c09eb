import Hummingbird
import NIOCore
import OVACatalog
import OVAConfiguration

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
  /// The other end of the connection; nil when it is not known.
  let peer: SocketAddress?

  /// The client's address, for counting attempts; nil when it is not known.
  var address: String? {
    ClientAddress.group(
      peer: peer, forwarded: request.headers[values: .forwardedFor],
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

  /// Returns whether a list shows objects instead of URLs.
  func expands() throws(Problem) -> Bool {
    switch value("expand")?.lowercased() {
    case nil, "0", "false": false
    case "1", "true": true
    default: throw .parameter("expand", "is neither 1 nor 0")
    }
  }

  /// The text of a parameter; an old client's `None,None` is none.
  func clause(_ name: String) -> String? {
    guard let text = value(name), text != "None,None" else { return nil }
    return text
  }
}
