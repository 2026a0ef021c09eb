import HTTPTypes
package import Hummingbird
import Logging
import NIOCore
import OVABasics
import OVACatalog
import OVAConcurrency
import OVAConfiguration
import OVAJobs

/// Answers every request: finds its route, lets in whoever may, and turns errors into words.
package struct Responder: HTTPResponder {
  package typealias Context = ServerContext
  private let services: Services
  private let routes = Routes.all

  package init(services: Services) { self.services = services }

  package func respond(to request: Request, context: ServerContext) async -> Response {
    let target = Target(request.head.path ?? "/")
    let parts = target.parts
    let found =
      target.isServer
      ? nil
      : routes.lazy.compactMap { route in
        route.match(parts).map { (route: route, item: $0) }
      }.first
    var logger = services.logger
    let requestID = RequestName.accepted(request.headers[.requestID]) ?? RequestName.made()
    logger[metadataKey: "request"] = .string(requestID)
    services.metrics.began()

    var user: String?
    var answer: APIResponse
    do {
      if target.isServer {
        answer = try await serverAnswer(request)
      } else if let found {
        user = try await self.user(found.route, request: request)
        answer = try await self.answer(
          found.route, item: found.item, user: user ?? "", target: target, request: request,
          context: context)
      } else {
        throw Problem.notFound
      }
    } catch {
      answer = refusal(problem(error, logger: logger), found?.route, target, request, user: user)
    }

    let time = ContinuousClock.now - context.start
    var response = response(answer, to: request, time: time)
    response.headers[.requestID] = requestID
    if request.method == .head { response = response.createHeadResponse() }
    services.metrics.ended(
      method: request.method.rawValue, route: found?.route.path ?? "none",
      status: response.status.code, time: time)
    // Those who ask every few seconds whether the server is well would fill the log.
    let isProbe = found?.route.isProbe ?? false
    logger.log(
      level: isProbe ? .debug : response.status.code >= 500 ? .error : .info, "request",
      metadata: [
        "method": .string(request.method.rawValue.inert), "path": .string(target.path.inert),
        "status": .number(response.status.code), "seconds": .seconds(time),
        "user": .string(user ?? "-"),
      ])
    return response
  }

  /// What is said of the server as a whole (`OPTIONS *`, RFC 9110 section 9.3.7).
  private func serverAnswer(_ request: Request) async throws -> APIResponse {
    guard request.method == .options else {
      throw Problem(status: .badRequest, message: "'*' can be asked only for its options")
    }
    _ = try await HandlerContext.body(of: request, limit: services.limits.bodyBytes)
    let methods = Set(routes.flatMap(\.allowed)).sorted().joined(separator: ", ")
    var answer = APIResponse.single(
      links: ["self": .string(services.baseURL)], data: Array("{}".utf8), count: nil, user: nil)
    answer.headers[.allow] = methods
    return answer
  }

  /// Authenticates the user; nil where the route needs none.
  private func user(_ route: Route, request: Request) async throws -> String? {
    switch route.access {
    case .everybody: return nil
    case .page: return try await services.authenticator.user(ofCookie: request.headers[.cookie])
    case .token:
      // What a path can do is no secret, and existing clients ask without a token.
      if request.method == .options { return nil }
      guard route.operation(request.method) != nil else { return nil }
      return try await services.authenticator.user(ofAuthorization: request.headers[.authorization])
    }
  }

  private func answer(
    _ route: Route, item: String?, user: String, target: Target, request: Request,
    context: ServerContext
  ) async throws -> APIResponse {
    guard target.query.utf8.count <= services.limits.queryBytes else {
      throw Problem(
        status: .uriTooLong,
        message: "the query is longer than \(services.limits.queryBytes) bytes")
    }
    let headerBytes = request.headers.reduce(0) { sum, field in
      sum + field.name.rawName.utf8.count + field.value.utf8.count
    }
    guard headerBytes <= services.limits.headerBytes else {
      throw Problem(
        status: .requestHeaderFieldsTooLarge,
        message: "the headers are longer than \(services.limits.headerBytes) bytes")
    }
    if let length = request.headers[.contentLength].flatMap({ Int($0) }),
      length > services.limits.bodyBytes
    {
      throw Problem(
        status: .contentTooLarge,
        message: "the body is longer than \(services.limits.bodyBytes) bytes")
    }
    let allow = route.allowed.joined(separator: ", ")
    if request.method == .options {
      let methods = JSON.object(route.operations.map { ($0.method.rawValue, .string($0.summary)) })
      let data: JSON = ["methods": methods]
      var answer = APIResponse.single(
        links: ["self": .string(services.baseURL + target.path)], data: data.bytes(), count: nil,
        user: nil)
      answer.headers[.allow] = allow
      return answer
    }
    guard let operation = route.operation(request.method) else {
      throw Problem(
        status: .methodNotAllowed, message: "this resource allows \(allow)",
        headers: [.allow: allow])
    }
    if let twice = operation.parameters.first(where: { target.contradicts($0.name) }) {
      throw Problem.parameter(twice.name, "is given more than once")
    }
    // Before anything is done: a request whose body is cut short or broken was not meant.
    let body = try await HandlerContext.body(of: request, limit: services.limits.bodyBytes)
    return try await operation.handler(
      HandlerContext(
        services: services, request: request, target: target, item: item, user: user,
        bytes: body, start: context.start, connection: context))
  }

  /// A refusal as a page for people or as JSON for programs.
  private func refusal(
    _ problem: Problem, _ route: Route?, _ target: Target, _ request: Request, user: String?
  ) -> APIResponse {
    if ErrorPage.isWanted(route?.access, target, accept: request.headers[.accept]),
      let page = try? ErrorPage.answer(
        problem, base: services.basePath, user: user,
        session: Authenticator.session(in: request.headers[.cookie]))
    {
      return page
    }
    return APIResponse(
      status: problem.status, headers: problem.headers, body: problem.body, isTagged: false)
  }

  /// Converts an error into a response.
  private func problem(_ error: any Error, logger: Logger) -> Problem {
    switch error {
    case let error as Problem: return error
    case let error as CatalogError:
      switch error.code {
      case .invalidParameterValue: break
      case .tooLong:
        logger.warning("a query took too long", metadata: ["error": .string(error.reason.inert)])
      default: services.catalog.report(error, logger)
      }
      return Problem(error)
    case let error as WorkPoolError:
      logger.error("too much is under way", metadata: ["error": .string("\(error)")])
      return Problem(
        status: .serviceUnavailable, message: "the server has too much to do at the moment",
        headers: [.retryAfter: "5"])
    case let error as any HTTPResponseError:
      return Problem(status: error.status, message: "the request cannot be read")
    default:
      logger.error("a request failed", metadata: ["error": .string("\(error)".inert)])
      return Problem(status: .internalServerError, message: "the request could not be answered")
    }
  }

  private func response(_ answer: APIResponse, to request: Request, time: Duration) -> Response {
    var answer = answer
    var headers = answer.headers
    headers[.contentType] = answer.type
    headers[.contentTypeOptions] = "nosniff"
    headers[.referrerPolicy] = "no-referrer"
    if headers[.cacheControl] == nil { headers[.cacheControl] = "private, no-cache" }
    headers[.vary] = "Accept, Authorization, Cookie"
    let isGet = request.method == .get || request.method == .head
    if isGet, answer.isTagged, answer.status == .ok {
      let tag = answer.tag
      headers[.eTag] = tag
      if let known = request.headers[.ifNoneMatch], Self.matches(known, tag) {
        headers[.contentType] = nil
        return Response(status: .notModified, headers: headers)
      }
    }
    answer.stamp(time)
    return Response(
      status: answer.status, headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
  }

  private static func matches(_ header: String, _ tag: String) -> Bool {
    let bare = tag.dropFirst(2)
    return header.split(separator: ",").contains { part in
      let text = part.trimming { $0 == " " || $0 == "\t" }
      return text == "*" || text == tag || text == bare
    }
  }
}

extension Substring {
  /// The text without what `isBlank` names at its ends.
  func trimming(_ isBlank: (Character) -> Bool) -> Substring {
    var text = drop(while: isBlank)
    while let last = text.last, isBlank(last) { text.removeLast() }
    return text
  }
}

/// Names of requests, for logs.
enum RequestName {
  /// A proxy's name of a request, when it is fit for a log line.
  static func accepted(_ text: String?) -> String? {
    guard let text, (1...64).contains(text.utf8.count),
      text.utf8.allSatisfy({ byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte) || "-_.".utf8.contains(byte)
      })
    else { return nil }
    return text
  }

  /// A name that nothing else has.
  static func made() -> String {
    let text = String(UInt64.random(in: .min ... .max), radix: 16)
    return String(repeating: "0", count: 16 - text.utf8.count) + text
  }
}

extension HTTPField.Name {
  static let requestID = HTTPField.Name("X-Request-ID") ?? .from
  static let contentTypeOptions = HTTPField.Name("X-Content-Type-Options") ?? .from
  static let referrerPolicy = HTTPField.Name("Referrer-Policy") ?? .from
}
