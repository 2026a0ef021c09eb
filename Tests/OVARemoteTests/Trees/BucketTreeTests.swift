import OVABasics
import OVAByteSource
import OVATestSupport
import Testing

@testable import OVARemote

/// Trees in buckets.
@Suite struct BucketTreeTests {
  /// Keys with all that makes trouble, in the order of their bytes.
  static let keys = [
    "2026/+ plus.ova", "2026/a b.ova", "2026/a%20b.ova", "2026/a&b<c>.ova", "2026/a//b.ova",
    "2026/web.ova", "2026/web/web.ovf", "2026/ä ö.ova", "2026/🖥.ova",
  ]

  private static func settings(_ server: WebServer) -> RemoteSettings {
    .testing([
      "AWS_ENDPOINT_URL": "http://127.0.0.1:\(server.port)", "AWS_ACCESS_KEY_ID": "KEY",
      "AWS_SECRET_ACCESS_KEY": "secret",
    ])
  }

  private static func tree(_ server: WebServer, _ url: String) throws -> any FileTree {
    try RemoteTree.at(url, RemoteClient(settings(server)))
  }

  @Test(arguments: [1, 2, 4, 1000], [true, false])
  func `every key is listed with its path, size, time and version, in pages`(
    _ pageLength: Int, _ encodes: Bool
  ) throws {
    let bucket = ServedBucket("bucket", pageLength: pageLength, encodes: encodes)
    for key in Self.keys { bucket.put(Array(key.utf8), at: key) }
    // A folder's own object, and what lies beside the prefix.
    for key in ["2026/", "2026/web/", "2025/web.ova", "20261.ova"] { bucket.put([], at: key) }
    let server = try WebServer(bucket.answer)
    let tree = try Self.tree(server, "s3://bucket/2026")
    let entries = try tree.entries()
    #expect(
      entries
        == Self.keys.map { key in
          let path = String(fileSystemBytes: key.dropFirst(5).utf8)
          return .file(
            ListedFile(
              path: path, size: UInt64(key.utf8.count), modified: 1_577_934_245_000_000_000,
              mark: VersionMark.of(path, tag: bucket[key]?.tag)))
        })
    #expect(server.requests.count == (11 + pageLength - 1) / pageLength)
    // Each is read by its key.
    for case .file(let file) in entries {
      let source = tree.source(of: file, named: "here")
      #expect(
        try source.allBytes(limit: .max, named: "") == Array("2026/\(file.path)".fileSystemBytes))
    }
  }

  @Test func `what nobody wants is passed over by the order of keys`() throws {
    let bucket = ServedBucket("bucket", pageLength: 10)
    for number in 0..<100 {
      for folder in ["a", "b", "c"] { bucket.put([1], at: "\(folder)/\(number).ova") }
    }
    let server = try WebServer(bucket.answer)
    let tree = try Self.tree(server, "s3://bucket")
    let entries = try tree.entries { $0 == "c" }
    #expect(entries.count == 100)
    #expect(entries.allSatisfy { $0.path.hasPrefix("c/") })
    // One page of each of the others, instead of ten.
    #expect(server.requests.count == 12)
    #expect(try tree.file(at: "a/5.ova")?.size == 1)
    #expect(try tree.file(at: "a/500.ova") == nil)
  }

  @Test func `a server that does not pass over is asked for everything`() throws {
    let bucket = ServedBucket("bucket", pageLength: 10)
    for number in 0..<30 { bucket.put([1], at: "a/\(number).ova") }
    bucket.put([1], at: "b/0.ova")
    let server = try WebServer { request in
      let target = request.target.replacing("start-after", with: "nothing")
      return bucket.answer(
        .init(
          method: request.method, target: target, fields: request.fields, number: request.number))
    }
    #expect(
      try Self.tree(server, "s3://bucket").entries { $0 == "b" }.map(\.path) == ["b/0.ova"])
  }

  @Test func `a list that breaks off is a failure, and no short list`() throws {
    let bucket = ServedBucket("bucket", pageLength: 2)
    for key in Self.keys { bucket.put([1], at: key) }
    let server = try WebServer { request in
      request.number < 2 ? bucket.answer(request) : WebServer.Answer(503)
    }
    let error = #expect(throws: ByteSourceError.self) {
      try Self.tree(server, "s3://bucket").entries()
    }
    #expect(error?.reason == "127.0.0.1:\(server.port) answered 503 Service Unavailable")
    #expect(server.requests.count == 7)
  }

  @Test(
    arguments: [
      ("<ListBucketResult><Contents>", "the server's list is no XML: "),
      ("<html/>", "the server answered with no list of objects"),
      (
        "<Error><Code>SlowDown</Code></Error>",
        "the server answered with no list of objects (SlowDown)"
      ),
      (
        "<ListBucketResult><Contents><Key>a</Key></Contents></ListBucketResult>",
        "an object in the server's list has no key or size"
      ),
      (
        "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>",
        "the server says that there is more, and not how to get it"
      ),
    ])
  func `what is no list is told`(_ body: String, _ reason: String) throws {
    let server = try WebServer { _ in WebServer.Answer(200, body: Array(body.utf8)) }
    let error = #expect(throws: ByteSourceError.self) {
      try Self.tree(server, "s3://bucket").entries()
    }
    #expect(error?.reason.hasPrefix(reason) == true, "\(error?.reason ?? "")")
  }

  @Test func `a refused list names the right that is missing, and no secret`() throws {
    let server = try WebServer { _ in
      WebServer.Answer(
        403, [("Content-Type", "application/xml")],
        body: Array("<Error><Code>AccessDenied</Code></Error>".utf8))
    }
    let error = #expect(throws: ByteSourceError.self) {
      try Self.tree(server, "s3://bucket").confirm()
    }
    #expect(
      error?.fix
        == "see that the credentials from the environment may list it (s3:ListBucket), or set "
        + "AWS_PROFILE")
    #expect(error?.description.contains("secret") == false)
  }

  @Test func `an object that is another by now fails as changed`() throws {
    let bucket = ServedBucket("bucket")
    bucket.put([1, 2, 3], at: "a.ova")
    let server = try WebServer(bucket.answer)
    let tree = try Self.tree(server, "s3://bucket")
    let listed = try tree.entries()
    bucket.put([1, 2, 4], at: "a.ova")
    for case .file(let file) in listed {
      let error = #expect(throws: ByteSourceError.self) {
        try tree.source(of: file, named: "a.ova").bytes(at: 0, count: 3)
      }
      #expect(error?.code == .changed)
      #expect(error?.place.file == "a.ova")
    }
  }
}

extension FileTree {
  /// All that is listed.
  func entries(_ isWanted: (String) -> Bool = { _ in true }) throws -> [FileTreeEntry] {
    var entries: [FileTreeEntry] = []
    try list(isWanted: isWanted, isCancelled: { false }, take: { entries.append($0) })
    return entries
  }
}
