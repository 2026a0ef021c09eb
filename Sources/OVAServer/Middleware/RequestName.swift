import HTTPTypes
import Hummingbird
import Logging
import OVABasics

/// Gives each request a name, for logs: a proxy's, or a new one. The response has it too.
struct RequestName: RouterMiddleware {
  typealias Context = ServerContext

  /// The logger that requests log to, with their names.
  let logger: Logger

  func handle(
    _ request: Request, context: ServerContext,
    next: (Request, ServerContext) async throws -> Response
  ) async throws -> Response {
    let name = Self.accepted(request.headers[.requestID]) ?? Self.made()
    var context = context
    context.logger = logger
    context.logger[metadataKey: "request"] = .string(name)
    var response = try await next(request, context)
    response.headers[.requestID] = name
    return response
  }

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
    Hex.text(number: UInt64.random(in: .min ... .max), digits: 16)
  }
}

extension HTTPField.Name {
  static let requestID = HTTPField.Name("X-Request-ID") ?? .from
}
