import HTTPTypes
import Hummingbird

/// Finds out the user of a request, by what its route demands.
struct Authentication: RouterMiddleware {
  typealias Context = ServerContext

  let authenticator: Authenticator

  func handle(
    _ request: Request, context: ServerContext,
    next: (Request, ServerContext) async throws -> Response
  ) async throws -> Response {
    if let route = context.route {
      context.user.name = try await user(of: request, for: route, method: context.method)
    }
    return try await next(request, context)
  }

  /// The user; nil where the route needs none.
  private func user(
    of request: Request, for route: Route, method: HTTPRequest.Method
  ) async throws -> String? {
    switch route.access {
    case .everybody: return nil
    case .page: return try await authenticator.user(ofCookie: request.headers[.cookie])
    case .token:
      // What a path can do is no secret, and existing clients ask without a token.
      if method == .options || route.operation(method) == nil { return nil }
      return try await authenticator.user(ofAuthorization: request.headers[.authorization])
    }
  }
}
