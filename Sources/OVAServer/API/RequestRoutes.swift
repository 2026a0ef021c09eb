import OVABasics
import OVACatalog
import OVAJobs

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
      .get("Lists the kinds of requests.", answers: .single(of: "URLs")) { exchange in
        let url = exchange.url("/v2/request/image_sync")
        return .single(
          links: ["image_sync": .string(url), "self": .string(exchange.pathURL)],
          data: JSON.array([.string(url)]).bytes(), user: exchange.user)
      }),
  ]

  private static func list(_ exchange: Exchange) async throws -> Answer {
    let list = exchange.url("/v2/request/image_sync")
    let times = exchange.services.times
    let filter = try Filter(exchange.clause("filter"), fields: .requests, times: times)
    let sort = try Sort(exchange.clause("sort"), fields: .requests)
    let paging = try exchange.paging()
    let expands = try exchange.expands()
    let user = exchange.user
    let page = try await exchange.services.catalogue.read { reader in
      try reader.requests(username: user, filter: filter, sort: sort, paging: paging)
    }
    let rows = page.rows.map { row in
      expands
        ? json(row, url: "\(list)/\(row.id)", times: times).bytes()
        : ListEnvelope.row(list: list, id: row.id)
    }
    let envelope = ListEnvelope(
      selfURL: exchange.services.baseURL + exchange.target.decoded,
      links: PageLinks(
        list: list, filter: exchange.clause("filter"), sort: exchange.clause("sort"),
        expands: expands, paging: paging, total: page.total),
      user: user)
    return Answer(body: envelope.body(rows: rows, time: .zero), clock: .metaTime)
  }

  private static func one(_ exchange: Exchange) async throws -> Answer {
    let id = try exchange.itemID()
    let user = exchange.user
    let row = try await exchange.services.catalogue.read {
      try $0.request(id: id, username: user)
    }
    guard let row else { throw Problem.notFound }
    let url = exchange.url("/v2/request/image_sync/\(id)")
    return .single(
      links: ["self": .string(exchange.pathURL)],
      data: json(row, url: url, times: exchange.services.times).bytes(), user: user)
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
