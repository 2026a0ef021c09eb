import HTTPTypes
import Hummingbird
import OVACatalog
import Testing

@Suite struct ProtocolTests {
  let fixture: Fixture

  init() throws { fixture = try Fixture() }

  private static let lists = [
    "/v2/image", "/v2/image/24", "/v2/user/image/vm", "/v2/user/image", "/v2/user",
    "/v2/user/token",
    "/v2/user/message", "/v2/request", "/v2/request/image_sync", "/v2/session/motd", "/v2/ping",
  ]

  @Test(arguments: lists) func headIsGetWithoutABody(path: String) async {
    let get = await fixture.send(.get, path)
    let head = await fixture.send(.head, path)
    #expect(get.status == 200)
    #expect(head.status == 200)
    #expect(head.text.isEmpty)
    #expect(head.headers[.contentLength] == get.headers[.contentLength])
    #expect(head.headers[.contentType] == "application/json")
  }

  @Test(arguments: lists) func optionsSaysWhatIsAllowedWithoutAToken(path: String) async {
    let reply = await fixture.send(.options, path, token: "")
    #expect(reply.status == 200)
    #expect(reply.json["data"] != nil)
    #expect(reply.headers[.allow]?.contains("GET, ") == true)
    #expect(reply.headers[.allow]?.contains("HEAD") == true)
  }

  @Test(
    arguments: [
      ("/v2/image", "GET, HEAD, OPTIONS"), ("/v2/user/image/vm", "GET, PATCH, HEAD, OPTIONS"),
      ("/auth/request-token", "POST, OPTIONS"),
    ], [HTTPRequest.Method.delete, .put, .trace])
  func anotherMethodIsRefusedWithWhatIsAllowed(
    path: (String, String), method: HTTPRequest.Method
  ) async {
    let reply = await fixture.send(method, path.0)
    #expect(reply.status == 405)
    #expect(reply.headers[.allow] == path.1)
    #expect(reply.headers[.contentType] == "application/json")
    #expect(reply.json["error"] as? String == "method not allowed")
  }

  @Test(arguments: [
    "/v2", "/v2/iso", "/v2/image/24/x", "/v3/image", "/%2e%2e/etc/passwd", "/v2/vmdk",
  ])
  func anUnknownPathIsNotFound(path: String) async {
    let reply = await fixture.send(.get, path)
    #expect(reply.status == 404)
    #expect(reply.json["status"] as? Int == 404)
  }

  @Test func aQueryThatIsTooLongIsRefused() async {
    let long = String(repeating: "a", count: 8_192)
    #expect(await fixture.send(.get, "/v2/image?filter=name,eq,\(long)").status == 414)
    let short = String(repeating: "a", count: 7_000)
    #expect(await fixture.send(.get, "/v2/image?filter=name,eq,\(short)").status == 200)
  }

  @Test func aBodyThatIsTooLongIsRefused() async {
    let reply = await fixture.send(
      .patch, "/v2/user/image/vm", headers: [.contentLength: "1000000"])
    #expect(reply.status == 413)
  }

  @Test func patternsThatInviteBacktrackingEndSoon() async {
    let pattern = URLText.encoded(String(repeating: "%a", count: 60))
    let start = ContinuousClock.now
    #expect(await fixture.send(.get, "/v2/image?filter=path,like,\(pattern)").status == 200)
    #expect(ContinuousClock.now - start < .seconds(10))
  }

  @Test func aKnownTagIsAnsweredWithNothingNew() async throws {
    let first = await fixture.send(.get, "/v2/image")
    let tag = try #require(first.headers[.eTag])
    let second = await fixture.send(.get, "/v2/image", headers: [.ifNoneMatch: "\"x\", \(tag)"])
    #expect(second.status == 304)
    #expect(second.text.isEmpty)
    #expect(second.headers[.eTag] == tag)
    let other = await fixture.send(.get, "/v2/image?per_page=5", headers: [.ifNoneMatch: tag])
    #expect(other.status == 200)
    try await fixture.store.write { try $0.markGone([31], now: 1) }
    #expect(await fixture.send(.get, "/v2/image", headers: [.ifNoneMatch: tag]).status == 200)
  }

  @Test func requestsHaveNames() async {
    let own = await fixture.send(.get, "/livez")
    #expect(own.headers[.requestName]?.utf8.count == 16)
    let given = await fixture.send(.get, "/livez", headers: [.requestName: "abc-1"])
    #expect(given.headers[.requestName] == "abc-1")
    let bad = await fixture.send(.get, "/livez", headers: [.requestName: "a b"])
    #expect(bad.headers[.requestName] != "a b")
  }

  @Test(arguments: ["/livez", "/readyz", "/version", "/metrics", "/openapi.json"])
  func operationsNeedNoToken(path: String) async {
    #expect(await fixture.send(.get, path, token: "").status == 200)
  }

  @Test func metricsCountRequestsByRouteAndNotByPath() async {
    _ = await fixture.send(.get, "/v2/image/24")
    _ = await fixture.send(.get, "/nowhere/1")
    let text = await fixture.send(.get, "/metrics").text
    #expect(
      text.contains(
        #"ova_http_requests_total{method="GET",route="/v2/image/{id}",status="200"} 1"#))
    #expect(text.contains(#"route="none",status="404"} 1"#))
    #expect(text.contains("ova_catalogue_images 14"))
    #expect(!text.contains("nowhere"))
  }

  @Test func theDescriptionNamesEveryPath() async {
    let document = await fixture.send(.get, "/openapi.json").json
    #expect(document["openapi"] as? String == "3.1.0")
    let paths = document["paths"] as? [String: [String: Any]]
    for path in ["/v2/image", "/v2/user/image/vm", "/auth/request-token", "/v2/image/{id}"] {
      #expect(paths?[path] != nil)
    }
    #expect(paths?["/v2/user/image/vm"]?.keys.sorted() == ["get", "patch"])
  }

  @Test(arguments: [
    ("*", "/"), ("/v2/image", "/v2/image"), ("http://h:1/v2/image?a=b", "/v2/image"), ("", "/"),
    ("?x", "/"),
  ])
  func targetsOfEveryFormAreRead(text: String, path: String) async {
    let reply = await fixture.send(.get, text)
    #expect(reply.status < 500)
    if path == "/v2/image" { #expect(reply.status == 200) }
  }
}

extension HTTPField.Name {
  static let requestName = HTTPField.Name("X-Request-ID") ?? .from
}
