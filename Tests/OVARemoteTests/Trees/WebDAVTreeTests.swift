import OVABasics
import OVAByteSource
import OVATestSupport
import Testing

@testable import OVARemote

/// Folders of WebDAV servers.
@Suite struct WebDAVTreeTests {
  /// A response about a folder, or a file of a size.
  private static func response(
    _ href: String, size: Int? = nil, tag: String? = nil, status: String = "HTTP/1.1 200 OK"
  ) -> String {
    """
    <D:response><D:href>\(href)</D:href><D:propstat><D:prop>
    \(size.map { "<D:resourcetype/><D:getcontentlength>\($0)</D:getcontentlength>" }
      ?? "<D:resourcetype><D:collection/></D:resourcetype>")
    <D:getlastmodified>Thu, 02 Jan 2020 03:04:05 GMT</D:getlastmodified>
    \(tag.map { "<D:getetag>\($0)</D:getetag>" } ?? "")
    </D:prop><D:status>\(status)</D:status></D:propstat>
    <D:propstat><D:prop><D:other/></D:prop><D:status>HTTP/1.1 404 Not Found</D:status></D:propstat>
    </D:response>
    """
  }

  private static func server(_ folders: [String: [String]]) throws -> WebServer {
    try WebServer { request in
      guard request.method == "PROPFIND" else { return WebServer.Answer(405) }
      guard let found = folders[request.target] else { return WebServer.Answer(403) }
      let own = request.fields["depth"] == "0" ? found.prefix(1) : found[...]
      return WebServer.Answer(
        207, [("Content-Type", "text/xml; charset=utf-8")],
        body: Array(
          "<?xml version=\"1.0\"?><D:multistatus xmlns:D=\"DAV:\">\(own.joined())</D:multistatus>"
            .utf8))
    }
  }

  private static func entries(_ server: WebServer) throws -> [FileTreeEntry] {
    try RemoteTree.at(server.url("dav/a%20b"), RemoteClient(.testing())).entries()
      .sorted { $0.path < $1.path }
  }

  private static func file(_ path: String, _ size: UInt64, _ tag: String? = nil) -> FileTreeEntry {
    .file(ListedFile(path, size: size, modified: 1_577_934_245_000_000_000, tag: tag))
  }

  @Test func `folders are asked for one after the other, whatever form the links have`() throws {
    let server = try Self.server([
      "/dav/a%20b/": [
        Self.response("/dav/a%20b/"), Self.response("/dav/a%20b/web.ova", size: 5, tag: "\"x\""),
        Self.response("http://other.example/dav/a%20b/absolute%2B.ova", size: 6),
        Self.response("relative%25.ova", size: 7), Self.response("/dav/a%20b/%C3%A4/"),
        Self.response("/dav/a%20b/closed/"), Self.response("/dav/a%20b/b&amp;c", size: 8),
      ],
      "/dav/a%20b/%C3%A4/": [
        Self.response("/dav/a%20b/%c3%a4/"), Self.response("/dav/a%20b/%c3%a4/x.ovf", size: 9),
      ],
    ])
    #expect(
      try Self.entries(server) == [
        Self.file("absolute+.ova", 6), Self.file("b&c", 8),
        .unlisted(
          path: "closed", reason: "127.0.0.1:\(server.port) answered 403 Forbidden"),
        Self.file("relative%.ova", 7), Self.file("web.ova", 5, "x"), Self.file("ä/x.ovf", 9),
      ])
    #expect(server.requests.map { $0.fields["depth"] } == ["1", "1", "1"])
  }

  @Test func `a folder behind a proxy that knows it by another path is listed`() throws {
    let server = try Self.server([
      "/dav/a%20b/": [Self.response("/inner/"), Self.response("/inner/web.ova", size: 5)]
    ])
    #expect(try Self.entries(server) == [Self.file("web.ova", 5)])
  }

  @Test func `what the server does not tell is told as that`() throws {
    let server = try Self.server([
      "/dav/a%20b/": [
        Self.response("/dav/a%20b/"),
        Self.response("/dav/a%20b/web.ova", size: 1, status: "HTTP/1.1 403 Forbidden"),
        "<D:response><D:href>/dav/a%20b/b.ova</D:href><D:propstat><D:prop><D:resourcetype/></D:prop>"
          + "<D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>",
      ]
    ])
    #expect(
      try Self.entries(server) == [
        .unlisted(path: "b.ova", reason: "the server does not tell its size"),
        .unlisted(
          path: "web.ova", reason: "the server tells nothing of it: HTTP/1.1 403 Forbidden"),
      ])
  }

  @Test func `a server that goes away while it is listed is a failure`() throws {
    let server = try WebServer { request in
      guard request.number > 0 else {
        return WebServer.Answer(
          207,
          body: Array(
            ("<D:multistatus xmlns:D=\"DAV:\">" + Self.response("/dav/a%20b/")
              + Self.response("/dav/a%20b/c/") + "</D:multistatus>").utf8))
      }
      return WebServer.Answer(502)
    }
    #expect(throws: ByteSourceError.self) { try Self.entries(server) }
  }

  @Test(arguments: [200, 405, 501])
  func `a server that knows no WebDAV is told of`(_ status: Int) throws {
    let server = try WebServer { _ in WebServer.Answer(status, body: Array("<html/>".utf8)) }
    let error = #expect(throws: ByteSourceError.self) { try Self.entries(server) }
    #expect(error?.reason.contains("to PROPFIND: it is no WebDAV folder") == true)
    #expect(error?.fix?.contains(".ndjson") == true)
  }
}
