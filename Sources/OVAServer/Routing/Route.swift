import Hummingbird
import OVABasics

/// A path of the server and what can be done there. The one list of them makes the routing, the
/// OpenAPI document and the page of the API.
struct Route: Sendable {
  typealias Handler = @Sendable (HandlerContext) async throws -> APIResponse

  /// The access to a route.
  enum Access: Sendable {
    /// Whoever has a token.
    case token
    /// Everybody.
    case everybody
    /// Everybody; the page asks for a token itself.
    case page
  }

  /// One thing that can be done.
  struct Operation: Sendable {
    let method: HTTPRequest.Method
    let summary: String
    let success: Int
    /// The shape of a successful response.
    let shape: OpenAPISchemas.Shape
    let parameters: [Parameter]
    let handler: Handler
  }

  /// A parameter of the query.
  struct Parameter: Sendable {
    let name: String
    let about: String
    let schema: JSON

    static let page = Parameter(
      name: "page", about: "The page, from 1.", schema: number(1))
    static let perPage = Parameter(
      name: "per_page", about: "Rows on a page; more than 100 are served as 100.",
      schema: number(10))
    static let expand = Parameter(
      name: "expand", about: "1 lists objects instead of their URLs.",
      schema: ["type": "string", "enum": .texts(["", "0", "1", "false", "true"])])
    static let filter = Parameter(
      name: "filter",
      about: """
        <field>,<operator>,<value>; several are joined by ';'. Operators: eq, ne, lt, le, gt, ge, \
        like (% any text, _ one character), in (values with commas between them).
        """, schema: ["type": "string"])
    static let sort = Parameter(
      name: "sort", about: "<field>,<asc|desc>; several are joined by ';'.",
      schema: ["type": "string"])
    /// A number, or nothing for what is usual.
    private static func number(_ usual: Int) -> JSON {
      [
        "anyOf": .array([
          ["type": "integer", "minimum": .number(1), "maximum": .integer(999_999_999_999)],
          ["const": ""],
        ]), "default": .number(usual),
      ]
    }
    static let list = [page, perPage, expand, filter, sort]
  }

  /// `/v2/image/{id}`; at most one part is `{id}`.
  let path: String
  let access: Access
  let operations: [Operation]
  /// True if it is asked again and again by what looks after the server.
  let isProbe: Bool

  /// Makes a route.
  init(
    _ path: String, access: Access = .token, isProbe: Bool = false, _ operations: Operation...
  ) {
    self.path = path
    self.access = access
    self.isProbe = isProbe
    self.operations = operations
  }

  /// The methods that are answered, in the order of the `Allow` header; HEAD is wherever GET is.
  var methods: [HTTPRequest.Method] {
    let own = operations.map(\.method)
    return own + (own.contains(.get) ? [.head] : []) + [.options]
  }

  /// The value of the `Allow` header.
  var allow: String { methods.map(\.rawValue).joined(separator: ", ") }

  /// Returns the operation of a method; HEAD is a GET without its body.
  func operation(_ method: HTTPRequest.Method) -> Operation? {
    let wanted = method == .head ? .get : method
    return operations.first { $0.method == wanted }
  }
}

extension Route.Operation {
  static func get(
    _ summary: String, answers shape: OpenAPISchemas.Shape = .text,
    _ parameters: [Route.Parameter] = [], _ handler: @escaping Route.Handler
  ) -> Route.Operation {
    Route.Operation(
      method: .get, summary: summary, success: 200, shape: shape, parameters: parameters,
      handler: handler)
  }

  static func post(
    _ summary: String, answers shape: OpenAPISchemas.Shape = .text,
    _ handler: @escaping Route.Handler
  ) -> Route.Operation {
    Route.Operation(
      method: .post, summary: summary, success: 200, shape: shape, parameters: [],
      handler: handler)
  }

  static func patch(
    _ summary: String, answers shape: OpenAPISchemas.Shape, _ handler: @escaping Route.Handler
  ) -> Route.Operation {
    Route.Operation(
      method: .patch, summary: summary, success: 202, shape: shape, parameters: [],
      handler: handler)
  }
}

/// All routes.
enum Routes {
  static let all: [Route] =
    ImageRoutes.all + UserRoutes.all + RequestRoutes.all + SessionRoutes.all
    + OperationRoutes.all + WebRoutes.all

  /// The routes by their paths, as the router names the one that it found.
  static let byPath = Dictionary(all.map { ($0.path, $0) }) { first, _ in first }

  /// The methods that any path answers.
  static let methods = Set(all.flatMap(\.methods))
}
