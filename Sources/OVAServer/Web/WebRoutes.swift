import Hummingbird
import OVABasics
import OVACatalog
import OVAConfiguration
import OVAJobs

/// Pages for people, rendered from the same queries as the API.
enum WebRoutes {
  static let all =
    [
      Route("/", access: .page, .get("Shows the list of images.") { try await list($0) }),
      Route("/image/{id}", access: .page, .get("Shows an image.") { try await one($0) }),
    ] + SyncPages.all + SignInRoutes.all + [
      Route(
        "/docs", access: .page,
        .get("Shows what the API can do.") { exchange in
          try WebText.docs.page(DocsPage(exchange.frame, url: exchange.services.baseURL))
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
    guard !exchange.user.isEmpty else { return .seeOther(SafePath.signIn(exchange)) }
    let place = ListPlace(exchange.target)
    let user = exchange.user
    let paging = Paging(page: place.page, perPage: perPage)
    let query = ImageQuery(
      scope: place.isMine ? .user(user) : .everybody, search: try words(of: place.search),
      sort: (try? Sort(place.sort)) ?? .stored)
    let (page, glances, last) = try await exchange.services.catalogue.readList(query) { reader in
      let page = try reader.page(query, paging: paging)
      let requests =
        place.isMine ? try reader.requests(username: user, paging: Paging(perPage: 1)).rows : []
      return (page, try reader.glances(of: page.rows.map(\.id)), requests.first)
    }
    return try WebText.list.page(
      ListPage(
        exchange.frame, page, glances, at: place, perPage: perPage,
        folder: place.isMine ? OwnFolder(exchange, last: last) : nil,
        times: exchange.services.times))
  }

  private static func words(of text: String) throws(Problem) -> SearchWords {
    do {
      return try SearchWords(text)
    } catch {
      throw Problem(
        status: .badRequest,
        message: "the search holds a NUL or more than \(SearchWords.most) words")
    }
  }

  private static func one(_ exchange: Exchange) async throws -> Answer {
    guard !exchange.user.isEmpty else { return .seeOther(SafePath.signIn(exchange)) }
    let id = try exchange.itemID()
    let user = exchange.user
    let package = try await exchange.services.catalogue.read { reader in
      try reader.package(id: id, scope: .everybody) ?? reader.package(id: id, scope: .user(user))
    }
    guard let package else {
      throw Problem(status: .notFound, message: "there is no such image")
    }
    return try WebText.image.page(
      ImagePage(
        exchange.frame, package: package, place: ListPlace(exchange.target),
        times: exchange.services.times))
  }
}
