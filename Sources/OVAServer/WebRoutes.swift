import Hummingbird
import OVABasics
import OVACatalog
import OVAConfiguration

/// Pages for people, rendered from the same queries as the API.
enum WebRoutes {
  static let all = [
    Route("/", access: .page, .get("Shows the list of images.") { try await list($0) }),
    Route("/image/{id}", access: .page, .get("Shows an image.") { try await one($0) }),
    Route(
      "/sign-in", access: .page,
      .get("Asks for a token.") { exchange in
        try WebText.signIn.page(SignInPage(base: exchange.services.basePath, message: nil))
      },
      .post("Signs in with a token.") { try await signIn($0) }),
    Route("/sign-out", access: .page, .post("Signs out.") { try signOut($0) }),
    Route(
      "/docs", access: .page,
      .get("Shows what the API can do.") { exchange in
        let services = exchange.services
        return try WebText.docs.page(
          DocsPage(base: services.basePath, url: services.baseURL, user: exchange.user))
      }),
    Route(
      "/style.css", access: .page,
      .get("The pages' style.") { _ in
        Answer(
          type: "text/css; charset=utf-8", headers: [.cacheControl: "public, max-age=3600"],
          body: Array(WebStyle.sheet.utf8))
      }),
    Route(
      "/icon.svg", access: .page,
      .get("The pages' icon.") { _ in
        Answer(
          type: "image/svg+xml", headers: [.cacheControl: "public, max-age=86400"],
          body: Array(WebStyle.icon.utf8))
      }),
  ]

  private static let perPage = 25

  private static func list(_ exchange: Exchange) async throws -> Answer {
    let base = exchange.services.basePath
    guard !exchange.user.isEmpty else { return .seeOther("\(base)/sign-in") }
    let isMine = exchange.value("of") == "me"
    let scope: ImageQuery.Scope = isMine ? .user(exchange.user) : .everybody
    let search = exchange.value("q") ?? ""
    let sort = exchange.value("sort")
    let number = Int(exchange.value("page") ?? "1") ?? 1
    let paging = Paging(page: min(max(number, 1), 1_000_000_000), perPage: perPage)
    let times = exchange.services.times
    // `;` parts filters, so that it cannot be searched for; `_` stands for it.
    let words = search.replacing(";", with: "_")
    let filter = try Filter(words.isEmpty ? nil : "label,like,%\(words)%", times: times)
    // A link that somebody bent shows the stored order.
    let order = (try? Sort(sort)) ?? .stored
    let query = ImageQuery(scope: scope, filter: filter, sort: order)
    let (page, glances) = try await exchange.services.catalogue.read { reader in
      let page = try reader.page(query, paging: paging)
      return (page, try reader.glances(of: page.rows.map(\.id)))
    }
    return try WebText.list.page(
      ListPage(
        page, glances, paging: paging, base: base, user: exchange.user, isMine: isMine,
        search: search, sort: order == .stored ? nil : sort, times: times))
  }

  private static func one(_ exchange: Exchange) async throws -> Answer {
    let base = exchange.services.basePath
    guard !exchange.user.isEmpty else { return .seeOther("\(base)/sign-in") }
    let id = try exchange.itemID()
    let user = exchange.user
    let package = try await exchange.services.catalogue.read { reader in
      try reader.package(id: id, scope: .everybody) ?? reader.package(id: id, scope: .user(user))
    }
    guard let package else {
      return try WebText.missing.page(
        SignInPage(base: base, signedIn: user, message: "There is no such image."),
        status: .notFound)
    }
    return try WebText.image.page(
      ImagePage(base: base, user: user, package: package, times: exchange.services.times))
  }

  private static func signIn(_ exchange: Exchange) async throws -> Answer {
    let base = exchange.services.basePath
    let body = try await exchange.body()
    let fields = URLText.parameters(of: String(decoding: body, as: UTF8.self))
    let token = fields.first { $0.name == "token" }?.value.filter { !$0.isWhitespace } ?? ""
    // The text goes into a header, so it may hold only what tokens are made of.
    let isPlain = token.utf8.allSatisfy { byte in
      (0x21...0x7E).contains(byte) && !"\",;\\".utf8.contains(byte)
    }
    guard isPlain, try await exchange.services.authenticator.user(ofToken: token) != nil else {
      return try WebText.signIn.page(
        SignInPage(base: base, message: "This token is not valid."), status: .unauthorized)
    }
    return .seeOther("\(base)/", cookie: cookie(token, exchange, seconds: 2_592_000))
  }

  private static func signOut(_ exchange: Exchange) throws -> Answer {
    .seeOther(
      "\(exchange.services.basePath)/sign-in", cookie: cookie("", exchange, seconds: 0))
  }

  private static func cookie(_ value: String, _ exchange: Exchange, seconds: Int) -> String {
    let secure = exchange.services.baseURL.hasPrefix("https:") ? "; Secure" : ""
    return """
      \(Authenticator.cookie)=\(value); Path=\(exchange.services.basePath)/; \
      Max-Age=\(seconds); HttpOnly; SameSite=Strict\(secure)
      """
  }
}
