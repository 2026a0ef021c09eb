import Foundation
import OVACatalog
import OVAConfiguration
import OVATestSupport
import Testing

/// Requests that two programs on the way could read as different ones (RFC 9112, sections 2.2, 3.2,
/// 5, 6 and 7): refused in words, the connection closed, and nothing of them done.
@Suite(.serialized) struct SmugglingTests {
  /// A request that must be refused.
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    /// `{auth}` stands for a header line with a valid token.
    let text: String
    /// The one status that is answered; nil for an answer that is not possible any more.
    let status: Int
    /// True if the client closes its side when all is sent.
    var closes = false

    var testDescription: String { name }
  }

  private static let patch = "PATCH /v2/user/image/vm HTTP/1.1\r\n"
  private static let start = "\(patch)Host: h\r\n{auth}"
  /// A request behind one that is refused, which must never be answered.
  private static let second = "GET /livez HTTP/1.1\r\nHost: h\r\n\r\n"

  static let cases: [Case] = [
    // Host
    Case(name: "no Host", text: "\(patch){auth}\r\n", status: 400),
    Case(name: "two Hosts", text: "\(start)Host: i\r\n\r\n", status: 400),
    Case(name: "the same Host twice", text: "\(start)Host: h\r\n\r\n", status: 400),
    Case(name: "Host with a blank in it", text: "\(patch)Host: h i\r\n{auth}\r\n", status: 400),
    Case(name: "Host with a path", text: "\(patch)Host: h/i\r\n{auth}\r\n", status: 400),
    Case(name: "Host with a user", text: "\(patch)Host: u@h\r\n{auth}\r\n", status: 400),
    Case(name: "Host that is a list", text: "\(patch)Host: h, i\r\n{auth}\r\n", status: 400),
    // Both lengths
    Case(
      name: "Content-Length and chunked",
      text: "\(start)Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n\(second)",
      status: 400),
    Case(
      name: "chunked and Content-Length",
      text: "\(start)Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n\(second)",
      status: 400),
    Case(
      name: "two Content-Lengths",
      text: "\(start)Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}\r\n\(second)", status: 400),
    Case(
      name: "the same Content-Length twice",
      text: "\(start)Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}\(second)", status: 400),
    Case(
      name: "a list of Content-Lengths", text: "\(start)Content-Length: 2, 2\r\n\r\n{}\(second)",
      status: 400),
    // Content-Length
    Case(name: "negative length", text: "\(start)Content-Length: -2\r\n\r\n{}", status: 400),
    Case(name: "signed length", text: "\(start)Content-Length: +2\r\n\r\n{}", status: 400),
    Case(name: "hexadecimal length", text: "\(start)Content-Length: 0x2\r\n\r\n{}", status: 400),
    Case(name: "length in words", text: "\(start)Content-Length: two\r\n\r\n{}", status: 400),
    Case(name: "broken length", text: "\(start)Content-Length: 2 2\r\n\r\n{}", status: 400),
    Case(name: "fractional length", text: "\(start)Content-Length: 2.0\r\n\r\n{}", status: 400),
    Case(name: "empty length", text: "\(start)Content-Length:\r\n\r\n", status: 400),
    Case(
      name: "length beyond 64 bits",
      text: "\(start)Content-Length: 99999999999999999999999\r\n\r\n{}", status: 400),
    // Transfer-Encoding
    Case(name: "gzip", text: "\(start)Transfer-Encoding: gzip\r\n\r\n{}", status: 501),
    Case(
      name: "gzip, chunked",
      text: "\(start)Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n\(second)", status: 501),
    Case(
      name: "gzip and chunked in two lines",
      text: """
        \(start)Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n\(second)
        """, status: 501),
    Case(
      name: "chunked, gzip",
      text: "\(start)Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n\(second)", status: 400),
    Case(
      name: "chunked twice",
      text: "\(start)Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n\(second)", status: 400),
    Case(
      name: "chunked in two lines",
      text: """
        \(start)Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n\(second)
        """, status: 400),
    Case(name: "identity", text: "\(start)Transfer-Encoding: identity\r\n\r\n{}", status: 501),
    Case(
      name: "a coding that only looks like chunked",
      text: "\(start)Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n\(second)", status: 501),
    Case(
      name: "chunked with a parameter",
      text: "\(start)Transfer-Encoding: chunked;a=b\r\n\r\n0\r\n\r\n\(second)", status: 501),
    Case(
      name: "quoted chunked",
      text: "\(start)Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n\(second)", status: 501),
    Case(name: "no coding", text: "\(start)Transfer-Encoding:\r\n\r\n", status: 400),
    Case(
      name: "chunked before HTTP/1.1",
      text: """
        PATCH /v2/user/image/vm HTTP/1.0\r\nHost: h\r\n{auth}Transfer-Encoding: chunked\r\n\r\n\
        0\r\n\r\n
        """, status: 400),
    // Chunks
    Case(
      name: "chunk size that is no number",
      text: "\(start)Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n\(second)", status: 400),
    Case(
      name: "negative chunk size",
      text: "\(start)Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n\(second)", status: 400),
    Case(
      name: "chunk size with a prefix",
      text: "\(start)Transfer-Encoding: chunked\r\n\r\n0x2\r\n{}\r\n0\r\n\r\n\(second)",
      status: 400),
    Case(
      name: "no chunk size",
      text: "\(start)Transfer-Encoding: chunked\r\n\r\n\r\n{}\r\n0\r\n\r\n\(second)", status: 400),
    Case(
      name: "chunk size beyond 64 bits",
      text: "\(start)Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n",
      status: 400),
    Case(
      name: "chunk longer than it says",
      text: "\(start)Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n\(second)", status: 400),
    Case(
      name: "chunk without an end",
      text: "\(start)Transfer-Encoding: chunked\r\n\r\n2\r\n{}X\r\n0\r\n\r\n\(second)", status: 400),
    Case(
      name: "chunk that ends in a bare line feed",
      text: "\(start)Transfer-Encoding: chunked\r\n\r\n2\r\n{}\n0\r\n\r\n\(second)", status: 400),
    Case(
      name: "chunk size that ends in a bare line feed",
      text: "\(start)Transfer-Encoding: chunked\r\n\r\n2\n{}\r\n0\r\n\r\n\(second)", status: 400),
    Case(
      name: "chunk extension with a bare line feed",
      text: "\(start)Transfer-Encoding: chunked\r\n\r\n2;a\n{}\r\n0\r\n\r\n\(second)", status: 400),
    // Short bodies
    Case(
      name: "short body", text: "\(start)Content-Length: 30\r\n\r\n{}", status: 400, closes: true),
    Case(
      name: "body that never begins", text: "\(start)Content-Length: 30\r\n\r\n", status: 400,
      closes: true),
    Case(
      name: "short chunk",
      text: "\(start)Transfer-Encoding: chunked\r\n\r\n5\r\n{}", status: 400, closes: true),
    Case(
      name: "no last chunk",
      text: "\(start)Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n", status: 400, closes: true),
    Case(
      name: "no end of the last chunk",
      text: "\(start)Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n", status: 400, closes: true),
    // Lines
    Case(
      name: "folded line",
      text: "\(start)X-Long: a\r\n  Content-Length: 5\r\n\r\n\(second)", status: 400),
    Case(
      name: "folded line with a tab",
      text: "\(start)Transfer-Encoding:\r\n\tchunked\r\n\r\n0\r\n\r\n\(second)", status: 400),
    Case(
      name: "blank before the first header line",
      text: "\(patch) X: a\r\nHost: h\r\n{auth}\r\n", status: 400),
    Case(
      name: "blank before a colon",
      text: "\(start)Content-Length : 5\r\n\r\nhello\(second)", status: 400),
    Case(
      name: "tab before a colon", text: "\(start)Content-Length\t: 5\r\n\r\nhello\(second)",
      status: 400),
    Case(name: "no name before a colon", text: "\(start): a\r\n\r\n", status: 400),
    Case(name: "line without a colon", text: "\(start)Content-Length\r\n\r\n", status: 400),
    Case(name: "bare carriage return in a value", text: "\(start)X: a\rb\r\n\r\n", status: 400),
    Case(
      name: "bare carriage return that hides a line",
      text: "\(start)X: a\rContent-Length: 5\r\n\r\nhello", status: 400),
    Case(
      name: "bare carriage return as an end of line",
      text: "\(patch)Host: h\r{auth}\r\r", status: 400, closes: true),
    Case(
      name: "bare line feeds as ends of lines",
      text: "PATCH /v2/user/image/vm HTTP/1.1\nHost: h\n{auth}\n", status: 400),
    Case(
      name: "bare line feed that hides a line",
      text: "\(start)X: a\nContent-Length: 5\r\n\r\nhello\(second)", status: 400),
    Case(name: "bare line feed before the body", text: "\(start)X: a\r\n\n", status: 400),
    Case(name: "NUL in a value", text: "\(start)X: a\0b\r\n\r\n", status: 400),
    Case(name: "NUL in a name", text: "\(start)X\0: a\r\n\r\n", status: 400),
    Case(name: "control character in a value", text: "\(start)X: a\u{1}b\r\n\r\n", status: 400),
    // The first line
    Case(
      name: "no version", text: "PATCH /v2/user/image/vm\r\nHost: h\r\n{auth}\r\n", status: 400),
    Case(
      name: "another version",
      text: "PATCH /v2/user/image/vm HTTP/1.9\r\nHost: h\r\n{auth}\r\n", status: 400),
    Case(
      name: "version in small letters",
      text: "PATCH /v2/user/image/vm http/1.1\r\nHost: h\r\n{auth}\r\n", status: 400),
    Case(
      name: "a blank in the target",
      text: "PATCH /v2/user/ image/vm HTTP/1.1\r\nHost: h\r\n{auth}\r\n", status: 400),
    Case(name: "HTTP/2", text: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", status: 400),
    Case(
      name: "target that is no path", text: "PATCH v2 HTTP/1.1\r\nHost: h\r\n{auth}\r\n",
      status: 400),
    Case(
      name: "'*' that is not for OPTIONS", text: "PATCH * HTTP/1.1\r\nHost: h\r\n{auth}\r\n",
      status: 400),
    Case(name: "tunnel", text: "CONNECT h:443 HTTP/1.1\r\nHost: h\r\n\r\n", status: 501),
  ]

  @Test(arguments: cases) func isRefusedAndNothingIsDone(_ it: Case) async throws {
    let fixture = try Fixture { configuration, _ in
      configuration.server.port = 0
      configuration.server.limits.requestSeconds = 5
    }
    let text = it.text.replacing("{auth}", with: "Authorization: Bearer \(fixture.token)\r\n")
    try await fixture.serving { port in
      let received = try await Self.answer(to: text, port: port, closes: it.closes)
      #expect(received.statuses == [it.status])
      #expect(received.isEnded)
      #expect(received.text.lowercased().contains("\r\ncontent-type: application/json\r\n"))
      #expect(received.text.contains("\"status\":\(it.status)}"))
      #expect(received.text.lowercased().contains("\r\nconnection: close\r\n"))
      // Others are still served.
      let other = try await Self.answer(
        to: "GET /livez HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", port: port)
      #expect(other.statuses == [200])
    }
    #expect(try Self.hasRequest(fixture) == false)
  }

  /// Requests that look odd and are right.
  static let right: [Case] = [
    Case(name: "empty Host", text: "\(patch)Host:\r\n{auth}\r\n", status: 202),
    Case(name: "Host with a port", text: "\(patch)Host: h:8080\r\n{auth}\r\n", status: 202),
    Case(name: "IPv6 Host", text: "\(patch)Host: [::1]:8080\r\n{auth}\r\n", status: 202),
    Case(name: "no body", text: "\(start)\r\n", status: 202),
    Case(name: "empty body", text: "\(start)Content-Length: 0\r\n\r\n", status: 202),
    Case(
      name: "blanks around a value", text: "\(start)Content-Length: \t2 \r\n\r\n{}", status: 202),
    Case(
      name: "leading zeros of a length", text: "\(start)Content-Length: 002\r\n\r\n{}", status: 202),
    Case(
      name: "chunked in capitals",
      text: "\(start)Transfer-Encoding: Chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", status: 202),
    Case(
      name: "chunk extensions",
      text: "\(start)Transfer-Encoding: chunked\r\n\r\n2;a=b;c=\"d\"\r\n{}\r\n0\r\n\r\n",
      status: 202),
    Case(
      name: "trailers",
      text: "\(start)Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX-Sum: 1\r\n\r\n",
      status: 202),
    Case(name: "empty line before a request", text: "\r\n\(start)\r\n", status: 202),
    Case(
      name: "whole URL as the target",
      text: "PATCH http://h/v2/user/image/vm HTTP/1.1\r\nHost: h\r\n{auth}\r\n", status: 202),
    Case(
      name: "HTTP/1.0 without a Host", text: "PATCH /v2/user/image/vm HTTP/1.0\r\n{auth}\r\n",
      status: 202),
  ]

  @Test(arguments: right) func isUnderstood(_ it: Case) async throws {
    let fixture = try Fixture { configuration, _ in configuration.server.port = 0 }
    let text = it.text.replacing("{auth}", with: "Authorization: Bearer \(fixture.token)\r\n")
    try await fixture.serving { port in
      let received = try await Self.answer(to: text, port: port, closes: true)
      #expect(received.statuses == [it.status])
    }
    #expect(try Self.hasRequest(fixture))
  }

  @Test(arguments: ["OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", "OPTIONS * HTTP/1.0\r\n\r\n"])
  func theServerAsAWholeTellsItsOptions(text: String) async throws {
    let fixture = try Fixture { configuration, _ in configuration.server.port = 0 }
    try await fixture.serving { port in
      let received = try await Self.answer(to: text, port: port, closes: true)
      #expect(received.statuses == [200])
      #expect(
        received.text.lowercased().contains("\r\nallow: get, head, options, patch, post\r\n"))
    }
  }

  /// Returns whether a sync was asked for.
  private static func hasRequest(_ fixture: Fixture) throws -> Bool {
    let store = try CatalogStore(path: fixture.store.location)
    return try store.read { try $0.lastRequest(username: "josem") } != nil
  }

  /// The answer, read on a thread that may block.
  private static func answer(
    to text: String, port: Int, closes: Bool = false
  ) async throws -> WireClient.Received {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(
          with: Result {
            let client = try WireClient(port: port)
            client.send(text)
            if closes { client.finish() }
            return client.receive(within: 8)
          })
      }
    }
  }
}
