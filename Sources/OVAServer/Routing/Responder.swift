import HTTPTypes
package import Hummingbird

/// Answers the requests of the server: reads their targets and hands them to the router.
package struct Responder: HTTPResponder {
  package typealias Context = ConnectionContext

  private let router: RouterResponder<ServerContext>

  /// Builds the router of all routes.
  init(services: Services) {
    router = Router.catalog(services).buildResponder()
  }

  package func respond(
    to request: Request, context connection: ConnectionContext
  ) async throws -> Response {
    let target = Target(request.head.path ?? "/")
    let context = ServerContext(
      source: RequestSource(connection: connection, method: request.method, target: target))
    return try await router.respond(
      to: Self.routable(request, path: target.path), context: context)
  }

  /// The request as the router can match it: the path as ``Target`` reads it, which ends before a
  /// fragment, and a method that routes are registered for.
  private static func routable(_ request: Request, path: String) -> Request {
    let isKnown = Routes.methods.contains(request.method)
    if isKnown, request.uri.path == path { return request }
    var head = request.head
    head.path = path
    if !isKnown { head.method = .other }
    return Request(head: head, body: request.body)
  }
}

extension HTTPRequest.Method {
  /// Stands for every method that no route answers, so that a path can refuse them all.
  static let other = HTTPRequest.Method("OTHER") ?? .trace
}

extension Router<ServerContext> {
  /// The router of the table of routes, with the middleware that all requests pass through.
  ///
  /// A path is registered for each method that is known, and refuses those that it has no operation
  /// for: the router itself would not find the path then, and answer 404.
  static func catalog(_ services: Services) -> Router<ServerContext> {
    let router = Router(context: ServerContext.self)
    router.addMiddleware {
      RequestName(logger: services.logger)
      AccessLog()
      RequestMetrics(metrics: services.metrics)
      SecurityHeaders()
      Conditional()
      Problems(services: services)
      ServerOptions(services: services)
      Authentication(authenticator: services.authenticator)
      RequestLimits(limits: services.limits)
    }
    for route in Routes.all {
      let path = RouterPath(route.path)
      for operation in route.operations {
        let endpoint = Endpoint(services: services, operation: operation)
        router.on(path, method: operation.method, responder: endpoint)
        if operation.method == .get { router.on(path, method: .head, responder: endpoint) }
      }
      router.on(path, method: .options) { _, context in
        route.options(url: services.baseURL + context.target.path)
      }
      for method in Routes.methods.union([.other]).subtracting(route.methods) {
        router.on(path, method: method) { _, _ -> APIResponse in throw route.methodNotAllowed }
      }
    }
    return router
  }
}
