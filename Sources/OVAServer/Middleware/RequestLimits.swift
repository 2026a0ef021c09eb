import HTTPTypes
import Hummingbird
import OVAConfiguration

/// Refuses requests that are longer than the configuration allows, before anything of them is read.
struct RequestLimits: RouterMiddleware {
  typealias Context = ServerContext

  let limits: ServerLimits

  func handle(
    _ request: Request, context: ServerContext,
    next: (Request, ServerContext) async throws -> Response
  ) async throws -> Response {
    // A path that does not exist is not found, however long the request is.
    if context.route != nil { try check(request, context.target) }
    return try await next(request, context)
  }

  private func check(_ request: Request, _ target: Target) throws(Problem) {
    guard target.query.utf8.count <= limits.queryBytes else {
      throw Problem(
        status: .uriTooLong, message: "the query is longer than \(limits.queryBytes) bytes")
    }
    let headerBytes = request.headers.reduce(0) { sum, field in
      sum + field.name.rawName.utf8.count + field.value.utf8.count
    }
    guard headerBytes <= limits.headerBytes else {
      throw Problem(
        status: .requestHeaderFieldsTooLarge,
        message: "the headers are longer than \(limits.headerBytes) bytes")
    }
    if let length = request.headers[.contentLength].flatMap({ Int($0) }),
      length > limits.bodyBytes
    {
      throw .tooLong(limits.bodyBytes)
    }
  }
}
