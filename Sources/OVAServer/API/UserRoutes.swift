import Hummingbird
import OVABasics
import OVACatalog
import OVAJobs

/// A user's own images, and the user.
enum UserRoutes {
  static let all = [
    Route(
      "/v2/user/image/vm",
      .get("Lists the user's own images.", answers: .list(of: "Image"), Route.Parameter.list) {
        try await list($0)
      },
      .patch("Asks for a sync of the user's folder.", answers: .single(of: "Submitted")) {
        try await sync($0)
      }),
    Route(
      "/v2/user/image/vm/{id}",
      .get("Shows one of the user's images.", answers: .single(of: "Image")) {
        try await ImageRoutes.one($0, .user($0.user))
      }),
    Route(
      "/v2/user/image/vm/{id}/inspection",
      .get(
        "Shows what is known of the image's hardware and files.", answers: .single(of: "Inspection")
      ) {
        try await PackageAnswers.inspection($0, .user($0.user))
      }),
    Route(
      "/v2/user/image/vm/{id}/findings",
      .get("Lists the faults that the rules found in the image.", answers: .single(of: "Findings"))
      {
        try await PackageAnswers.findings($0, .user($0.user))
      }),
    Route(
      "/v2/user/image",
      .get("Lists the kinds of images that a user has.", answers: .single(of: "URLs")) { exchange in
        .single(
          links: [
            "self": .string(exchange.pathURL), "vm": .string(exchange.url("/v2/user/image/vm")),
          ], data: JSON.array([.string(exchange.url("/v2/user/image/vm"))]).bytes(),
          user: exchange.user)
      }),
    Route(
      "/v2/user",
      .get("Says who the token belongs to.", answers: .single(of: "User")) { exchange in
        .single(
          links: ["self": .string(exchange.pathURL)],
          data: JSON.object([("username", .string(exchange.user))]).bytes(), user: exchange.user)
      }),
    Route(
      "/v2/user/token",
      .get("Lists the user's tokens.", answers: .list(of: "TokenEntry")) { try await tokens($0) }),
    Route(
      "/v2/user/message",
      .get("Lists messages to the user; there are none.", answers: .list(of: "Anything")) {
        exchange in
        let links = PageLinks(list: exchange.pathURL, paging: Paging(), total: 0)
        let envelope = ListEnvelope(
          selfURL: exchange.pathURL, links: links, user: exchange.user)
        return Answer(body: envelope.body(rows: [], time: .zero), clock: .metaTime)
      }),
  ]

  private static func list(_ exchange: Exchange) async throws -> Answer {
    let list = exchange.url("/v2/user/image/vm")
    let query = try exchange.imageQuery(.user(exchange.user))
    // Without either parameter the existing API shows all rows on one page.
    let isPaged = exchange.value("page") != nil || exchange.value("per_page") != nil
    let asked = isPaged ? try exchange.paging() : nil
    let expands = try exchange.expands()
    let page = try await exchange.rendered(query, paging: asked, list: nil)
    let paging = asked ?? Paging(page: 1, perPage: max(page.total, 1))
    let envelope = ListEnvelope(
      shape: .user(["image": exchange.url("/v2/user/image"), "self": list]), selfURL: list,
      links: PageLinks(
        list: list, filter: exchange.clause("filter"), sort: exchange.clause("sort"),
        expands: expands, paging: paging, total: page.total),
      user: exchange.user)
    return Answer(
      body: envelope.body(joinedRows: page.json, count: page.count, time: .zero),
      clock: .metaTime, tagged: exchange.tagged(page))
  }

  /// Submits a sync of the user's folder, for the API and the pages alike.
  static func submitSync(_ exchange: Exchange) async throws -> SyncRequestRow {
    let (user, now) = (exchange.user, exchange.services.now())
    let task = RequestName.made() + RequestName.made()
    let request = try await exchange.services.catalogue.write {
      try $0.submitRequest(username: user, taskID: task, now: now).request
    }
    exchange.services.worker.wake()
    return request
  }

  private static func sync(_ exchange: Exchange) async throws -> Answer {
    let request = try await submitSync(exchange)
    let user = exchange.user
    let url = exchange.url("/v2/request/image_sync/\(request.id)")
    let data = JSON.object([
      ("_links", .object([("request", .string(url))])),
      ("message", "Request has been accepted for processing"),
      ("name", "Accepted"),
      (
        "request",
        .object([
          ("id", .integer(request.id)), ("status", .string(request.status.rawValue)),
          ("task_id", .text(request.taskID)), ("type", .string(request.type)),
        ])
      ),
      ("status", .number(202)),
    ])
    var answer = Answer.single(
      links: ["self": .string(exchange.pathURL)], data: data.bytes(), count: nil, user: user,
      status: .accepted)
    answer.headers[.location] = url
    return answer
  }

  private static func tokens(_ exchange: Exchange) async throws -> Answer {
    let user = exchange.user
    let rows = try await exchange.services.catalogue.read { try $0.tokens(owner: user) }
    let times = exchange.services.times
    let data = rows.map { row in
      JSON.object([
        ("created_on", .string(times.string(from: row.createdOn))),
        ("expires_on", .text(row.expiresOn.map(times.string))),
        ("id", .integer(row.id)),
        ("last_used_on", .text(row.lastUsedOn.map(times.string))),
        ("name", .string(row.name)),
        ("revoked_on", .text(row.revokedOn.map(times.string))),
      ]).bytes()
    }
    let paging = Paging(perPage: max(rows.count, 1))
    let envelope = ListEnvelope(
      selfURL: exchange.pathURL,
      links: PageLinks(list: exchange.pathURL, paging: paging, total: rows.count), user: user)
    return Answer(body: envelope.body(rows: data, time: .zero), clock: .metaTime)
  }
}
