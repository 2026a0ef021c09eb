import OVABasics
import OVAByteSource
import OVATestSupport
import Synchronization
import Testing

@testable import OVARemote

/// Faults on the way: each once, with what is said and how often it is tried.
@Suite struct FaultTests {
  private let content = ServedContent(pattern(3_000_000))

  @Test(arguments: [408, 429, 500, 502, 503, 504])
  func `an answer that may pass is asked for again`(_ status: Int) throws {
    let content = content
    let server = try WebServer { request in
      request.number % 2 == 0
        ? WebServer.Answer(status, [("Retry-After", "0")]) : content.answer(request)
    }
    let source = try #require(try source(server))
    #expect(try source.allBytes(limit: .max, named: "") == pattern(3_000_000))
  }

  @Test func `a server that stays away is told of after a number of attempts`() throws {
    let server = try WebServer { _ in WebServer.Answer(503) }
    let error = #expect(throws: ByteSourceError.self) { try opened(server) }
    #expect(
      error?.description == """
        \(server.url("web.ova")): cannot fetch it: 127.0.0.1:\(server.port) answered 503 Service \
        Unavailable
          fix: try again later
        """)
    #expect(server.requests.count == 5)
  }

  @Test func `a wait that is too long is told and not waited for`() throws {
    let server = try WebServer { _ in WebServer.Answer(429, [("Retry-After", "86400")]) }
    let error = #expect(throws: ByteSourceError.self) { try opened(server) }
    #expect(
      error?.reason
        == "127.0.0.1:\(server.port) answered 429 Too Many Requests, and asks to wait 86400 seconds"
    )
    #expect(server.requests.count == 1)
  }

  @Test(arguments: [
    (401, ByteSourceFailure.permissionDenied, "401 Unauthorized"),
    (403, .permissionDenied, "403 Forbidden"), (404, .notFound, "404 Not Found"),
    (410, .notFound, "410 Gone"), (400, .inputOutput, "400 Bad Request"),
    (418, .inputOutput, "418"),
  ])
  func `an answer that stays is told at once`(
    _ status: Int, _ code: ByteSourceFailure, _ words: String
  ) throws {
    let server = try WebServer { _ in WebServer.Answer(status) }
    let error = #expect(throws: ByteSourceError.self) { try opened(server) }
    #expect(error?.code == code)
    #expect(error?.reason == "127.0.0.1:\(server.port) answered \(words)")
    #expect(server.requests.count == 1)
  }

  @Test func `a body that is cut goes on where it was cut`() throws {
    let content = content
    let server = try WebServer { request in
      var answer = content.answer(request)
      if answer.body.count > 100_000 { answer.cut = 100_000 }
      return answer
    }
    let source = try #require(try source(server, "web.ova", .testing { $0.attempts = 3 }))
    #expect(try source.allBytes(limit: .max, named: "") == pattern(3_000_000))
  }

  @Test func `a stream that is cut says so`() throws {
    let server = try WebServer { _ in
      var answer = WebServer.Answer(200, body: pattern(1_000_000))
      answer.cut = 500_000
      return answer
    }
    guard case .stream(let stream) = try opened(server) else {
      Issue.record("it is no stream")
      return
    }
    let error = #expect(throws: ByteSourceError.self) { try stream.all() }
    #expect(error?.code == .inputOutput)
    #expect(error?.place == Place(server.url("web.ova")))
  }

  @Test func `a wrong range midway is told after a number of attempts`() throws {
    let content = content
    let server = try WebServer { request in
      var answer = content.answer(request)
      if request.number > 0 {
        answer.fields = content.versionFields + [("Content-Range", "bytes 1-2/3000000")]
      }
      return answer
    }
    let source = try #require(try source(server))
    let error = #expect(throws: ByteSourceError.self) { try source.bytes(at: 500_000, count: 10) }
    #expect(error?.code == .inputOutput)
    #expect(
      error?.reason == "127.0.0.1:\(server.port) answered 206 with the range 'bytes 1-2/3000000'")
    #expect(server.requests.count == 6)
  }

  /// A way in which an answer's version may differ.
  enum Change: CaseIterable { case tag, weakTag, size, time, refused, shorter }

  @Test(arguments: Change.allCases)
  func `another version of the file is noticed in each answer`(_ change: Change) throws {
    var before = content
    var after = content
    switch change {
    case .tag, .refused: after.tag = "\"two\""
    case .weakTag:
      before.tag = "W/\"one\""
      after.tag = "W/\"two\""
    case .size:
      before.tag = nil
      after = ServedContent(pattern(2_999_999))
      after.tag = nil
    case .time:
      before.tag = nil
      after.tag = nil
      after.modified = "Sun, 06 Nov 1994 08:49:38 GMT"
    case .shorter:
      before.tag = nil
      after = ServedContent(pattern(300_000))
      after.tag = nil
    }
    let (first, second) = (before, after)
    let server = try WebServer { request in
      guard request.number > 0 else { return first.answer(request) }
      // Most servers do not look at If-Match.
      guard change != .refused, let range = request.range, range.lowerBound < second.size else {
        return second.answer(request)
      }
      let end = min(range.upperBound + 1, second.size)
      return WebServer.Answer(
        206,
        second.versionFields + [
          ("Content-Range", "bytes \(range.lowerBound)-\(end - 1)/\(second.size)")
        ], body: second.bytes(range.lowerBound..<end))
    }
    let source = try #require(try source(server))
    #expect(try source.bytes(at: 0, count: 10) == Array(pattern(10)))
    try source.confirmUnchanged()
    let error = #expect(throws: ByteSourceError.self) { try source.bytes(at: 2_000_000, count: 10) }
    #expect(error?.code == .changed)
    #expect(
      error?.description == """
        \(server.url("web.ova")): cannot read it: it changed while it was being read
          fix: wait until it is uploaded
        """)
    #expect(throws: ByteSourceError.self) { try source.confirmUnchanged() }
  }

  @Test func `only a strong tag is what requests depend on`() throws {
    for (tag, sent) in [("\"one\"", "\"one\""), ("W/\"one\"", nil), ("one", nil)] {
      var content = content
      content.tag = tag
      let served = content
      let server = try WebServer(served.answer)
      let source = try #require(try source(server))
      _ = try source.bytes(at: 1_000_000, count: 1)
      #expect(server.requests.last?.fields["if-match"] == sent)
    }
  }

  @Test func `a slow server is read as long as something comes`() throws {
    let server = try WebServer { request in
      var answer = ServedContent(pattern(20_000)).answer(request)
      answer.drip = 100
      return answer
    }
    let source = try #require(try source(server))
    #expect(try source.allBytes(limit: .max, named: "") == pattern(20_000))
  }

  @Test func `a transfer that stands still is given up`() throws {
    let server = try WebServer { request in
      let first = request.range?.lowerBound ?? 0
      var answer = WebServer.Answer(
        206, [("Content-Range", "bytes \(first)-9/10")], body: first == 0 ? pattern(5) : [])
      answer.length = 10 - Int(first)
      return answer
    }
    let settings = RemoteSettings.testing {
      $0.attempts = 1
      $0.stallSeconds = 1
    }
    let source = try #require(try source(server, "web.ova", settings))
    #expect(try source.bytes(at: 0, count: 5) == pattern(5))
    let error = #expect(throws: ByteSourceError.self) { try source.bytes(at: 5, count: 5) }
    #expect(error?.code == .inputOutput)
    #expect(error?.fix == "try again later")
  }

  @Test func `nobody at a port, and no such host, are told with what to do`() throws {
    let client = RemoteClient(.testing { $0.attempts = 2 })
    let refused = #expect(throws: ByteSourceError.self) {
      try RemoteFile.open(try RemoteLocation("http://127.0.0.1:1/web.ova"), client)
    }
    #expect(refused?.fix == "see that the server runs and may be reached from here")
    let unknown = #expect(throws: ByteSourceError.self) {
      try RemoteFile.open(try RemoteLocation("http://nowhere.invalid/web.ova"), client)
    }
    #expect(unknown?.fix == "check the host name, and that this machine has a network")
  }
}
