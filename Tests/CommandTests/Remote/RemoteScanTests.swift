import Foundation
import OVATestSupport
import Testing

/// Repositories that are named by their URLs.
@Suite struct RemoteScanTests {
  private let bucket = ServedBucket("images", pageLength: 5)
  private let server: WebServer
  private let folder: TemporaryFolder
  private let keys = [
    "2026/web.ova", "2026/a b/web +1.ova", "2026/ü/100%.ova", "2026/x//y.ova",
  ]

  init() throws {
    let web = Array(try Data(contentsOf: URL(filePath: OVATool.sample("good/web.ova"))))
    for key in keys { bucket.put(web, at: key) }
    bucket.put([], at: "2026/a b/")
    for name in try FileManager.default.contentsOfDirectory(
      atPath: OVATool.sample("good/database"))
    {
      let url = URL(filePath: OVATool.sample("good/database/\(name)"))
      bucket.put(Array(try Data(contentsOf: url)), at: "2026/db/\(name)")
    }
    folder = try TemporaryFolder()
    let bucket = bucket
    server = try WebServer(bucket.answer)
  }

  private func scan(_ arguments: String...) throws -> ToolResult {
    try run(
      OVATool.path,
      ["scan"] + arguments + ["--db", folder.path("catalog.sqlite"), "--settle", "0"],
      environment: [
        "AWS_ENDPOINT_URL": "http://127.0.0.1:\(server.port)", "AWS_ACCESS_KEY_ID": "KEYKEY",
        "AWS_SECRET_ACCESS_KEY": "hunter2", "HOME": folder.path, "AWS_REGION": "us-east-1",
      ])
  }

  @Test func `a bucket is scanned, and unchanged objects cost no request`() throws {
    let first = try scan("s3://images/2026", "--data-store", "images")
    #expect(first.status == 0, "\(first.text)\(first.errorText)")
    #expect(
      first.text.hasPrefix(
        """
        added  [images] a b/web +1.ova
        added  [images] db/database.ovf
        added  [images] web.ova
        added  [images] x//y.ova
        added  [images] ü/100%.ova
        5 packages, 5 added,
        """), "\(first.text)")
    server.reset()
    let second = try scan()
    #expect(second.status == 0, "\(second.text)\(second.errorText)")
    #expect(second.text.hasPrefix("5 packages"))
    // Two pages of five, and no object.
    #expect(server.requests.map(\.method) == ["GET", "GET"])
    #expect(server.requests.allSatisfy { $0.target.contains("list-type=2") })
    bucket.put(
      Array(try Data(contentsOf: URL(filePath: OVATool.sample("broken/wrong-digest.ova")))),
      at: "2026/web.ova")
    server.reset()
    let third = try scan()
    #expect(third.text.hasPrefix("changed  [images] web.ova\n"))
    let objects = server.requests.filter { !$0.target.contains("list-type=2") }
    #expect(Set(objects.map(\.target)) == ["/images/2026/web.ova"])
    bucket["2026/ü/100%.ova"] = nil
    #expect(try scan().text.hasPrefix("gone  [images] ü/100%.ova\n"))
    for name in ["catalog.sqlite"] {
      let bytes = try Data(contentsOf: URL(filePath: folder.path(name)))
      #expect(bytes.range(of: Data("hunter2".utf8)) == nil)
      #expect(bytes.range(of: Data("KEYKEY".utf8)) == nil)
    }
  }

  @Test func `a bucket that is not there becomes no repository`() throws {
    let result = try scan("s3://nothing/2026", "--data-store", "images")
    #expect(result.status == 2 || result.status == 3)
    #expect(
      result.errorText.hasPrefix(
        "ova: s3://nothing/: cannot scan the folder: "), "\(result.errorText)")
    #expect(result.errorText.contains("404 Not Found (NoSuchBucket)"))
    #expect(!result.errorText.contains("hunter2"))
  }

  @Test func `URLs with a password or a secret are wrong use`() throws {
    for url in ["https://me:hunter2@127.0.0.1/dav/", "http://127.0.0.1/l.ndjson?token=hunter2"] {
      let result = try scan(url, "--data-store", "images")
      #expect(result.status != 0)
      #expect(!(result.errorText + result.text).contains("hunter2"), "\(result.errorText)")
    }
  }

  @Test func `a configuration names repositories elsewhere, and forget takes them out`() throws {
    try folder.write(
      """
      database: catalog.sqlite
      repositories:
        - data_store: images
          root: s3://images/2026/
          exclude: ["a b/**"]
      """, to: "ova.yaml")
    let result = try scan("--config", folder.path("ova.yaml"))
    #expect(result.status == 0, "\(result.text)\(result.errorText)")
    #expect(result.text.contains("4 packages, 4 added"))
    let database = ["--db", folder.path("catalog.sqlite")]
    let list = try run(OVATool.path, ["catalog", "repositories"] + database)
    #expect(list.text.contains("s3://images/2026 "))
    let report = try run(OVATool.path, ["report", "--format", "text"] + database)
    #expect(report.status == 0)
    let forgotten = try run(
      OVATool.path, ["catalog", "forget", "s3://images/2026", "--yes"] + database)
    #expect(
      forgotten.text
        == "[images] (s3://images/2026) is taken out, and 4 packages left the list\n")
  }

  @Test func `a list and its files are scanned`() throws {
    let web = Array(try Data(contentsOf: URL(filePath: OVATool.sample("good/web.ova"))))
    let content = ServedContent(web)
    let server = try WebServer { request in
      request.target == "/a/list.ndjson"
        ? WebServer.Answer(
          200,
          body: Array(
            """
            {"path": "web 1.ova", "size": \(web.count), "etag": "one"}
            {"path": "gone.ova", "size": 10, "etag": "one"}
            {"files": 2}

            """.utf8)) : request.target == "/a/web%201.ova" ? content.answer(request) : .init(404)
    }
    let result = try scan(server.url("a/list.ndjson"), "--data-store", "web")
    #expect(result.status == 3)
    #expect(
      result.errorText.contains(
        "ova: [web] gone.ova: 127.0.0.1:\(server.port) answered 404 Not Found"),
      "\(result.errorText)")
    #expect(result.text.contains("added  [web] web 1.ova"))
    server.reset()
    _ = try scan()
    #expect(server.requests.map(\.target).filter { $0.contains("web%201") } == [])
  }

  @Test func `a server that does not answer ranges is scanned by copies`() throws {
    let web =
      Array(try Data(contentsOf: URL(filePath: OVATool.sample("good/web.ova"))))
      + [UInt8](repeating: 0, count: 600_000)
    let server = try WebServer { request in
      request.target == "/list.ndjson"
        ? WebServer.Answer(
          200,
          body: Array("{\"path\": \"web.ova\", \"size\": \(web.count), \"etag\": \"one\"}".utf8))
        : ServedContent(web).wholeAnswer()
    }
    let result = try scan(server.url("list.ndjson"), "--data-store", "web")
    #expect(result.status == 0, "\(result.text)\(result.errorText)")
    #expect(result.text.contains("1 package, 1 added"))
  }
}
