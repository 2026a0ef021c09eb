import OVABasics
import OVACatalog
import OVAJobs
import OVATime

/// A user's requests.
enum RequestRoutes {
  static let all = [
    Route(
      "/v2/request/image_sync",
      .get(
        "Lists the user's sync requests, newest first.", answers: .list(of: "SyncRequest"),
        Route.Parameter.list
      ) {
        try await list($0)
      }),
    Route(
      "/v2/request/image_sync/{id}",
      .get("Shows how far a sync request has come.", answers: .single(of: "SyncRequest")) {
        try await one($0)
      }),
    Route(
      "/v2/request",
      .get("Lists the kinds of requests.", answers: .single(of: "URLs")) { context in
        let url = context.url("/v2/request/image_sync")
        return .single(
          links: ["image_sync": .string(url), "self": .string(context.pathURL)],
          data: JSON.array([.string(url)]).bytes(), user: context.user)
      }),
  ]

  private static func list(_ context: HandlerContext) async throws -> APIResponse {
    let list = context.url("/v2/request/image_sync")
    let times = context.services.times
    let filter = try Filter(context.clause("filter"), fields: .requests, times: times)
    let sort = try Sort(context.clause("sort"), fields: .requests)
    let paging = try context.paging()
    let expands = try context.expands()
    let user = context.user
    let page = try await context.services.catalog.read { reader in
      try reader.requests(username: user, filter: filter, sort: sort, paging: paging)
    }
    let rows = page.rows.map { row in
      expands
        ? json(row, url: "\(list)/\(row.id)", times: times).bytes()
        : ListEnvelope.row(list: list, id: row.id)
    }
    let envelope = ListEnvelope(
      selfURL: context.services.baseURL + context.target.decoded,
      links: PageLinks(
        list: list, filter: context.clause("filter"), sort: context.clause("sort"),
        expands: expands, paging: paging, total: page.total),
      user: user)
    return APIResponse(body: envelope.body(rows: rows, time: .zero), clock: .metaTime)
  }

  private static func one(_ context: HandlerContext) async throws -> APIResponse {
    let id = try context.itemID()
    let user = context.user
    let row = try await context.services.catalog.read {
      try $0.request(id: id, username: user)
    }
    guard let row else { throw Problem.notFound }
    let url = context.url("/v2/request/image_sync/\(id)")
    return .single(
      links: ["self": .string(context.pathURL)],
      data: json(row, url: url, times: context.services.times).bytes(), user: user)
  }

  /// A request as the API shows it.
  private static func json(_ row: SyncRequestRow, url: String, times: APITime) -> JSON {
    .object([
      ("_links", .object([("self", .string(url))])),
      ("added", .texts(row.added)),
      ("created_on", .string(times.string(from: row.createdOn))),
      ("deleted", .texts(row.deleted)),
      ("id", .integer(row.id)),
      (
        "message",
        .object([("errors", .texts(row.errors)), ("warnings", .texts(row.warnings))])
      ),
      ("status", .string(row.status.rawValue)),
      ("task_id", .text(row.taskID)),
      ("type", .string(row.type)),
      ("updated_on", .string(times.string(from: row.updatedOn))),
      ("user", .object([("username", .string(row.username))])),
      ("username", .string(row.username)),
    ])
  }
}
