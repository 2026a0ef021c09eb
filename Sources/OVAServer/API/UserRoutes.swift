import Hummingbird
import OVABasics
import OVACatalog
import OVAJobs
import OVATime

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
      "/v2/user/image/vm/{id}/targets",
      .get(
        "Lists what is known of how targets take the image.", answers: .single(of: "Targets")
      ) {
        try await PackageAnswers.targets($0, .user($0.user))
      }),
    Route(
      "/v2/user/image",
      .get("Lists the kinds of images that a user has.", answers: .single(of: "URLs")) { context in
        .single(
          links: [
            "self": .string(context.pathURL), "vm": .string(context.url("/v2/user/image/vm")),
          ], data: JSON.array([.string(context.url("/v2/user/image/vm"))]).bytes(),
          user: context.user)
      }),
    Route(
      "/v2/user",
      .get("Says who the token belongs to.", answers: .single(of: "User")) { context in
        .single(
          links: ["self": .string(context.pathURL)],
          data: JSON.object([("username", .string(context.user))]).bytes(), user: context.user)
      }),
    Route(
      "/v2/user/token",
      .get("Lists the user's tokens.", answers: .list(of: "TokenEntry")) { try await tokens($0) }),
    Route(
      "/v2/user/message",
      .get("Lists messages to the user; there are none.", answers: .list(of: "Anything")) {
        context in
        let links = PageLinks(list: context.pathURL, paging: Paging(), total: 0)
        let envelope = ListEnvelope(
          selfURL: context.pathURL, links: links, user: context.user)
        return APIResponse(body: envelope.body(rows: [], time: .zero), clock: .metaTime)
      }),
  ]

  private static func list(_ context: HandlerContext) async throws -> APIResponse {
    let list = context.url("/v2/user/image/vm")
    let query = try context.imageQuery(.user(context.user))
    // Without either parameter the existing API shows all rows on one page.
    let isPaged = context.value("page") != nil || context.value("per_page") != nil
    let asked = isPaged ? try context.paging() : nil
    let expands = try context.expands()
    let page = try await context.rendered(query, paging: asked, list: nil)
    let paging = asked ?? Paging(page: 1, perPage: max(page.total, 1))
    let envelope = ListEnvelope(
      shape: .user(["image": context.url("/v2/user/image"), "self": list]), selfURL: list,
      links: PageLinks(
        list: list, filter: context.clause("filter"), sort: context.clause("sort"),
        expands: expands, paging: paging, total: page.total),
      user: context.user)
    return APIResponse(
      body: envelope.body(joinedRows: page.json, count: page.count, time: .zero),
      clock: .metaTime, tagged: context.tagged(page))
  }

  /// Submits a sync of the user's folder, for the API and the pages alike.
  static func submitSync(_ context: HandlerContext) async throws -> SyncRequestRow {
    let (user, now) = (context.user, context.services.now())
    let task = RequestName.made() + RequestName.made()
    let request = try await context.services.catalog.write {
      try $0.submitRequest(username: user, taskID: task, now: now).request
    }
    context.services.worker.wake()
    return request
  }

  private static func sync(_ context: HandlerContext) async throws -> APIResponse {
    let request = try await submitSync(context)
    let user = context.user
    let url = context.url("/v2/request/image_sync/\(request.id)")
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
    var answer = APIResponse.single(
      links: ["self": .string(context.pathURL)], data: data.bytes(), count: nil, user: user,
      status: .accepted)
    answer.headers[.location] = url
    return answer
  }

  private static func tokens(_ context: HandlerContext) async throws -> APIResponse {
    let user = context.user
    let rows = try await context.services.catalog.read { try $0.tokens(owner: user) }
    let times = context.services.times
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
      selfURL: context.pathURL,
      links: PageLinks(list: context.pathURL, paging: paging, total: rows.count), user: user)
    return APIResponse(body: envelope.body(rows: data, time: .zero), clock: .metaTime)
  }
}
