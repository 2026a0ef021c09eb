import OVABasics
import OVAByteSource
import OVATestSupport
import Testing

@testable import OVARemote

/// Redirects, and whom credentials are shown.
@Suite struct RedirectTests {
  private static let content = ServedContent(pattern(1_000_000))

  @Test(arguments: [301, 302, 303, 307, 308])
  func `a redirect is followed with the range, and remembered`(_ status: Int) throws {
    let target = try WebServer(Self.content.answer)
    let url = target.url("other/web.ova?X-Amz-Signature=abc")
    let server = try WebServer { _ in WebServer.Answer(status, [("Location", url)]) }
    let source = try #require(try source(server))
    #expect(
      try source.bytes(at: 500_000, count: 10) == Array(pattern(1_000_000)[500_000..<500_010]))
    #expect(server.requests.count == 1)
    #expect(
      target.requests.map(\.target)
        == Array(repeating: "/other/web.ova?X-Amz-Signature=abc", count: 2))
    #expect(source.name == server.url("web.ova"))
  }

  @Test func `relative locations are those of RFC 3986`() throws {
    let base = try RemoteURL("http://host:8080/a/b/c.ova?x=1")
    let expected = [
      ("d.ova", "http://host:8080/a/b/d.ova"), ("/d.ova", "http://host:8080/d.ova"),
      ("//other/d", "http://other/d"), ("?y=2", "http://host:8080/a/b/c.ova?y=2"),
      ("HTTPS://Other/d e", "https://other/d%20e"),
    ]
    for (reference, url) in expected { #expect(try base.resolved(reference).text == url) }
  }

  @Test func `credentials of netrc are shown to their own host alone`() throws {
    let folder = try TemporaryFolder()
    let target = try WebServer(loopback: "127.0.0.2", Self.content.answer)
    let url = "http://127.0.0.2:\(target.port)/web.ova"
    let server = try WebServer { request in
      request.fields["authorization"] == nil
        ? WebServer.Answer(401) : WebServer.Answer(302, [("Location", url)])
    }
    try folder.write("machine 127.0.0.1 login me password secret\n", to: "netrc")
    let source = try #require(
      try source(server, "web.ova", .testing(["NETRC": folder.path("netrc")])))
    #expect(source.size == 1_000_000)
    #expect(server.requests.first?.fields["authorization"] == "Basic bWU6c2VjcmV0")
    #expect(target.requests.allSatisfy { $0.fields["authorization"] == nil })
  }

  @Test func `a redirect that goes on for ever is told`() throws {
    let server = try WebServer { _ in WebServer.Answer(302, [("Location", "/web.ova")]) }
    let error = #expect(throws: ByteSourceError.self) { try opened(server) }
    #expect(error?.reason == "it leads on and on: 10 redirects were followed")
    #expect(server.requests.count == 11)
  }

  @Test(arguments: [
    ("ftp://host/web.ova", "to what is no http or https URL"),
    ("http://me:secret@host/web.ova", "to a URL with a user name, which is not followed"),
    ("file:///etc/passwd", "to what is no http or https URL"),
  ])
  func `a redirect to what is not fetched is told`(_ location: String, _ reason: String) throws {
    let server = try WebServer { _ in WebServer.Answer(302, [("Location", location)]) }
    let error = #expect(throws: ByteSourceError.self) { try opened(server) }
    #expect(error?.reason == "127.0.0.1:\(server.port) leads elsewhere, \(reason)")
  }

  @Test func `a signed URL that has ended is got anew where the redirect came from`() throws {
    let content = Self.content
    let target = try WebServer { request in
      request.number == 1 ? WebServer.Answer(403) : content.answer(request)
    }
    let url = target.url("web.ova?sig=1")
    let server = try WebServer { _ in WebServer.Answer(302, [("Location", url)]) }
    let source = try #require(try source(server))
    #expect(try source.bytes(at: 500_000, count: 1) == [pattern(1_000_000)[500_000]])
    #expect(server.requests.count == 2)
    #expect(target.requests.count == 3)
  }
}
