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
      Route(
        "/targets", access: .page,
        .get("Shows how many images each target takes.") { try await targets($0) }),
    ] + SyncPages.all + SignInRoutes.all + [
      Route(
        "/docs", access: .page,
        .get("Shows what the API can do.") { context in
          try WebTemplates.docs.page(DocsPage(context.frame, url: context.services.baseURL))
        }),
      Route(
        "/style.css", access: .page,
        .get("The pages' style.") { _ in
          APIResponse(
            type: "text/css; charset=utf-8", headers: [.cacheControl: "public, max-age=3600"],
            body: Array(WebStyle.sheet.utf8))
        }),
      Route(
        "/icon.svg", access: .page,
        .get("The pages' icon.") { _ in
          APIResponse(
            type: "image/svg+xml", headers: [.cacheControl: "public, max-age=86400"],
            body: Array(WebStyle.icon.utf8))
        }),
    ]

  private static let perPage = 25

  private static func list(_ context: HandlerContext) async throws -> APIResponse {
    guard !context.user.isEmpty else { return .seeOther(SafePath.signIn(context)) }
    let place = ListPlace(context.target)
    let user = context.user
    let paging = Paging(page: place.page, perPage: perPage)
    let query = ImageQuery(
      scope: place.isMine ? .user(user) : .everybody, search: try words(of: place.search),
      sort: (try? Sort(place.sort)) ?? .stored)
    let catalog = context.services.catalog
    let version = await catalog.dataVersion()
    let (page, summaries, last) = try await catalog.readList(query, at: version) { reader in
      let page = try reader.page(query, paging: paging)
      let requests =
        place.isMine ? try reader.requests(username: user, paging: Paging(perPage: 1)).rows : []
      return (page, try reader.summaries(of: page.rows.map(\.id)), requests.first)
    }
    return try WebTemplates.list.page(
      ListPage(
        context.frame, page, summaries, at: place, perPage: perPage,
        folder: place.isMine ? OwnFolder(context, last: last) : nil,
        times: context.services.times))
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

  private static func targets(_ context: HandlerContext) async throws -> APIResponse {
    guard !context.user.isEmpty else { return .seeOther(SafePath.signIn(context)) }
    let place = ListPlace(context.target)
    let scope: ImageQuery.Scope = place.isMine ? .user(context.user) : .everybody
    let counts = try await context.services.catalog.read { try $0.verdictCounts(scope: scope) }
    return try WebTemplates.targetCounts.page(
      TargetsPage(context.frame, counts, isMine: place.isMine))
  }

  private static func one(_ context: HandlerContext) async throws -> APIResponse {
    guard !context.user.isEmpty else { return .seeOther(SafePath.signIn(context)) }
    let id = try context.itemID()
    let user = context.user
    let package = try await context.services.catalog.read { reader in
      try reader.package(id: id, scope: .everybody) ?? reader.package(id: id, scope: .user(user))
    }
    guard let package else {
      throw Problem(status: .notFound, message: "there is no such image")
    }
    return try WebTemplates.image.page(
      ImagePage(
        context.frame, package: package, place: ListPlace(context.target),
        times: context.services.times))
  }
}
