import Foundation
import Hummingbird
import OVACatalog
import OVAConfiguration
import OVATestSupport
import Testing

/// Signing in on the page.
@Suite struct SignInTests {
  @Test(arguments: [
    ("/image/24?q=a+b&page=2", "/sign-in?to=%2Fimage%2F24%3Fq%3Da%2Bb%26page%3D2"),
    ("/?of=me", "/sign-in?to=%2F%3Fof%3Dme"), ("/sync/7", "/sign-in?to=%2Fsync%2F7"),
    ("/", "/sign-in"),
  ])
  func whoIsNotSignedInIsAskedAndLedBack(target: String, expected: String) async throws {
    let fixture = try Fixture()
    let asked = await fixture.page(target, signedIn: false)
    #expect(asked.status == 303)
    #expect(asked.headers[.location] == expected)
    let page = await fixture.page(expected, signedIn: false)
    #expect(page.status == 200)
    let wanted = page.text.firstMatch(of: /name="to" value="([^"]+)"/).map { String($0.output.1) }
    let to = (wanted ?? "").replacing("&amp;", with: "&")
    let done = await fixture.submit(
      "/sign-in", ["to": to, "token": fixture.token], signedIn: false)
    #expect(done.status == 303)
    #expect(done.headers[.location] == target)
    // Who is signed in already goes on at once.
    #expect(await fixture.page(expected).headers[.location] == target)
  }

  @Test(arguments: [
    "https://evil.example/", "//evil.example/", "/\\evil.example", "\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example", "javascript:alert(1)", "", "evil", " /x", "/a\r\nSet-Cookie: x=y",
    "/sign-out", "/sign-in?to=/x", "/é", "/\u{0}",
  ])
  func aSignInLeadsNowhereElse(to: String) async throws {
    let fixture = try Fixture()
    let done = await fixture.submit(
      "/sign-in", ["to": to, "token": fixture.token], signedIn: false)
    #expect(done.headers[.location] == "/")
    let page = await fixture.page("/sign-in?to=\(URLText.encoded(to))", signedIn: false)
    #expect(!page.text.contains("evil") && !page.text.contains("name=\"to\""))
    #expect(await fixture.page("/sign-in?to=\(URLText.encoded(to))").headers[.location] == "/")
  }

  @Test func aLongDestinationIsTheFirstPage() async throws {
    let fixture = try Fixture()
    let to = "/?q=" + String(repeating: "a", count: 3000)
    let done = await fixture.submit(
      "/sign-in", ["to": to, "token": fixture.token], signedIn: false)
    #expect(done.headers[.location] == "/")
  }

  @Test func anotherSitesFormSignsNobodyIn() async throws {
    let fixture = try Fixture()
    for site in ["cross-site", "same-site"] {
      let reply = await fixture.submit(
        "/sign-in", ["token": fixture.token], signedIn: false, from: site)
      #expect(reply.status == 403)
      #expect(reply.headers[.setCookie] == nil)
    }
  }

  private func withPasswords() throws -> Fixture {
    let hash = try run("openssl", ["passwd", "-6", "secret"]).text
      .trimmingCharacters(in: .whitespacesAndNewlines)
    return try Fixture { configuration, folder in
      configuration.server.usersFile = try folder.write("josem:\(hash)\n", to: "htpasswd")
      configuration.server.tokenLifetime = 600
    }
  }

  @Test func whereTheServerHasPasswordsThePageTakesThem() async throws {
    let fixture = try withPasswords()
    let page = await fixture.page("/sign-in?to=/?of=me", signedIn: false)
    #expect(page.text.contains(#"autocomplete="username""#))
    #expect(page.text.contains(#"autocomplete="current-password""#))
    #expect(page.text.contains("Or with a token"))
    let done = await fixture.submit(
      "/sign-in", ["to": "/?of=me", "user": "josem", "password": "secret"], signedIn: false)
    #expect(done.status == 303)
    #expect(done.headers[.location] == "/?of=me")
    let cookie = try #require(done.headers[.setCookie])
    #expect(cookie.contains("Max-Age=600; HttpOnly; SameSite=Lax; Secure"))
    let session = try #require(cookie.split(separator: ";").first).dropFirst("ova_session=".count)
    #expect(await fixture.page("/?of=me", as: String(session)).status == 200)
    // A token opens the same page.
    let other = await fixture.submit("/sign-in", ["token": fixture.token], signedIn: false)
    #expect(other.status == 303)
  }

  @Test func aWrongPasswordIsToldWithoutTheBrowsersOwnWindow() async throws {
    let fixture = try withPasswords()
    let reply = await fixture.submit(
      "/sign-in", ["to": "/?of=me", "user": "josem", "password": "wrong"], signedIn: false)
    #expect(reply.status == 401)
    #expect(reply.headers[.wwwAuthenticate] == nil)
    #expect(reply.headers[.setCookie] == nil)
    #expect(reply.text.contains("User name or password is wrong."))
    #expect(reply.text.contains(#"name="user" value="josem""#))
    #expect(reply.text.contains(#"name="to" value="/?of=me""#))
  }

  @Test func whereItHasNoneThePageAsksForATokenAlone() async throws {
    let fixture = try Fixture()
    let page = await fixture.page("/sign-in", signedIn: false)
    #expect(!page.text.contains("Password"))
    let reply = await fixture.submit(
      "/sign-in", ["user": "josem", "password": "secret"], signedIn: false)
    #expect(reply.status == 401)
  }

  @Test func signingOutNeedsThePagesForm() async throws {
    let fixture = try Fixture()
    #expect(await fixture.submit("/sign-out", [:]).status == 403)
    #expect(await fixture.submit("/sign-out", ["form": "AAAA"]).status == 403)
    let other = try Fixture.addToken("anna", to: fixture.store)
    let theirs = await fixture.formToken(of: other)
    #expect(await fixture.submit("/sign-out", ["form": theirs]).status == 403)
    let reply = await fixture.submit("/sign-out", ["form": await fixture.formToken()])
    #expect(reply.status == 303)
    #expect(reply.headers[.setCookie]?.contains("Max-Age=0") == true)
    // Whose session has ended need not prove anything.
    #expect(await fixture.submit("/sign-out", [:], signedIn: false).status == 303)
  }
}
