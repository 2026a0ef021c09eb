import HTTPTypes
import Hummingbird

/// Adds what every response tells browsers and caches.
struct SecurityHeaders: RouterMiddleware {
  typealias Context = ServerContext

  func handle(
    _ request: Request, context: ServerContext,
    next: (Request, ServerContext) async throws -> Response
  ) async throws -> Response {
    var response = try await next(request, context)
    var fields = [
      HTTPField(name: .contentTypeOptions, value: "nosniff"),
      HTTPField(name: .referrerPolicy, value: "no-referrer"),
    ]
    if response.headers[.cacheControl] == nil {
      fields.append(HTTPField(name: .cacheControl, value: "private, no-cache"))
    }
    fields.append(HTTPField(name: .vary, value: "Accept, Authorization, Cookie"))
    // The tag and the length stay last: the order of headers is part of what clients have seen.
    let end =
      response.headers.firstIndex { $0.name == .eTag || $0.name == .contentLength }
      ?? response.headers.endIndex
    response.headers.insert(contentsOf: fields, at: end)
    return response
  }
}

extension HTTPField.Name {
  static let contentTypeOptions = HTTPField.Name("X-Content-Type-Options") ?? .from
  static let referrerPolicy = HTTPField.Name("Referrer-Policy") ?? .from
}
