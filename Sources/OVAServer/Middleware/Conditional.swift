import HTTPTypes
import Hummingbird

/// Answers 304 instead of a response whose tag the client has already (RFC 9110, section 13.1.2).
struct Conditional: RouterMiddleware {
  typealias Context = ServerContext

  func handle(
    _ request: Request, context: ServerContext,
    next: (Request, ServerContext) async throws -> Response
  ) async throws -> Response {
    let response = try await next(request, context)
    guard let known = request.headers[.ifNoneMatch], let tag = response.headers[.eTag],
      Self.matches(known, tag)
    else { return response }
    var headers = response.headers
    headers[.contentType] = nil
    headers[.contentLength] = nil
    return Response(status: .notModified, headers: headers)
  }

  /// Returns whether a list of tags has a weak one, which may be written as a strong one.
  private static func matches(_ header: String, _ tag: String) -> Bool {
    let bare = tag.dropFirst(2)
    return header.split(separator: ",").contains { part in
      let text = part.trimming { $0 == " " || $0 == "\t" }
      return text == "*" || text == tag || text == bare
    }
  }
}
