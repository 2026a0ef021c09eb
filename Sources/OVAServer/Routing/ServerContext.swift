import HTTPTypes
package import Hummingbird
package import Logging
import NIOCore
import Synchronization

/// The facts about a connection that its requests share.
package struct ConnectionContext: InitializableFromSource, Sendable {
  /// The other end of the connection; nil when it is not known.
  let peer: SocketAddress?
  let logger: Logger

  package init(source: ApplicationRequestContextSource) {
    peer = source.channel.remoteAddress
    logger = source.logger
  }
}

/// The source of a request's context: its connection, and its first line.
package struct RequestSource: RequestContextSource {
  let connection: ConnectionContext
  let method: HTTPRequest.Method
  let target: Target

  package var logger: Logger { connection.logger }
}

/// The context of a request, which the router hands to the middleware and the endpoints.
package struct ServerContext: RequestContext {
  package typealias Source = RequestSource

  package var coreContext: CoreRequestContextStorage
  /// The method as the client sent it.
  let method: HTTPRequest.Method
  let target: Target
  /// The other end of the connection; nil when it is not known.
  let peer: SocketAddress?
  /// The time at which the request came.
  let start = ContinuousClock.now
  /// The user, once ``Authentication`` has found out.
  let user = RequestUser()

  package init(source: RequestSource) {
    coreContext = CoreRequestContextStorage(source: source)
    method = source.method
    target = source.target
    peer = source.connection.peer
  }

  /// The route that the router found; nil for a path that has none.
  var route: Route? { endpointPath.flatMap { Routes.byPath[$0] } }
}

/// The user of a request. Contexts are copied on their way to the endpoint; this one place is seen
/// by the middleware that logs the request as well.
final class RequestUser: Sendable {
  private let kept = Mutex<String?>(nil)

  /// The name; nil where the route needs none, and for a page without a signed-in user.
  var name: String? {
    get { kept.withLock { $0 } }
    set { kept.withLock { $0 = newValue } }
  }
}
