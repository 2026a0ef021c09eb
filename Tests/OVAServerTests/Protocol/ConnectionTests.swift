import Foundation
import OVAConfiguration
import OVATestSupport
import Testing

/// Tests of connections, byte by byte.
@Suite(.serialized) struct ConnectionTests {
  private func talking(
    requestSeconds: Int = 5, idleSeconds: Int = 5,
    _ body: @escaping @Sendable (_ port: Int, _ head: String) throws -> Void
  ) async throws {
    let fixture = try Fixture { configuration, _ in
      configuration.server.port = 0
      configuration.server.limits.requestSeconds = requestSeconds
      configuration.server.limits.idleSeconds = idleSeconds
    }
    let head = "Host: evil.example\r\nAuthorization: Bearer \(fixture.token)\r\n"
    try await fixture.serving { port in
      // The client blocks its thread, which the server must not have to wait for.
      try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
        Thread.detachNewThread { done.resume(with: Result { try body(port, head) }) }
      }
    }
  }

  // MARK: Time

  @Test func aConnectionOverWhichNoRequestComesIsClosed() async throws {
    try await talking(requestSeconds: 1) { port, _ in
      let received = try WireClient(port: port).receive()
      #expect(received.isEnded)
      #expect(received.text.isEmpty)
      #expect(received.time < .seconds(5))
    }
  }

  @Test func aHeadThatTricklesInIsCutOffThoughItNeverRests() async throws {
    try await talking(requestSeconds: 1, idleSeconds: 60) { port, _ in
      let client = try WireClient(port: port)
      client.send("GET /livez HTTP/1.1\r\n")
      var isEnded = false
      for number in 0..<50 where !isEnded {
        client.send("X-\(number): 1\r\n")
        isEnded = client.receive(within: 0.1).isEnded
      }
      #expect(isEnded)
    }
  }

  @Test func aBodyThatTricklesInIsCutOff() async throws {
    try await talking(requestSeconds: 1, idleSeconds: 60) { port, _ in
      let client = try WireClient(port: port)
      client.send("POST /auth/request-token HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n")
      var isEnded = false
      for _ in 0..<50 where !isEnded {
        client.send(" ")
        isEnded = client.receive(within: 0.1).isEnded
      }
      #expect(isEnded)
    }
  }

  @Test func aClientMayBeSilentBetweenRequestsForLongerThanWithinOne() async throws {
    try await talking(requestSeconds: 1, idleSeconds: 4) { port, _ in
      let client = try WireClient(port: port)
      client.send("GET /livez HTTP/1.1\r\nHost: h\r\n\r\n")
      #expect(client.receive(until: { $0.hasSuffix("}") }).status == 200)
      #expect(!client.receive(within: 2).isEnded)
      client.send("GET /livez HTTP/1.1\r\nHost: h\r\n\r\n")
      #expect(client.receive(until: { $0.hasSuffix("}") }).status == 200)
      #expect(client.receive().isEnded)
    }
  }

  @Test func manySlowClientsCostTheOthersNothing() async throws {
    try await talking(requestSeconds: 30) { port, head in
      var slow: [SlowClient] = []
      for _ in 0..<300 { slow.append(SlowClient(try WireClient(port: port))) }
      for client in slow { client.wire.send("GET /v2/im") }
      let client = try WireClient(port: port)
      client.send("GET /v2/image HTTP/1.1\r\n\(head)\r\n")
      let received = client.receive(until: { $0.hasSuffix("}") })
      #expect(received.status == 200)
      #expect(received.time < .seconds(5))
    }
  }

  private final class SlowClient {
    let wire: WireClient
    init(_ wire: consuming WireClient) { self.wire = wire }
  }

  // MARK: Old clients

  @Test(arguments: [
    "HTTP/1.0\r\n", "HTTP/1.1\r\nConnection: Close\r\n", "HTTP/1.1\r\nConnection: te, close\r\n",
  ])
  func aClientThatWantsNoMoreGetsItsAnswerAndTheEnd(version: String) async throws {
    try await talking { port, head in
      let client = try WireClient(port: port)
      client.send("GET /v2/image \(version)\(head)\r\n")
      let received = client.receive()
      #expect(received.status == 200)
      #expect(received.isEnded)
      #expect(received.time < .seconds(3))
      #expect(received.text.lowercased().contains("\r\nconnection: close\r\n"))
      #expect(received.text.hasSuffix("}"))
    }
  }

  @Test func anOldClientThatAsksForItKeepsItsConnection() async throws {
    try await talking { port, head in
      let client = try WireClient(port: port)
      for _ in 0..<2 {
        client.send("GET /livez HTTP/1.0\r\nConnection: Keep-Alive\r\n\(head)\r\n")
        let received = client.receive(until: { $0.hasSuffix("}") })
        #expect(received.status == 200)
        #expect(received.text.lowercased().contains("\r\nconnection: keep-alive\r\n"))
      }
    }
  }

  @Test func requestsThatAreSentAtOnceAreAnsweredInOrder() async throws {
    try await talking { port, head in
      let client = try WireClient(port: port)
      let paths = ["/v2/image?per_page=1", "/nowhere", "/livez", "/v2/image/24"]
      let requests = paths.map { "GET \($0) HTTP/1.1\r\n\(head)\r\n" }
      client.send(requests.dropLast().joined())
      client.send(requests[3].replacing("\r\n\r\n", with: "\r\nConnection: close\r\n\r\n"))
      #expect(client.receive().statuses == [200, 404, 200, 200])
    }
  }

  // MARK: Bodies

  @Test func aClientThatWaitsToBeToldIsToldToSendItsBody() async throws {
    try await talking { port, _ in
      let client = try WireClient(port: port)
      client.send(
        """
        POST /auth/request-token HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n\
        Content-Length: 2\r\n\r\n
        """)
      let word = client.receive(until: { $0.hasSuffix("\r\n\r\n") })
      #expect(word.text == "HTTP/1.1 100 Continue\r\n\r\n")
      client.send("{}")
      #expect(client.receive(until: { $0.hasSuffix("}") }).status == 401)
    }
  }

  @Test func aBodyThatWouldBeTooLongIsRefusedBeforeItIsSent() async throws {
    try await talking { port, head in
      let client = try WireClient(port: port)
      client.send(
        """
        PATCH /v2/user/image/vm HTTP/1.1\r\n\(head)Expect: 100-continue\r\n\
        Content-Length: 1000000\r\n\r\n
        """)
      #expect(client.receive(until: { $0.hasSuffix("}") }).statuses == [413])
    }
  }

  @Test(arguments: [("POST /auth/request-token", 413), ("PATCH /v2/user/image/vm", 413)])
  func aBodyInPiecesEndsAtTheLimitAndSoDoesTheConnection(
    request: String, status: Int
  ) async throws {
    try await talking { port, head in
      let client = try WireClient(port: port)
      client.send("\(request) HTTP/1.1\r\n\(head)Transfer-Encoding: chunked\r\n\r\n")
      let chunk = "1000\r\n" + String(repeating: "x", count: 4096) + "\r\n"
      for _ in 0..<100 where client.send(chunk) {}
      let received = client.receive()
      #expect(received.status == status)
      #expect(received.isEnded)
    }
  }

  @Test func aBodyInPiecesIsRead() async throws {
    try await talking { port, head in
      let client = try WireClient(port: port)
      client.send(
        """
        PATCH /v2/user/image/vm HTTP/1.1\r\n\(head)Transfer-Encoding: chunked\r\n\r\n\
        2\r\n{}\r\n0\r\n\r\nGET /livez HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n
        """)
      #expect(client.receive().statuses == [202, 200])
    }
  }

  // MARK: What is no HTTP

  @Test(
    arguments: [
      ("\u{16}\u{3} garbage\r\n\r\n", 400),
      ("GET /livez\r\n\r\n", 400), ("GET /livez HTTP/9.9\r\n\r\n", 400),
      ("GET /livez HTTP/1.1\r\nno header\r\n\r\n", 400),
      ("GET /livez HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
      ("GET /livez HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
      ("GET /livez HTTP/1.1\r\nX: \(String(repeating: "a", count: 200_000))\r\n\r\n", 431),
    ])
  func whatIsNoHTTPIsRefusedInWords(text: String, status: Int) async throws {
    try await talking { port, _ in
      let client = try WireClient(port: port)
      client.send(text)
      let received = client.receive()
      #expect(received.statuses == [status])
      #expect(received.text.contains("\r\ncontent-type: application/json\r\n"))
      #expect(received.text.contains("\"status\":\(status)}"))
      #expect(received.isEnded)
    }
  }

  @Test func whatFollowsARequestAndIsNoHTTPDoesNotSpoilItsAnswer() async throws {
    try await talking { port, head in
      let client = try WireClient(port: port)
      client.send("GET /v2/image HTTP/1.1\r\n\(head)\r\n\u{1}\u{2}\r\n\r\n")
      let received = client.receive()
      #expect(received.statuses.first == 200)
      #expect(received.isEnded)
    }
  }

  @Test func noAnswerNamesTheHostThatWasAskedFor() async throws {
    try await talking { port, head in
      for path in ["/v2/image", "/v2/image/24", "/", "/docs", "/openapi.json", "/nowhere"] {
        let client = try WireClient(port: port)
        client.send(
          "GET \(path) HTTP/1.1\r\n\(head)X-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n"
        )
        #expect(!client.receive().text.contains("evil"))
      }
    }
  }
}
