import HTTPTypes
import Hummingbird

/// Counts requests and measures how long their responses take, by route. A path that has no route
/// is counted as `none`: paths that clients make up would each remain as a counter of its own.
struct RequestMetrics: RouterMiddleware {
  typealias Context = ServerContext

  let metrics: ServerMetrics

  func handle(
    _ request: Request, context: ServerContext,
    next: (Request, ServerContext) async throws -> Response
  ) async throws -> Response {
    metrics.began()
    // Errors have become responses further in.
    let response = try await next(request, context)
    metrics.ended(
      method: context.method.rawValue, route: context.route?.path ?? "none",
      status: response.status.code, time: ContinuousClock.now - context.start)
    return response
  }
}
