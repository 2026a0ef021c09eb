import HTTPTypes
import NIOHTTP1
import OVABasics

/// Checks the head of a request, so that its end, and the start of the next request, are clear to
/// every proxy on the way (RFC 9112); the parser itself refuses what has no form at all.
enum HeadRules {
  /// Returns the problem of a head; nil for none.
  static func problem(_ head: HTTPRequestHead) -> Problem? {
    host(head) ?? framing(head) ?? target(head)
  }

  /// Exactly one Host, which may be empty (section 3.2); older clients need not send one.
  private static func host(_ head: HTTPRequestHead) -> Problem? {
    let hosts = head.headers["host"]
    if hosts.isEmpty {
      return head.version == .http1_1
        ? Problem(status: .badRequest, message: "the request has no Host header") : nil
    }
    guard hosts.count == 1 else {
      return Problem(status: .badRequest, message: "the request has more than one Host header")
    }
    // uri-host [ ":" port ]: what could be read as two hosts, or as user and host, is refused.
    let isPlain = hosts[0].trimmingBlanks.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "-._~!$&'()*+;=%:[]".utf8.contains(byte)
      }
    }
    return isPlain
      ? nil : Problem(status: .badRequest, message: "the Host header names no host")
  }

  /// One way to tell where the body ends (section 6.3).
  private static func framing(_ head: HTTPRequestHead) -> Problem? {
    let codings = head.headers["transfer-encoding"]
    let lengths = head.headers["content-length"]
    if !codings.isEmpty {
      guard lengths.isEmpty else {
        return Problem(
          status: .badRequest,
          message: "the request has both a Content-Length and a Transfer-Encoding")
      }
      guard head.version == .http1_1 else {
        return Problem(
          status: .badRequest, message: "Transfer-Encoding is not defined before HTTP/1.1")
      }
      let names = codings.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
        .map { $0.trimmingBlanks.lowercased() }
      if names == ["chunked"] { return nil }
      guard names.last == "chunked", names.filter({ $0 == "chunked" }).count == 1 else {
        // Its end cannot be determined, or its coding is unknown.
        let isKnown = names.contains("chunked") || names.contains("")
        return Problem(
          status: isKnown ? .badRequest : .notImplemented,
          message: "the only supported Transfer-Encoding is 'chunked'")
      }
      return Problem(
        status: .notImplemented, message: "the only supported Transfer-Encoding is 'chunked'")
    }
    guard let length = lengths.first?.trimmingBlanks else { return nil }
    guard lengths.count == 1, !length.isEmpty,
      length.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else {
      return Problem(
        status: .badRequest, message: "the Content-Length is not one whole number")
    }
    return nil
  }

  /// A path, a URL, or `*` (section 3.2).
  private static func target(_ head: HTTPRequestHead) -> Problem? {
    guard head.method != .CONNECT else {
      return Problem(status: .notImplemented, message: "this server is not a proxy")
    }
    let isGood =
      head.uri.utf8.first == UInt8(ascii: "/") || head.uri == "*" && head.method == .OPTIONS
      || head.uri.lowercased().hasPrefix("http://") || head.uri.lowercased().hasPrefix("https://")
    return isGood
      ? nil
      : Problem(status: .badRequest, message: "the request's target is neither a path nor a URL")
  }
}

extension StringProtocol {
  /// The text without the blanks that HTTP allows around a value.
  fileprivate var trimmingBlanks: Substring {
    Substring(self).trimming { $0 == " " || $0 == "\t" }
  }
}
