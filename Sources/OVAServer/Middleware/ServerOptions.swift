import HTTPTypes
import Hummingbird
import OVABasics
import OVACatalog
import OVAConfiguration

/// Answers `OPTIONS *`, which asks for the server as a whole (RFC 9110, section 9.3.7) and is no path
/// that a router could match.
struct ServerOptions: RouterMiddleware {
  typealias Context = ServerContext

  let services: Services

  func handle(
    _ request: Request, context: ServerContext,
    next: (Request, ServerContext) async throws -> Response
  ) async throws -> Response {
    guard context.target.isServer else { return try await next(request, context) }
    guard context.method == .options else {
      throw Problem(status: .badRequest, message: "'*' can be asked only for its options")
    }
    _ = try await request.bytes(upTo: services.limits.bodyBytes)
    var answer = APIResponse.single(
      links: ["self": .string(services.baseURL)], data: Array("{}".utf8), count: nil, user: nil)
    answer.headers[.allow] = Routes.methods.map(\.rawValue).sorted().joined(separator: ", ")
    return answer.response(from: request, context: context)
  }
}
