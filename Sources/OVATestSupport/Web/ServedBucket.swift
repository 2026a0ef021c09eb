import Foundation
import Synchronization

/// A bucket that a test's server serves: objects, and lists of them in pages.
public final class ServedBucket: Sendable {
  /// An object.
  public struct Object: Sendable {
    public var bytes: [UInt8]
    public var tag: String
    /// The time as lists have it, in whole seconds.
    public var modified = "2020-01-02T03:04:05.000Z"

    public init(_ bytes: [UInt8], tag: String) {
      self.bytes = bytes
      self.tag = tag
    }
  }

  /// The bucket's name, the first part of paths.
  public let name: String
  /// Objects of one page at most.
  public let pageLength: Int
  /// True if keys are encoded in lists on request.
  public let encodes: Bool
  private let objects = Mutex<[String: Object]>([:])

  public init(_ name: String, pageLength: Int = 1000, encodes: Bool = true) {
    self.name = name
    self.pageLength = pageLength
    self.encodes = encodes
  }

  /// The object of a key; nil for none.
  public subscript(_ key: String) -> Object? {
    get { objects.withLock { $0[key] } }
    set { objects.withLock { $0[key] = newValue } }
  }

  /// Puts bytes under a key, as a version of their own.
  public func put(_ bytes: [UInt8], at key: String) {
    let number = bytes.reduce(UInt64(14_695_981_039_346_656_037)) {
      ($0 ^ UInt64($1)) &* 1_099_511_628_211
    }
    self[key] = Object(bytes, tag: "\"\(number)\"")
  }

  /// Answers requests for a list or an object.
  public func answer(_ request: WebServer.Request) -> WebServer.Answer {
    let parts = request.target.split(
      separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let path = (parts.first ?? "").removingPercentEncoding ?? ""
    guard path == "/\(name)" || path.hasPrefix("/\(name)/") else {
      return .init(
        404, [("Content-Type", "application/xml")],
        body: Array("<Error><Code>NoSuchBucket</Code></Error>".utf8))
    }
    let key = String(path.dropFirst(name.count + 2))
    if key.isEmpty, parts.count > 1 { return list(Self.parameters(parts[1])) }
    guard let object = self[key] else {
      return .init(
        404, [("Content-Type", "application/xml")],
        body: Array("<Error><Code>NoSuchKey</Code></Error>".utf8))
    }
    var content = ServedContent(object.bytes)
    content.tag = object.tag
    content.modified = nil
    return content.answer(request)
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
  }

  private static func parameters(_ query: Substring) -> [String: String] {
    var parameters: [String: String] = [:]
    for part in query.split(separator: "&") {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      parameters[String(pair[0])] = (pair.last ?? "").removingPercentEncoding ?? ""
    }
    return parameters
  }

  private func list(_ parameters: [String: String]) -> WebServer.Answer {
    let prefix = parameters["prefix"] ?? ""
    let after = parameters["continuation-token"] ?? parameters["start-after"] ?? ""
    let most = min(pageLength, parameters["max-keys"].flatMap { Int($0) } ?? 1000)
    let all = objects.withLock { $0 }.filter { $0.key.utf8.starts(with: prefix.utf8) }
      .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .filter { after.utf8.lexicographicallyPrecedes($0.key.utf8) }
    let isEncoded = encodes && parameters["encoding-type"] == "url"
    var text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>\(name)</Name>
      """
    if isEncoded { text += "<EncodingType>url</EncodingType>" }
    for (key, object) in all.prefix(most) {
      let plain = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/ ")
      let encoded = (key.addingPercentEncoding(withAllowedCharacters: plain) ?? "")
        .replacing(" ", with: "+")
      let shown = isEncoded ? encoded : Self.escaped(key)
      text += """
        <Contents><Key>\(shown)</Key><LastModified>\(object.modified)</LastModified>\
        <ETag>\(object.tag.replacing("\"", with: "&quot;"))</ETag>\
        <Size>\(object.bytes.count)</Size></Contents>
        """
    }
    let isTruncated = all.count > most
    text += "<IsTruncated>\(isTruncated)</IsTruncated>"
    if isTruncated, let last = all.prefix(most).last {
      text += "<NextContinuationToken>\(Self.escaped(last.key))</NextContinuationToken>"
    }
    return .init(
      200, [("Content-Type", "application/xml")], body: Array((text + "</ListBucketResult>").utf8))
  }
}
