import Foundation
import Hummingbird
import OVACatalog
import OVAServer
import OVATestSupport
import Testing

/// Refusals: pages for people, JSON for programs.
@Suite struct ErrorPageTests {
  private static let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

  private func ask(
    _ fixture: Fixture, _ target: String, accept: String?, method: HTTPRequest.Method = .get
  ) async -> Fixture.Reply {
    var headers: HTTPFields = [.cookie: "ova_session=\(fixture.token)"]
    if let accept { headers[.accept] = accept }
    return await fixture.send(method, target, token: "", headers: headers)
  }

  @Test(arguments: [
    ("/nothing", 404, "Not found"), ("/image/999999", 404, "Not found"),
    ("/image/x", 404, "Not found"), ("/?q=%00", 400, "The request is not valid"),
    ("/?q=" + (0..<70).map { "w\($0)" }.joined(separator: "+"), 400, "more than 64 words."),
    ("/?q=" + String(repeating: "a", count: 9000), 414, "The address is too long"),
  ])
  func browsersGetPages(target: String, status: Int, words: String) async throws {
    let reply = await ask(try Fixture(), target, accept: Self.browser)
    #expect(reply.status == status)
    #expect(reply.headers[.contentType] == "text/html; charset=utf-8")
    #expect(reply.headers[.contentSecurityPolicy]?.hasPrefix("default-src 'none'") == true)
    #expect(reply.text.contains("<h1>") && reply.text.contains(words))
    #expect(reply.text.contains(#"<a href="/">All images</a>"#))
    #expect(reply.text.contains("Status \(status)"))
  }

  @Test(
    arguments: [
      ("/nothing", nil), ("/nothing", "*/*"), ("/nothing", "application/json"),
      ("/v2/image/999999", browser), ("/v2/nothing", browser), ("/v2", browser),
      ("/auth/nothing", browser), ("/image/999999", "application/json"),
    ] as [(String, String?)])
  func programsGetJSON(target: String, accept: String?) async throws {
    let fixture = try Fixture()
    var headers: HTTPFields = [.authorization: "Bearer \(fixture.token)"]
    if let accept { headers[.accept] = accept }
    headers[.cookie] = "ova_session=\(fixture.token)"
    let reply = await fixture.send(.get, target, headers: headers)
    #expect(reply.status == 404)
    #expect(reply.headers[.contentType] == "application/json")
    #expect(reply.json["status"] as? Int == 404)
  }

  @Test(.enabled(if: !TestDatabase.isOnServer, "it looks at the catalog's file"))
  func withoutTheDatabaseBrowsersGetAPageThatSaysSo() async throws {
    let fixture = try Fixture()
    try FileManager.default.removeItem(atPath: fixture.store.path)
    for target in ["/", "/image/24", "/?of=me", "/sync/1"] {
      let reply = await ask(fixture, target, accept: Self.browser)
      #expect(reply.status == 503)
      #expect(reply.headers[.retryAfter] != nil)
      #expect(reply.text.contains("<h1>Not available at the moment</h1>"))
      #expect(!reply.text.contains(fixture.store.path))
    }
    let api = await fixture.send(.get, "/v2/image")
    #expect(api.status == 503)
    #expect(api.headers[.contentType] == "application/json")
  }

  @Test func aMethodThatAPageHasNotIsTold() async throws {
    let reply = await ask(try Fixture(), "/image/24", accept: Self.browser, method: .delete)
    #expect(reply.status == 405)
    #expect(reply.headers[.allow] == "GET, HEAD, OPTIONS")
    #expect(reply.text.contains("<h1>Not possible here</h1>"))
  }
}
