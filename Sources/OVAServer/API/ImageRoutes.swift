import OVABasics
import OVACatalog
import OVAJobs

/// The images that everybody sees.
enum ImageRoutes {
  static let all = [
    Route(
      "/v2/image",
      .get("Lists the public images.", answers: .list(of: "Image"), Route.Parameter.list) {
        try await list($0)
      }),
    Route(
      "/v2/image/{id}",
      .get("Shows a public image.", answers: .single(of: "Image")) { try await one($0, .everybody) }
    ),
    Route(
      "/v2/image/{id}/inspection",
      .get(
        "Shows what is known of a public image's hardware and files.",
        answers: .single(of: "Inspection")
      ) {
        try await PackageAnswers.inspection($0, .everybody)
      }),
    Route(
      "/v2/image/{id}/findings",
      .get(
        "Lists the faults that the rules found in a public image.", answers: .single(of: "Findings")
      ) {
        try await PackageAnswers.findings($0, .everybody)
      }),
    Route(
      "/v2/image/{id}/targets",
      .get(
        "Lists what is known of how targets take a public image.",
        answers: .single(of: "Targets")
      ) {
        try await PackageAnswers.targets($0, .everybody)
      }),
  ]

  private static func list(_ context: HandlerContext) async throws -> APIResponse {
    let list = context.url("/v2/image")
    let query = try context.imageQuery(.everybody)
    let paging = try context.paging()
    let expands = try context.expands()
    let page = try await context.rendered(query, paging: paging, list: expands ? nil : list)
    let envelope = ListEnvelope(
      selfURL: context.services.baseURL + context.target.decoded,
      links: PageLinks(
        list: list, filter: context.clause("filter"), sort: context.clause("sort"),
        expands: expands, paging: paging, total: page.total),
      user: context.user)
    return APIResponse(
      body: envelope.body(joinedRows: page.json, count: page.count, time: .zero),
      clock: .metaTime, tagged: context.tagged(page))
  }

  /// One image of a scope.
  static func one(_ context: HandlerContext, _ scope: ImageQuery.Scope) async throws -> APIResponse
  {
    let id = try context.itemID()
    let record = try await context.services.catalog.read { try $0.record(id: id, scope: scope) }
    guard let record else { throw Problem.notFound }
    return .single(
      links: ["self": .string(context.pathURL)],
      data: record.json(times: context.services.times), user: context.user)
  }
}

extension HandlerContext {
  /// The images that the parameters ask for.
  func imageQuery(_ scope: ImageQuery.Scope) throws(CatalogError) -> ImageQuery {
    ImageQuery(
      scope: scope, filter: try Filter(clause("filter"), times: services.times),
      sort: try Sort(clause("sort")))
  }

  /// The page that the parameters ask for.
  func paging() throws(CatalogError) -> Paging {
    try Paging(pageText: value("page"), perPageText: value("per_page"))
  }

  /// A page's rows as JSON: records, or their URLs below `list`.
  func rendered(
    _ query: ImageQuery, paging: Paging?, list: String?
  ) async throws(CatalogError) -> RenderedPage {
    let (times, catalog) = (services.times, services.catalog)
    let version = await catalog.dataVersion()
    if list == nil, let version,
      let kept = catalog.keptPage(query, paging: paging, times: times, at: version)
    {
      return kept
    }
    return try await catalog.readList(query, at: version) { reader in
      guard let list else { return try reader.renderedPage(query, paging: paging, times: times) }
      let page = try reader.page(query, paging: paging)
      var bytes: [UInt8] = []
      for (index, record) in page.rows.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes += ListEnvelope.row(list: list, id: record.id)
      }
      return RenderedPage(
        json: bytes, count: page.rows.count, total: page.total, generation: try reader.generation())
    }
  }

  /// Returns the bytes that a list's tag is made of: the same for the same user in the same state
  /// of the list.
  func tagged(_ page: RenderedPage) -> [UInt8] {
    Array("\(page.generation) \(services.started) \(user) \(target.path)?\(target.query)".utf8)
  }
}
