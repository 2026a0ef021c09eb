import Hummingbird
import OVACatalog
import Testing

@Suite struct WebTests {
  private func page(
    _ fixture: Fixture, _ target: String, signedIn: Bool = true
  ) async -> Fixture.Reply {
    await fixture.page(target, signedIn: signedIn)
  }

  @Test func withoutATokenThePageAsksForOne() async throws {
    let fixture = try Fixture()
    let reply = await page(fixture, "/", signedIn: false)
    #expect(reply.status == 303)
    #expect(reply.headers[.location] == "/sign-in")
    #expect(await page(fixture, "/sign-in", signedIn: false).text.contains(#"type="password""#))
  }

  @Test func signingInSetsACookieThatScriptsCannotRead() async throws {
    let fixture = try Fixture()
    let reply = await fixture.send(
      .post, "/sign-in", token: "", body: "token=\(fixture.token)")
    #expect(reply.status == 303)
    let cookie = reply.headers[.setCookie] ?? ""
    #expect(cookie.contains("HttpOnly; SameSite=Lax; Secure"))
    let wrong = await fixture.send(.post, "/sign-in", token: "", body: "token=wrong")
    #expect(wrong.status == 401)
    #expect(wrong.headers[.setCookie] == nil)
    let split = await fixture.send(.post, "/sign-in", token: "", body: "token=a%0d%0aX:1")
    #expect(split.status == 401)
  }

  @Test func aCookieOpensPagesAndNotTheAPI() async throws {
    let fixture = try Fixture()
    #expect(await page(fixture, "/v2/image").status == 401)
  }

  @Test func imagesAreListedSearchedSortedAndPaged() async throws {
    let fixture = try Fixture()
    let all = await page(fixture, "/")
    #expect(all.text.contains("14 images"))
    #expect(
      all.text.contains(
        #"<a href="/image/24" title="coreos_production_vmware_ova.ova">coreos_production_vmware_ova.ova</a>"#
      ))
    #expect(
      all.headers[.contentSecurityPolicy]?.hasPrefix("default-src 'none'; style-src 'self'") == true
    )
    #expect(!all.text.contains("<script"))
    let found = await page(fixture, "/?q=zesty&sort=name,desc")
    #expect(found.text.contains("2 images found"))
    #expect(found.text.contains(#"aria-sort="descending""#))
    let mine = await page(fixture, "/?of=me")
    #expect(mine.text.contains("graylog-2.1.2-1.ova"))
  }

  @Test func whatIsTypedIsShownAsText() async throws {
    let fixture = try Fixture()
    let reply = await page(fixture, "/?q=%3Cscript%3Ealert(1)%3C/script%3E%22")
    #expect(reply.status == 200)
    #expect(!reply.text.contains("<script"))
    #expect(reply.text.contains("Nothing matches."))
  }

  @Test(arguments: ["/?page=0", "/?page=x", "/?sort=nme,up", "/?q=%00", "/?page=99999999999999"])
  func bentLinksDoNoHarm(target: String) async throws {
    let reply = await page(try Fixture(), target)
    #expect(reply.status == 200 || reply.status == 400)
  }

  @Test func anImageIsLookedInto() async throws {
    let fixture = try Fixture()
    let reply = await page(fixture, "/image/24")
    #expect(reply.text.contains("<h1>coreos_production_vmware_ova.ova</h1>"))
    #expect(reply.text.contains("Not checked yet."))
    #expect(await page(fixture, "/image/2").status == 200)
    #expect(await page(fixture, "/image/999").status == 404)
    let other = try Fixture.addToken("anna", to: fixture.store)
    let headers: HTTPFields = [.cookie: "ova_session=\(other)"]
    #expect(await fixture.send(.get, "/image/2", token: "", headers: headers).status == 404)
  }

  @Test(arguments: ["/docs", "/style.css", "/icon.svg"])
  func pagesWithoutSecretsNeedNoToken(target: String) async throws {
    #expect(await page(try Fixture(), target, signedIn: false).status == 200)
  }
}
