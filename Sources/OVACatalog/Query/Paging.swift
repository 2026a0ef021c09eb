public import OVABasics

/// The rows of a list that are shown.
public struct Paging: Hashable, Sendable {
  /// The page, from 1.
  public let page: Int
  /// Rows on a page, from 1.
  public let perPage: Int

  /// Rows on a page unless asked otherwise.
  public static let defaultPerPage = 10
  /// More than these are never on a page.
  public static let largestPerPage = 100

  /// Makes a paging as it is; both are at least 1.
  public init(page: Int = 1, perPage: Int = Paging.defaultPerPage) {
    self.page = max(page, 1)
    self.perPage = max(perPage, 1)
  }

  /// Reads the API's parameters; nil or empty stands for the default. More than 100 a page are
  /// served as 100.
  ///
  /// Throws `.invalidParameterValue` for zero, negative, huge and non-numeric values.
  public init(pageText: String?, perPageText: String?) throws(CatalogError) {
    let page = try Self.number(pageText, named: "page") ?? 1
    let perPage = try Self.number(perPageText, named: "per_page") ?? Self.defaultPerPage
    self.init(page: page, perPage: min(perPage, Self.largestPerPage))
  }

  private static func number(_ text: String?, named name: String) throws(CatalogError) -> Int? {
    guard let text, !text.isEmpty else { return nil }
    // Int("+24") is 24, so the digits are looked at; 1e12 rows times 100 stay far below overflow.
    let digits = text.utf8.drop { $0 == UInt8(ascii: "0") }
    guard text.utf8.allSatisfy(\.isASCIIDigit), !digits.isEmpty else {
      throw .invalidParameter(name, "'\(Filter.shown(text))' is not a whole number of at least 1")
    }
    guard digits.count <= 12, let number = Int(String(Substring(digits))) else {
      throw .invalidParameter(
        name, "\(Filter.shown(text)) is too large: the limit is 999999999999")
    }
    return number
  }

  /// Rows before the page.
  public var offset: Int {
    let (rows, overflow) = (page - 1).multipliedReportingOverflow(by: perPage)
    return overflow ? Int.max : rows
  }

  /// Returns the number of pages that a number of rows fills.
  public func pages(ofTotal total: Int) -> Int {
    total <= 0 ? 0 : (total - 1) / perPage + 1
  }
}

/// The URLs of the pages beside a page.
public struct PageLinks: Hashable, Sendable {
  /// The list's URL without a query.
  public var list: String
  /// The filter as given, decoded.
  public var filter: String?
  /// The sort as given, decoded.
  public var sort: String?
  /// True if objects are listed instead of URLs.
  public var expands: Bool
  /// The page that is shown.
  public var paging: Paging
  /// All rows that match.
  public var total: Int

  /// Makes the links of a page; an empty filter or sort counts as none.
  public init(
    list: String, filter: String? = nil, sort: String? = nil, expands: Bool = false,
    paging: Paging, total: Int
  ) {
    self.list = list
    self.filter = filter.flatMap { $0.isEmpty ? nil : $0 }
    self.sort = sort.flatMap { $0.isEmpty ? nil : $0 }
    self.expands = expands
    self.paging = paging
    self.total = total
  }

  /// The number of pages.
  public var pages: Int { paging.pages(ofTotal: total) }
  /// The first page.
  public var first: String { url(page: 1) }
  /// The last page; the first when there is none.
  public var last: String { url(page: max(pages, 1)) }
  /// The page after this; nil on the last and beyond.
  public var next: String? { paging.page < pages ? url(page: paging.page + 1) : nil }
  /// The page before this; the last one from beyond the end; nil on the first.
  public var previous: String? {
    let page = min(paging.page - 1, pages)
    return page >= 1 ? url(page: page) : nil
  }

  /// The URL of a page, its parameters in the order that the existing API prints.
  public func url(page: Int) -> String {
    let size = "per_page=\(paging.perPage)"
    let filter = filter.map { "filter=\(URLText.encoded($0))" }
    let sort = sort.map { "sort=\(URLText.encoded($0))" }
    let expand = expands ? "expand=1" : nil
    let parts: [String?] =
      filter != nil && sort != nil
      ? [sort, filter, "page=\(page)", expand, size]
      : [filter ?? sort, size, "page=\(page)", expand]
    return "\(list)?\(parts.compactMap(\.self).joined(separator: "&"))"
  }
}
