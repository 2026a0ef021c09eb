import OVABasics

/// The body of the image API's answers, written as bytes with its keys in alphabetical order.
///
/// The rows come as finished JSON, so that what is stored rendered is only joined.
public struct ListEnvelope: Sendable {
  /// The shapes of lists in the API.
  public enum Shape: Hashable, Sendable {
    /// `meta._link.self`, as /v2/image has it.
    case collection
    /// `_links` at the top with these names and URLs, sorted here, as /v2/user/image/vm has it.
    case user([String: String])
  }

  /// The form of the records.
  public var shape: Shape
  /// The request's URL, decoded; only a collection shows it.
  public var selfURL: String
  /// The links to other pages.
  public var links: PageLinks
  /// The user who asked; nil is written as null.
  public var user: String?

  /// Makes an envelope.
  public init(shape: Shape = .collection, selfURL: String, links: PageLinks, user: String?) {
    self.shape = shape
    self.selfURL = selfURL
    self.links = links
    self.user = user
  }

  /// Everything before the first row.
  public func appendStart(to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "{"))
    if case .user(let urls) = shape {
      JSONBytes.appendKey("_links", first: true, to: &bytes)
      Self.appendObject(urls, to: &bytes)
      bytes.append(UInt8(ascii: ","))
    }
    bytes.append(contentsOf: "\"data\":[".utf8)
  }

  /// Everything after the last row. `time` is how long the answer took.
  public func appendEnd(count: Int, time: Duration, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: "],".utf8)
    JSONBytes.appendKey("meta", first: true, to: &bytes)
    bytes.append(UInt8(ascii: "{"))
    if shape == .collection {
      JSONBytes.appendKey("_link", first: true, to: &bytes)
      Self.appendObject(["self": selfURL], to: &bytes)
    }
    JSONBytes.appendKey("count", first: shape != .collection, to: &bytes)
    JSONBytes.append(count, to: &bytes)
    if let filter = links.filter {
      JSONBytes.appendKey("filter", to: &bytes)
      JSONBytes.append(filter, to: &bytes)
    }
    JSONBytes.appendKey("pages", to: &bytes)
    appendPages(to: &bytes)
    if let sort = links.sort {
      JSONBytes.appendKey("sort", to: &bytes)
      JSONBytes.append(sort, to: &bytes)
    }
    JSONBytes.appendKey("time", to: &bytes)
    JSONBytes.append(Self.text(of: time), to: &bytes)
    JSONBytes.appendKey("user", to: &bytes)
    JSONBytes.append(user, to: &bytes)
    bytes.append(contentsOf: "}}".utf8)
  }

  /// The whole body; each row is finished JSON: an object, or a URL with its quotes.
  public func body(rows: [[UInt8]], time: Duration) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(rows.reduce(2048) { $0 + $1.count + 1 })
    appendStart(to: &bytes)
    for (index, row) in rows.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(contentsOf: row)
    }
    appendEnd(count: rows.count, time: time, to: &bytes)
    return bytes
  }

  /// The whole body around rows that were joined with commas already.
  public func body(joinedRows: [UInt8], count: Int, time: Duration) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(joinedRows.count + 2048)
    appendStart(to: &bytes)
    bytes.append(contentsOf: joinedRows)
    appendEnd(count: count, time: time, to: &bytes)
    return bytes
  }

  /// The row of a list that is not expanded: the record's URL.
  public static func row(list: String, id: Int64) -> [UInt8] { Array("\"\(list)/\(id)\"".utf8) }

  /// `0.00854s`: seconds with five decimals.
  public static func text(of time: Duration) -> String {
    let (seconds, attoseconds) = time.components
    let fraction = String(max(attoseconds, 0) / 10_000_000_000_000)
    let zeros = String(repeating: "0", count: max(5 - fraction.utf8.count, 0))
    return "\(max(seconds, 0)).\(zeros)\(fraction)s"
  }

  private func appendPages(to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "{"))
    JSONBytes.appendKey("first_url", first: true, to: &bytes)
    JSONBytes.append(links.first, to: &bytes)
    JSONBytes.appendKey("last_url", to: &bytes)
    JSONBytes.append(links.last, to: &bytes)
    JSONBytes.appendKey("next_url", to: &bytes)
    JSONBytes.append(links.next, to: &bytes)
    JSONBytes.appendKey("page", to: &bytes)
    JSONBytes.append(links.paging.page, to: &bytes)
    JSONBytes.appendKey("pages", to: &bytes)
    JSONBytes.append(links.pages, to: &bytes)
    JSONBytes.appendKey("per_page", to: &bytes)
    JSONBytes.append(links.paging.perPage, to: &bytes)
    JSONBytes.appendKey("prev_url", to: &bytes)
    JSONBytes.append(links.previous, to: &bytes)
    JSONBytes.appendKey("total", to: &bytes)
    JSONBytes.append(links.total, to: &bytes)
    bytes.append(UInt8(ascii: "}"))
  }

  private static func appendObject(_ texts: [String: String], to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "{"))
    let pairs = texts.sorted { $0.key.precedesInBytes($1.key) }
    for (index, pair) in pairs.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      JSONBytes.append(pair.key, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      JSONBytes.append(pair.value, to: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
  }
}
