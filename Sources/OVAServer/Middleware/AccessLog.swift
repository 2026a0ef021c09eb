import HTTPTypes
import Hummingbird
import Logging
import OVABasics
import OVAJobs

/// Writes a line to the log for each request, once its response is made.
struct AccessLog: RouterMiddleware {
  typealias Context = ServerContext

  func handle(
    _ request: Request, context: ServerContext,
    next: (Request, ServerContext) async throws -> Response
  ) async throws -> Response {
    let response = try await next(request, context)
    // Probes that ask every few seconds whether the server works would fill the log.
    let isProbe = context.route?.isProbe ?? false
    context.logger.log(
      level: isProbe ? .debug : response.status.code >= 500 ? .error : .info, "request",
      metadata: [
        "method": .string(context.method.rawValue.forDisplay),
        "path": .string(context.target.path.forDisplay),
        "status": .number(response.status.code),
        "seconds": .seconds(ContinuousClock.now - context.start),
        "user": .string(context.user.name ?? "-"),
      ])
    return response
  }
}
