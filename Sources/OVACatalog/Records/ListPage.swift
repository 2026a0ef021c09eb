import FoundationEssentials
public import OVAByteSource

/// The part of a list that an answer of the image API has.
public struct ListPage: Hashable, Sendable {
  /// The page, from 1 on; more than there are in an answer from beyond the end.
  public let page: Int
  /// The number of pages of the list; none when it is empty.
  public let pages: Int
  /// The number of records of the list on all its pages.
  public let total: Int
  /// The URL of the next page; nil on the last.
  public let next: String?

  /// True if the list has other pages than this.
  public var isPart: Bool { pages > 1 || page > 1 }

  /// Reads what an answer says of itself; nil when the source is no answer of the API, or one that
  /// does not say which page it is.
  ///
  /// Throws `ByteSourceError` when the source cannot be read.
  public init?(of source: some ByteSource) throws(ByteSourceError) {
    guard RecordReader.format(of: try source.bytes(at: 0, count: 4096)) == .api else { return nil }
    let bytes = try source.bytes(at: 0, count: Int(clamping: source.size))
    let answer = Data(bytes[RecordReader.withoutMark(bytes)...])
    guard let pages = try? JSONDecoder().decode(Answer.self, from: answer).meta.pages,
      pages.page >= 1, pages.pages >= 0, pages.total >= 0
    else { return nil }
    page = pages.page
    self.pages = pages.pages
    total = pages.total
    next = pages.next_url
  }

  private struct Answer: Decodable {
    struct Meta: Decodable {
      var pages: Pages
    }
    struct Pages: Decodable {
      var page: Int
      var pages: Int
      var total: Int
      var next_url: String?
    }
    var meta: Meta
  }
}
