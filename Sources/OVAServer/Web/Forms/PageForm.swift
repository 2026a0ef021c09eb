import HTTPTypes
import Hummingbird
import OVACatalog

/// The fields of a form that a page sent.
struct PageForm {
  private let fields: [(name: String, value: String)]

  /// Reads the form.
  ///
  /// Throws a 403 when a browser says that another site sent it.
  init(_ context: HandlerContext) async throws {
    let site = context.request.headers[.fetchSite]?.lowercased()
    guard site != "cross-site", site != "same-site" else {
      throw Problem(status: .forbidden, message: "another site sent this form")
    }
    let body = context.bytes
    fields = URLText.parameters(of: String(decoding: body, as: UTF8.self))
  }

  /// The first value of a field; nil when it is left out.
  func value(_ name: String) -> String? { fields.first { $0.name == name }?.value }

  /// Throws a 403 unless the form came from a page that was shown in this session.
  func requireToken(of context: HandlerContext) throws(Problem) {
    let session = Authenticator.session(in: context.request.headers[.cookie])
    guard FormToken.isValid(value("form"), of: session) else {
      throw Problem(
        status: .forbidden, message: "this form is out of date: reload the page and try again")
    }
  }
}

extension HTTPField.Name {
  /// The header in which a browser names the site that a request comes from.
  static let fetchSite = HTTPField.Name("Sec-Fetch-Site") ?? .from
}
