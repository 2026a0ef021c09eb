import Foundation
import HTTPTypes
import Hummingbird
import OVAServer
import OVATestSupport
import Testing

/// Tests of which requests reach which route, however their targets are written, and of the fields
/// that every response has.
@Suite struct RoutingTests {
  let fixture: Fixture

  init() throws { fixture = try Fixture() }

  // MARK: Targets

  /// A target, other spellings of it, and targets that only look like it.
  struct Spellings: Sendable, CustomTestStringConvertible {
    let target: String
    let same: [String]
    let others: [String]
    var testDescription: String { target }
  }

  static let spellings = [
    Spellings(
      target: "/livez",
      same: ["//livez", "/livez/", "///livez//", "/livez?", "/livez#top", "http://h/livez"],
      others: ["/LIVEZ", "/livez.", "/%6civez", "/livez%2F", "/ livez", "/livez/x"]),
    Spellings(
      target: "/v2/image/24",
      same: [
        "/v2/image/24/", "//v2//image//24", "http://h:1/v2/image/24", "HTTPS://u:p@h/v2/image/24",
        "http://[::1]:80/v2/image/24", "/v2/image/24#x?y", "/v2/image/24?a=%zz&b=%",
      ],
      others: [
        "/v2/image/024x", "/v2/image/%32%34", "/v2/image/24/inspection/x", "/v2/./image/24",
        "/v2/x/../image/24", "/v2%2Fimage%2F24", "/V2/image/24", "/v2/Image/24", "/v2/image/24%20",
        "/v2/image/2\u{301}4", "/v2/image\u{301}/24",
      ]),
    Spellings(
      target: "/v2/image?per_page=2",
      same: ["/v2/image?per_page=2#x", "http://h?x=/v2/image", "http://h/v2/image?per_page=2"],
      others: ["/v2/image%3Fper_page=2", "/v2", "/v2/", "/v2/images", "/v2/imag"]),
  ]

  @Test(arguments: spellings) func aTargetIsFoundHoweverItIsWritten(_ it: Spellings) async {
    let wanted = await fixture.send(.get, it.target)
    #expect(wanted.status == 200)
    for target in it.same where !target.hasPrefix("http://h?") {
      let reply = await fixture.send(.get, target)
      #expect(reply.status == 200, "\(target)")
      #expect(reply.data["id"] as? Int == wanted.data["id"] as? Int, "\(target)")
      #expect(reply.rows.count == wanted.rows.count, "\(target)")
    }
    for target in it.others {
      let reply = await fixture.send(.get, target)
      #expect(reply.status == 404, "\(target)")
      #expect(reply.message == "no such resource", "\(target)")
    }
  }

  @Test(arguments: [
    "0", "-1", "+24", "24x", "x", "007x", "99999999999999999999", "{id}", ":id", "*", "**", "é",
    "..", ".", "%", "\u{212A}",
  ])
  func anIdThatIsNoPositiveNumberIsNotFound(id: String) async {
    for path in ["/v2/image/", "/v2/user/image/vm/", "/v2/request/image_sync/"] {
      let reply = await fixture.send(.get, path + id)
      #expect(reply.status == 404)
      #expect(reply.message == "no such resource")
    }
  }

  // MARK: Methods

  /// Every path with its methods, as the description of the API lists them, and the pages.
  private func table() async throws -> [(path: String, methods: [String])] {
    let document = await fixture.send(.get, "/openapi.json").json
    let paths = try #require(document["paths"] as? [String: [String: Any]])
    #expect(paths.count >= 22)
    let pages = [
      ("/", ["get"]), ("/image/{id}", ["get"]), ("/sync", ["post"]), ("/sync/{id}", ["get"]),
      ("/sign-in", ["get", "post"]), ("/sign-out", ["post"]), ("/docs", ["get"]),
    ]
    return paths.map { ($0.key, $0.value.keys.sorted()) } + pages
  }

