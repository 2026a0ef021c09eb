import OVABasics
import OVAByteSource
import OVATestSupport
import Testing

@testable import OVARemote

/// Lists of files on web servers.
@Suite struct ListTreeTests {
  private static func server(
    _ list: String, _ change: @escaping @Sendable (inout WebServer.Answer) -> Void = { _ in }
  ) throws -> WebServer {
    try WebServer { request in
      var answer =
        request.target == "/images/list.ndjson"
        ? WebServer.Answer(200, body: Array(list.utf8))
        : WebServer.Answer(200, body: Array(request.target.utf8))
      change(&answer)
      return answer
    }
  }

  private static func entries(_ server: WebServer) throws -> [FileTreeEntry] {
    try tree(server).entries()
  }

  private static func tree(_ server: WebServer) throws -> any FileTree {
    try RemoteTree.at(server.url("images/list.ndjson"), RemoteClient(.testing()))
  }

  @Test func `each line is a file, by its path, its URL or both`() throws {
    let server = try Self.server(
      """
      {"path": "web/web 1+ä%20.ova", "size": 30, "modified": "2020-01-02T03:04:05Z", "more": [1]}
      {"url": "db/b%20c.ova", "size": 19, "etag": "\\"x\\""}

      {"path": "./../up.ova", "size": 1, "modified": 1577934245.5}
      {"path": "/far.ova", "url": "/elsewhere/far.ova", "size": 18, "modified": 1577934245}\r
      {"files": 4}
      """)
    let tree = try Self.tree(server)
    let entries = try tree.entries()
    let time: Int64 = 1_577_934_245_000_000_000
    #expect(
      entries == [
        .file(ListedFile("web/web 1+ä%20.ova", size: 30, modified: time, tag: nil)),
        .file(ListedFile("db/b c.ova", size: 19, modified: nil, tag: "x")),
        .unlisted(path: "./../up.ova", reason: "a path with '.' or '..' in it is no file's"),
        .file(ListedFile("far.ova", size: 18, modified: time, tag: nil)),
      ])
    // The server answers with what it was asked for.
    let targets = [
      "/images/web/web%201%2B%C3%A4%2520.ova", "/images/db/b%20c.ova", "/elsewhere/far.ova",
    ]
    let paths = entries.map(\.path).filter { !$0.contains("..") }
    for (path, target) in zip(paths, targets) {
      let file = ListedFile(path, size: UInt64(target.utf8.count), modified: nil, tag: nil)
      let source = tree.source(of: file, named: "")
      #expect(try source.allBytes(limit: .max, named: "") == Array(target.utf8))
    }
  }

  @Test(
    arguments: [
      (
        "{\"path\": \"a\", \"modified\": 1}", "line 1: it has no 'size', the file's length in bytes"
      ),
      ("\n{\"size\": 1, \"modified\": 1}", "line 2: it has no 'path', and no 'url' of a file"),
      ("{\"path\": \"a\", \"size\": 1}", "line 1: it has neither 'modified' nor 'etag'"),
      ("{\"path\": \"a\", \"size\": \"1\"}", "line 1: 'size' is of another type"),
      ("{\"path\": \"a\", \"size\": -1}", "line 1: "),
      (
        "{\"path\": \"a\", \"size\": 1, \"modified\": \"yesterday\"}",
        "line 1: 'modified' is neither a time in UTC"
      ),
      ("<html>", "line 1: it is no JSON object"),
      ("{\"path\": \"a\", \"si", "line 1: it is no JSON object"),
      (
        "{\"path\": \"a\", \"url\": \"ftp://host/a\", \"size\": 1, \"etag\": \"x\"}",
        "line 1: its 'url' is no http or https URL"
      ),
      (
        "{\"path\": \"a\", \"url\": \"http://me:pw@host/a\", \"size\": 1, \"etag\": \"x\"}",
        "line 1: its 'url' has a user name"
      ),
      ("{\"files\": 2}", "0 files are in the list, and its last line says that there are 2"),
      (
        "{\"files\": 0}\n{\"path\": \"a\", \"size\": 1, \"etag\": \"x\"}",
        "line 2: there is more behind the line with 'files'"
      ),
    ])
  func `a list that is not right is refused as a whole`(_ list: String, _ reason: String) throws {
    let error = #expect(throws: ByteSourceError.self) {
      try Self.entries(try Self.server(list))
    }
    #expect(error?.reason.hasPrefix(reason) == true, "\(error?.reason ?? "")")
  }

  @Test func `a list that is cut is a failure, wherever it is cut`() throws {
    let line = "{\"path\": \"a.ova\", \"size\": 1, \"etag\": \"x\"}\n"
    for cut in [0, 10, line.utf8.count, line.utf8.count + 5] {
      let server = try Self.server(line + line) { $0.cut = cut }
      #expect(throws: ByteSourceError.self) { try Self.entries(server) }
    }
  }

  @Test func `a list of unknown length says how many files it has`() throws {
    let line = "{\"path\": \"a.ova\", \"size\": 1, \"etag\": \"x\"}\n"
    let without = try Self.server(line) { $0.length = -1 }
    let error = #expect(throws: ByteSourceError.self) { try Self.entries(without) }
    #expect(error?.fix == "let its last line be {\"files\": 1}, the number of files in it")
    let with = try Self.server(line + "{\"files\": 1}\n") { $0.length = -1 }
    #expect(try Self.entries(with).count == 1)
  }

  @Test func `a URL that may hold a secret is no repository`() throws {
    let error = #expect(throws: ByteSourceError.self) {
      try RemoteTree.at("https://host/list.ndjson?token=hunter2", RemoteClient(.testing()))
    }
    #expect(error?.description.contains("hunter2") == false)
    #expect(error?.reason.hasPrefix("its query may hold a secret") == true)
  }
}
