import HTTPTypes
import OVABasics

/// The description of the API, made of its routes.
enum OpenAPI {
  static func document(_ services: Services) -> JSON {
    let routes = Routes.all.filter { if case .page = $0.access { false } else { true } }
    return [
      "openapi": "3.1.0",
      "info": [
        "title": "Image catalog",
        "description": "Lists virtual appliances (OVA and OVF) and syncs users' own.",
        "version": .string(services.version),
      ],
      "servers": .array([["url": .string(services.baseURL)]]),
      "paths": .object(routes.map { (key: $0.path, value: path($0)) }),
      "components": [
        "securitySchemes": [
          "token": ["type": "http", "scheme": "bearer"],
          "password": ["type": "http", "scheme": "basic"],
        ],
        "schemas": .object(OpenAPISchemas.all),
        "responses": [
          "Error": [
            "description": "What was wrong.",
            "content": [
              "application/json": ["schema": ["$ref": "#/components/schemas/Error"]]
            ],
          ]
        ],
      ],
    ]
  }

  private static func path(_ route: Route) -> JSON {
    .object(
      route.operations.map { operation in
        (key: operation.method.rawValue.lowercased(), value: self.operation(operation, of: route))
      })
  }

  private static func operation(_ operation: Route.Operation, of route: Route) -> JSON {
    let hasItem = route.path.contains("{id}")
    let item: [JSON] =
      hasItem
      ? [
        [
          "name": "id", "in": "path", "required": .bool(true),
          "schema": ["type": "integer", "minimum": .number(1)],
        ]
      ] : []
    let parameters =
      item
      + operation.parameters.map { parameter in
        [
          "name": .string(parameter.name), "in": "query",
          "description": .string(parameter.about), "schema": parameter.schema,
        ]
      }
    var responses: [(key: String, value: JSON)] = [(String(operation.success), success(operation))]
    let error: JSON = ["$ref": "#/components/responses/Error"]
    // Passwords may be tried so often and no more.
    let limited = route.path == "/auth/request-token" ? ["429"] : []
    let failures = ["400", "401", "404", "405", "413", "414"] + limited + ["431", "503"]
    responses += failures.map { ($0, error) }
    var members: [(key: String, value: JSON)] = [
      ("summary", .string(operation.summary)),
      ("operationId", .string(name(operation, of: route))),
    ]
    if !parameters.isEmpty { members.append(("parameters", .array(parameters))) }
    members.append(("responses", .object(responses)))
    members.append(("security", .array(security(route))))
    return .object(members)
  }

  private static func success(_ operation: Route.Operation) -> JSON {
    let type = if case .text = operation.shape { "text/plain" } else { "application/json" }
    return [
      "description": .string(operation.summary),
      "content": .object([(type, .object([("schema", operation.shape.schema)]))]),
    ]
  }

  private static func security(_ route: Route) -> [JSON] {
    if route.path == "/auth/request-token" { return [["password": .array([])]] }
    if case .token = route.access { return [["token": .array([])]] }
    return []
  }

  private static func name(_ operation: Route.Operation, of route: Route) -> String {
    let words = route.path.split { "/{}_-.".contains($0) }.map { $0.capitalized }
    return operation.method.rawValue.lowercased() + words.joined()
  }
}

extension Substring {
  /// The text with its first letter as a capital.
  fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst() }
}
