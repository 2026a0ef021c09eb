import Foundation
import HTTPTypes
import OVACatalog
import OVAConfiguration
import OVAServer
import OVATestSupport
import Testing

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// The same server behind a real socket.
@Suite(.serialized) struct SocketTests {
  private func fixture() throws -> Fixture {
    try Fixture { configuration, _ in configuration.server.port = 0 }
  }

  @Test func thePagesExamplesComeOverTheWire() async throws {
    let fixture = try fixture()
    try await fixture.serving { port in
      for example in PageExamples.all {
        let result = try run(
          "curl",
          [
            "-sg", "-H", "Authorization: Bearer \(fixture.token)",
            "http://127.0.0.1:\(port)\(example.target)",
          ])
        let body = result.text.replacing(
          /"time":"\d+\.\d{5}s"/, with: #""time":"0.00000s""#)
        #expect(body == example.body)
      }
    }
  }

  @Test func fiftyAtOnceAreAnsweredAsOneByOne() async throws {
    let fixture = try fixture()
    try await fixture.serving { port in
      let url = try #require(
        URL(string: "http://127.0.0.1:\(port)/v2/image?expand=1&sort=name,desc"))
      var request = URLRequest(url: url)
      request.setValue("Bearer \(fixture.token)", forHTTPHeaderField: "Authorization")
      let asked = request
      let bodies = try await withThrowingTaskGroup(of: String.self) { group in
        for _ in 0..<50 {
          group.addTask {
            let (data, _) = try await URLSession.shared.data(for: asked)
            return String(decoding: data, as: UTF8.self).replacing(
              /"time":"\d+\.\d{5}s"/, with: "")
          }
        }
        return try await group.reduce(into: Set<String>()) { $0.insert($1) }
      }
      #expect(bodies.count == 1)
    }
  }

  /// Sends bytes and prints the status line of what comes back, if anything does.
  private static let client = """
    import socket, sys
    port, token = int(sys.argv[1]), sys.argv[2]
    head = "Host: evil.example\\r\\nAuthorization: Bearer " + token + "\\r\\n"
    def ask(data, name):
        s = socket.create_connection(("127.0.0.1", port)); s.settimeout(10)
        out = b""
        try: s.sendall(data); s.shutdown(socket.SHUT_WR)
        except OSError: pass
        try:
            while True:
                more = s.recv(65536)
                if not more: break
                out += more
        except OSError: pass
        s.close()
        print(name, (out.split() + [b"-", b"closed"])[1].decode(), out.count(b"HTTP/1.1"),
              b"evil" in out, len(out.split(b"\\r\\n\\r\\n", 1)[-1]))
    waiting = [socket.create_connection(("127.0.0.1", port)) for _ in range(100)]
    for s in waiting: s.sendall(b"GET /v2/im")
    ask(("GET /v2/image?filter=name,like,ubu%&expand=1 HTTP/1.1\\r\\n" + head + "\\r\\n").encode(), "bare")
    ask(("GET /v2/image HTTP/1.0\\r\\n" + head + "\\r\\n").encode(), "old")
    ask(("GET /v2/image?filter=name,eq," + "a" * 9000 + " HTTP/1.1\\r\\n" + head + "\\r\\n").encode(), "long")
    ask(("GET /v2/image?filter=" + "a" * 1000000 + " HTTP/1.1\\r\\n" + head + "\\r\\n").encode(), "huge")
    ask(("GET /v2/image HTTP/1.1\\r\\nX: " + "a" * 40000 + "\\r\\n" + head + "\\r\\n").encode(), "header")
    ask(b"\\x16\\x03\\x01 garbage\\r\\n\\r\\n", "garbage")
    ask(("GET /v2/image?filter=name,eq,\\0 HTTP/1.1\\r\\n" + head + "\\r\\n").encode(), "nul")
    ask(b"GET /v2/image?filter=name,eq,%ff%fe HTTP/1.1\\r\\n" + head.encode() + b"\\r\\n", "utf8")
    ask(("POST /auth/request-token HTTP/1.1\\r\\nContent-Length: 30\\r\\n\\r\\nabc").encode(), "cut")
    ask(("PATCH /v2/user/image/vm HTTP/1.1\\r\\nContent-Length: 500000\\r\\n" + head + "\\r\\n").encode()
        + b"x" * 500000, "body")
    ask(("HEAD /v2/image HTTP/1.1\\r\\n" + head + "\\r\\nGET /livez HTTP/1.1\\r\\n" + head + "\\r\\n").encode(), "kept")
    """

  @Test func hostileClientsCostNobodyElse() async throws {
    let fixture = try fixture()
    try await fixture.serving { port in
      let result = try run("python3", ["-c", Self.client, "\(port)", fixture.token])
      #expect(result.errorText.isEmpty)
      var seen: [String: [String]] = [:]
      for line in result.text.split(separator: "\n") {
        let words = line.split(separator: " ").map(String.init)
        seen[words[0]] = Array(words.dropFirst())
      }
      let statuses = seen.mapValues { $0[0] }
      #expect(statuses["bare"] == "200")
      #expect(statuses["old"] == "200")
      #expect(statuses["long"] == "414")
      #expect(statuses["huge"] == "431")
      #expect(statuses["header"] == "431")
      #expect(statuses["garbage"] == "400")
      #expect(statuses["nul"] == "400")
      #expect(statuses["utf8"] == "200")
      #expect(["400", "401"].contains(statuses["cut"] ?? ""))
      #expect(statuses["body"] == "413")
      // Two answers on one connection, the first without a body: the second is right behind it.
      #expect(seen["kept"]?[1] == "2")
      #expect(seen.values.allSatisfy { $0[2] == "False" })
    }
  }
}
