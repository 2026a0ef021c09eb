import HTTPTypes
import Hummingbird
import OVABasics
import OVACatalog
import OVAConfiguration

/// The end of a request's way through the middleware: one operation of a route.
struct Endpoint: HTTPResponder {
  typealias Context = ServerContext

  let services: Services
  let operation: Route.Operation

  func respond(to request: Request, context: ServerContext) async throws -> Response {
    let target = context.target
    if let twice = operation.parameters.first(where: { target.contradicts($0.name) }) {
      throw Problem.parameter(twice.name, "is given more than once")
    }
    // Before anything is done: a request whose body is cut short or broken was not meant.
    let body = try await request.bytes(upTo: services.limits.bodyBytes)
    let answer = try await operation.handler(
      HandlerContext(
        services: services, request: request, target: target, item: context.parameters.get("id"),
        user: context.user.name ?? "", bytes: body, peer: context.peer))
    return answer.response(from: request, context: context)
  }
}

extension Route {
  /// Answers `OPTIONS` with the methods of the endpoint.
  func options(url: String) -> APIResponse {
    let methods = JSON.object(operations.map { ($0.method.rawValue, .string($0.summary)) })
    let data: JSON = ["methods": methods]
    var answer = APIResponse.single(
      links: ["self": .string(url)], data: data.bytes(), count: nil, user: nil)
    answer.headers[.allow] = allow
    return answer
  }

  /// The refusal of a method that has no operation here.
  var methodNotAllowed: Problem {
    Problem(
      status: .methodNotAllowed, message: "this resource allows \(allow)",
      headers: [.allow: allow])
  }
}

extension Request {
  /// The body, all of it, which a client may cut off or make too long.
  ///
  /// Throws a 413 or a 400 then.
  func bytes(upTo limit: Int) async throws(Problem) -> [UInt8] {
    // Nearly all requests have none, and say so.
    let hasNone =
      headers[.transferEncoding] == nil
      && (headers[.contentLength].map { $0 == "0" } ?? (method == .get))
    if hasNone { return [] }
    do {
      return Array(try await body.collect(upTo: limit).readableBytesView)
    } catch let error as any HTTPResponseError where error.status == .contentTooLarge {
      throw .tooLong(limit)
    } catch {
      throw Problem(status: .badRequest, message: "the body cannot be read to its end")
    }
  }
}
