import HTTPTypes
import OVABasics

/// What the page of the API shows.
struct DocsPage {
  var base: String
  /// The URL that clients reach the server by.
  var url: String
  var signedIn: String?
  var groups: [Group]

  /// Paths of one kind.
  struct Group {
    var title: String
    var id: String
    var operations: [Operation]
  }

  /// One thing that can be done.
  struct Operation {
    var method: String
    var path: String
    var summary: String
    var access: String
    var parameters: [Parameter]
    var hasParameters: Bool
  }

  /// A parameter of the query.
  struct Parameter {
    var name: String
    var about: String
  }

  /// The page for a user; empty for one who is not signed in.
  init(base: String, url: String, user: String) {
    self.base = base
    self.url = url
    signedIn = user.isEmpty ? nil : user
    groups = [
      ("Public images", ImageRoutes.all), ("A user's own images", UserRoutes.all),
      ("Requests", RequestRoutes.all), ("Sessions", SessionRoutes.all),
      ("Operation", OperationRoutes.all),
    ].map { title, routes in
      Group(
        title: title, id: title.lowercased().filter { $0.isLetter },
        operations: routes.flatMap(Self.operations))
    }
  }

  private static func operations(_ route: Route) -> [Operation] {
    let access =
      switch route.access {
      case .token: "needs a token"
      case .everybody, .page: "open to everybody"
      }
    return route.operations.map { operation in
      Operation(
        method: operation.method.rawValue, path: route.path, summary: operation.summary,
        access: access,
        parameters: operation.parameters.map { Parameter(name: $0.name, about: $0.about) },
        hasParameters: !operation.parameters.isEmpty)
    }
  }
}
