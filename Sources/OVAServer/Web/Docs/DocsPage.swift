import HTTPTypes
import OVABasics
import OVACatalog

/// The content of the page of the API.
struct DocsPage {
  var base: String
  var signedIn: String?
  var formToken: String
  /// The URL that clients reach the server by.
  var url: String
  var groups: [Group]
  var kinds: [Kind]
  var filterFields: String
  var operators: [Row]
  var progress: [Row]
  var statuses: [Row]

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
    var success: Int
    var parameters: [Row]
    var hasParameters: Bool
    /// A link to the description of the answer's fields; nil for text.
    var answers: Link?
    var example: DocsExample?
  }

  /// A part of the page.
  struct Link {
    var id: String
    var title: String
  }

  /// A kind of object in answers.
  struct Kind {
    var id: String
    var title: String
    var about: String
    var fields: [Field]
  }

  /// A member of an object.
  struct Field {
    var name: String
    var type: String
    var about: String
  }

  /// A name and what it means.
  struct Row {
    var name: String
    var about: String
  }

  init(_ frame: PageFrame, url: String) {
    base = frame.base
    signedIn = frame.signedIn
    formToken = frame.formToken
    self.url = url
    groups = [
      ("Public images", ImageRoutes.all), ("A user's own images", UserRoutes.all),
      ("Requests", RequestRoutes.all), ("Sessions", SessionRoutes.all),
      ("Operation", OperationRoutes.all),
    ].map { title, routes in
      Group(
        title: title, id: title.lowercased().filter { $0.isLetter },
        operations: routes.flatMap { Self.operations($0, url: url) })
    }
    kinds = DocsFields.all.map { kind in
      Kind(
        id: "fields-\(kind.name.lowercased())", title: kind.title, about: kind.about,
        fields: kind.fields.map { Field(name: $0.name, type: $0.type, about: $0.about) })
    }
    filterFields = FieldSet.images.fields.map(\.name).joined(separator: ", ")
    operators = DocsFields.operators.map { Row(name: $0.rawValue, about: $1) }
    progress = RequestStatus.allCases.map { Row(name: $0.rawValue, about: DocsFields.meaning($0)) }
    statuses = DocsFields.statuses.map { Row(name: "\($0)", about: $1) }
  }

  private static func operations(_ route: Route, url: String) -> [Operation] {
    let access =
      switch route.access {
      case .token: "needs a token"
      case .everybody, .page: "open to everybody"
      }
    return route.operations.map { operation in
      Operation(
        method: operation.method.rawValue, path: route.path, summary: operation.summary,
        access: access, success: operation.success,
        parameters: operation.parameters.map { Row(name: $0.name, about: $0.about) },
        hasParameters: !operation.parameters.isEmpty, answers: link(operation.shape),
        example: DocsExample.all.first {
          $0.method == operation.method.rawValue && $0.path == route.path
        }?.at(url))
    }
  }

  private static func link(_ shape: OpenAPISchemas.Shape) -> Link? {
    let name: String
    switch shape {
    case .list(let row): name = row
    case .single(let one): name = one
    case .object(let one): name = one
    case .text: return nil
    }
    return DocsFields.all.first { $0.name == name }
      .map { Link(id: "fields-\(name.lowercased())", title: $0.title) }
  }
}
