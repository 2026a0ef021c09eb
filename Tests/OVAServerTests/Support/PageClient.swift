import Hummingbird
import OVACatalog

/// A browser's part in tests of the pages.
extension Fixture {
  /// A page as a signed-in user gets it, or somebody who is not.
  func page(_ target: String, signedIn: Bool = true, as session: String? = nil) async -> Reply {
    let headers: HTTPFields =
      signedIn ? [.cookie: "a=b; ova_session=\(session ?? token)"] : [:]
    return await send(.get, target, token: "", headers: headers)
  }

  /// Sends a form as a page of this server does.
  func submit(
    _ target: String, _ fields: KeyValuePairs<String, String>, signedIn: Bool = true,
    from site: String? = nil
  ) async -> Reply {
    var headers = HTTPFields()
    if let site, let name = HTTPFields.Element.Name("Sec-Fetch-Site") { headers[name] = site }
    if signedIn { headers[.cookie] = "ova_session=\(token)" }
    let body = fields.map { "\($0.key)=\(URLText.encoded($0.value))" }.joined(separator: "&")
    return await send(.post, target, token: "", headers: headers, body: body)
  }

  /// Seconds after which a browser loads a page anew; nil when it does not.
  static func refresh(_ reply: Reply) -> String? {
    HTTPFields.Element.Name("Refresh").flatMap { reply.headers[$0] }
  }

  /// The token that the forms of a page carry.
  func formToken(of session: String? = nil) async -> String {
    let text = await page("/?of=me", as: session).text
    return text.firstMatch(of: /name="form" value="([^"]+)"/).map { String($0.output.1) } ?? ""
  }

  /// Adds packages to the catalog.
  func add(_ packages: [PackageRow]) throws {
    try store.write { writer in
      for package in packages { try writer.save(package, now: 1_518_194_226) }
    }
  }
}

/// A public package of the tests.
func package(
  _ name: String, folder: String = "VmImages", _ change: (inout PackageRow) -> Void = { _ in }
) throws -> PackageRow {
  let mapping = try RepositoryMapping(
    dataStore: "vss-ISOs", root: "/", folder: folder, isPublic: true)
  var facts = PackageFacts()
  facts.systems = 1
  var row = PackageRow(
    record: try mapping.record(
      for: name, id: 0, createdOn: 1_511_555_856, updatedOn: 1_518_194_226),
    facts: facts)
  change(&row)
  return row
}