  @Test func eachPathAnswersItsMethodsAndRefusesAllOthers() async throws {
    for (path, methods) in try await table() {
      let target = path.replacing("{id}", with: "24")
      let options = await fixture.send(.options, target, token: "")
      #expect(options.status == 200, "\(path)")
      let allow = try #require(options.headers[.allow])
      let allowed = Set(allow.split(separator: ", ").map(String.init))
      var expected = Set(methods.map { $0.uppercased() } + ["OPTIONS"])
      if methods.contains("get") { expected.insert("HEAD") }
      #expect(allowed == expected, "\(path)")
      for name in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "OTHER"]
      where !allowed.contains(name) {
        let method = try #require(HTTPRequest.Method(name))
        // Without a token: what a path can do is no secret.
        let reply = await fixture.send(method, target, token: "")
        #expect(reply.status == 405, "\(name) \(path)")
        #expect(reply.headers[.allow] == allow, "\(name) \(path)")
        #expect(reply.text.isEmpty == (method == .head), "\(name) \(path)")
      }
    }
  }

  @Test func metricsAndLogNameTheMethodThatWasSent() async throws {
    for name in ["PUT", "PROPFIND", "OTHER"] {
      _ = await fixture.send(try #require(HTTPRequest.Method(name)), "/v2/image")
    }
    let text = await fixture.send(.get, "/metrics").text
    #expect(text.contains(#"requests_total{method="PUT",route="/v2/image",status="405"} 1"#))
    #expect(text.contains(#"requests_total{method="other",route="/v2/image",status="405"} 2"#))
  }

  @Test func theServerAsAWholeAnswersItsOptionsAlone() async {
    let options = await fixture.send(.options, "*", token: "")
    #expect(options.status == 200)
    #expect(options.headers[.allow] == "GET, HEAD, OPTIONS, PATCH, POST")
    #expect(await fixture.send(.get, "*").message == "'*' can be asked only for its options")
    #expect(await fixture.send(.options, "*?x").status == 404)
    #expect(await fixture.send(.options, "/*").status == 404)
  }

  // MARK: What comes first

  /// A request that is wrong in several ways gets the answer to the first of them.
  @Test func refusalsComeInTheirOrder() async {
    let long = "?filter=" + String(repeating: "a", count: 9000)
    let headers: HTTPFields = [.contentLength: "1000000"]
    #expect(await fixture.send(.get, "/nowhere\(long)", token: "").status == 404)
    #expect(await fixture.send(.get, "/v2/image\(long)", token: "", headers: headers).status == 401)
    #expect(await fixture.send(.get, "/v2/image\(long)", headers: headers).status == 414)
    #expect(await fixture.send(.put, "/v2/image\(long)", token: "").status == 414)
    #expect(await fixture.send(.put, "/v2/image", headers: headers).status == 413)
    #expect(await fixture.send(.options, "/v2/image", token: "", headers: headers).status == 413)
    #expect(await fixture.send(.get, "/v2/image?page=1&page=2").status == 400)
  }

  // MARK: Headers

  private static let usual = [
    "content-type", "x-content-type-options", "referrer-policy", "cache-control", "vary",
  ]

  @Test(
    arguments: [
      ("GET", "/v2/image", [], usual + ["etag", "content-length"]),
      ("HEAD", "/v2/image", [], usual + ["etag", "content-length"]),
      ("GET", "/v2/image?page=x", [], usual + ["content-length"]),
      ("GET", "/nowhere", [], usual + ["content-length"]),
      ("GET", "/metrics", [], usual + ["content-length"]),
      ("OPTIONS", "/v2/image", ["allow"], usual + ["content-length"]),
      ("PUT", "/v2/image", ["allow"], usual + ["content-length"]),
      ("PATCH", "/v2/user/image/vm", ["location"], usual + ["content-length"]),
      (
        "GET", "/style.css", ["cache-control"],
        usual.filter { $0 != "cache-control" } + ["etag", "content-length"]
      ),
      ("GET", "/", ["location"], usual + ["content-length"]),
      ("GET", "/sign-in", ["content-security-policy"], usual + ["etag", "content-length"]),
    ] as [(String, String, [String], [String])])
  func theHeadersOfAResponseComeInTheirOrder(
    method: String, target: String, own: [String], common: [String]
  ) async throws {
    let reply = await fixture.send(try #require(HTTPRequest.Method(method)), target)
    #expect(reply.headers.map(\.name.canonicalName) == own + common + ["x-request-id"])
  }

  @Test func whatTheClientHasAlreadyIsSentWithoutItsTypeAndBody() async throws {
    let first = await fixture.send(.get, "/docs")
    let tag = try #require(first.headers[.eTag])
    for known in [tag, String(tag.dropFirst(2)), "*", "\"other\", \(tag)"] {
      for method in [HTTPRequest.Method.get, .head] {
        let reply = await fixture.send(method, "/docs", headers: [.ifNoneMatch: known])
        #expect(reply.status == 304)
        #expect(reply.text.isEmpty)
        #expect(
          reply.headers.map(\.name.canonicalName) == [
            "content-security-policy", "x-content-type-options", "referrer-policy",
            "cache-control", "vary", "etag", "content-length", "x-request-id",
          ])
      }
    }
    // What is not read is not compared.
    #expect(await fixture.send(.options, "/docs", headers: [.ifNoneMatch: "*"]).status == 200)
  }
}
