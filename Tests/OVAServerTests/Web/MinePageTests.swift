import Hummingbird
import OVACatalog
import OVAConfiguration
import OVAJobs
import OVAServer
import OVATestSupport
import Testing

/// The user's own list: the folder, the sync and what came of it.
@Suite struct MinePageTests {
  @Test func thePageSaysWhereToUploadAndHasAButton() async throws {
    let fixture = try Fixture { configuration, _ in
      configuration.personal?.upload = "https://upload.example.org/<x>"
    }
    let page = await fixture.page("/?of=me")
    #expect(page.text.contains("<code>[vssUser-xfers] josem/images</code>"))
    #expect(page.text.contains(#"<a href="https://upload.example.org/&lt;x&gt;">"#))
    #expect(page.text.contains(#"<form method="post" action="/sync">"#))
    #expect(page.text.contains("Never synced."))
    // No path of the server's own file system is shown.
    #expect(!page.text.contains(fixture.folder.path("")))
    // The public list has none of it.
    #expect(!(await fixture.page("/").text.contains("Sync now")))
  }

  @Test func aSentenceTellsWhereToUploadToo() async throws {
    let fixture = try Fixture { configuration, _ in
      configuration.personal?.upload = "Use javascript:alert(1) or SFTP."
    }
    let page = await fixture.page("/?of=me")
    #expect(page.text.contains("to this folder. Use javascript:alert(1) or SFTP."))
    #expect(!page.text.contains("href=\"javascript"))
  }

  @Test func theButtonSubmitsTheSameRequestAsTheAPI() async throws {
    let fixture = try Fixture()
    let reply = await fixture.submit("/sync", ["form": await fixture.formToken()])
    #expect(reply.status == 303)
    #expect(reply.headers[.location] == "/sync/1")
    let request = await fixture.send(.get, "/v2/request/image_sync/1")
    #expect(request.data["status"] as? String == "SUBMITTED")
    let page = await fixture.page("/sync/1")
    #expect(page.text.contains("waiting"))
    #expect(Fixture.refresh(page) == "3")
    #expect(await fixture.page("/?of=me").text.contains("/sync/1"))
    await fixture.server.services.worker.takeUpAll()
    let done = await fixture.page("/sync/1")
    #expect(Fixture.refresh(done) == nil)
    #expect(done.text.contains(">done<") || done.text.contains("done, with errors"))
  }

  @Test func noOtherSiteCanPressTheButton() async throws {
    let fixture = try Fixture()
    let other = try Fixture.addToken("anna", to: fixture.store)
    let theirs = await fixture.formToken(of: other)
    for form in ["", "AAAA", "x y", theirs] {
      let reply = await fixture.submit("/sync", ["form": form])
      #expect(reply.status == 403)
      #expect(reply.headers[.contentType] == "text/html; charset=utf-8")
    }
    #expect(await fixture.submit("/sync", [:]).status == 403)
    let form = await fixture.formToken()
    #expect(await fixture.submit("/sync", ["form": form], from: "cross-site").status == 403)
    #expect(await fixture.send(.get, "/v2/request/image_sync").rows.isEmpty)
    // Nobody is asked for a form who has no session.
    let asked = await fixture.submit("/sync", ["form": form], signedIn: false)
    #expect(asked.headers[.location] == "/sign-in?to=%2F%3Fof%3Dme")
  }

  @Test func theLastSyncIsToldWithItsResult() async throws {
    let fixture = try Fixture()
    try await fixture.store.write { writer in
      var request = try writer.submitRequest(username: "josem", taskID: "t", now: 1_511_555_856)
        .request
      request.status = .processed
      request.added = ["[vssUser-xfers] josem/images/<b>.ova"]
      request.deleted = (0..<600).map { "[vssUser-xfers] josem/images/\($0).ova" }
      request.errors = ["it is cut off"]
      request.updatedOn = 1_511_555_857
      _ = try writer.update(request)
    }
    let mine = await fixture.page("/?of=me").text
    #expect(mine.contains("done, with errors"))
    #expect(mine.contains("1 added, 600 deleted, 1 error"))
    let page = await fixture.page("/sync/1").text
    #expect(page.contains("<li>[vssUser-xfers] josem/images/&lt;b&gt;.ova</li>"))
    #expect(page.contains("<li>it is cut off</li>"))
    #expect(page.contains("and 100 more"))
    // Another user's is none.
    let other = try Fixture.addToken("anna", to: fixture.store)
    #expect(await fixture.page("/sync/1", as: other).status == 404)
    #expect(await fixture.page("/sync/2").status == 404)
    #expect(await fixture.page("/sync/x").status == 404)
  }

  @Test func aServerWithoutFoldersOfUsersHasNoButton() async throws {
    let fixture = try Fixture { configuration, _ in configuration.personal = nil }
    let page = await fixture.page("/?of=me").text
    #expect(!page.contains("Sync now"))
    #expect(page.contains("no folders of users"))
  }
}
