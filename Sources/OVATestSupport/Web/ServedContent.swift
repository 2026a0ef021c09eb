/// A file that a test's server serves, which may be larger than memory: what no part fills is zeros.
public struct ServedContent: Sendable {
  public let size: UInt64
  private let parts: [(start: UInt64, bytes: [UInt8])]
  public var tag: String? = "\"one\""
  public var modified: String? = "Sun, 06 Nov 1994 08:49:37 GMT"

  /// A file of these bytes.
  public init(_ bytes: [UInt8]) {
    size = UInt64(bytes.count)
    parts = [(0, bytes)]
  }

  /// A file with holes.
  public init(size: UInt64, parts: [(start: UInt64, bytes: [UInt8])]) {
    self.size = size
    self.parts = parts
  }

  /// The bytes of a range.
  public func bytes(_ range: Range<UInt64>) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: Int(range.upperBound - range.lowerBound))
    for part in parts {
      let start = max(range.lowerBound, part.start)
      let end = min(range.upperBound, part.start + UInt64(part.bytes.count))
      guard start < end else { continue }
      bytes.replaceSubrange(
        Int(start - range.lowerBound)..<Int(end - range.lowerBound),
        with: part.bytes[Int(start - part.start)..<Int(end - part.start)])
    }
    return bytes
  }

  /// The fields that tell its version.
  public var versionFields: [(String, String)] {
    [("ETag", tag), ("Last-Modified", modified)].compactMap { name, value in
      value.map { (name, $0) }
    }
  }

  /// The answer of a server that does all as it should.
  public func answer(_ request: WebServer.Request) -> WebServer.Answer {
    if let wanted = request.fields["if-match"], wanted != tag { return WebServer.Answer(412) }
    guard let range = request.range else {
      return WebServer.Answer(200, versionFields, body: bytes(0..<size))
    }
    guard range.lowerBound < size else {
      return WebServer.Answer(416, [("Content-Range", "bytes */\(size)")])
    }
    let end = min(range.upperBound + 1, size)
    return WebServer.Answer(
      206,
      versionFields + [("Content-Range", "bytes \(range.lowerBound)-\(end - 1)/\(size)")],
      body: bytes(range.lowerBound..<end))
  }

  /// The answer of a server that does not know ranges.
  public func wholeAnswer() -> WebServer.Answer {
    WebServer.Answer(200, versionFields, body: bytes(0..<size))
  }
}
