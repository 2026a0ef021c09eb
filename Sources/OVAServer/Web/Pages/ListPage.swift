import OVABasics
import OVACatalog
import OVATargets
import OVATime

/// The content of the list's page.
struct ListPage {
  var base: String
  var signedIn: String?
  var formToken: String
  var title: String
  var isMine: Bool
  var search: String
  /// The order asked for; nil for the stored one.
  var sort: String?
  /// The list without the search; nil when nothing is searched for.
  var clear: String?
  var columns: [Column]
  var rows: [Row]
  var hasRows: Bool
  var summary: String
  /// The advice on an empty list.
  var advice: String?
  var position: String?
  var first: String?
  var previous: String?
  var next: String?
  var last: String?
  var publicLink: String
  var mineLink: String
  /// The user's own folder; nil on the page of public images.
  var folder: OwnFolder?

  /// A heading; one with a link sorts.
  struct Column {
    var title: String
    var name: String
    var link: String?
    /// `ascending` or `descending`, as screen readers know it; nil when the list is not in its order.
    var order: String?
    var mark: String
  }

  /// An image.
  struct Row {
    var link: String
    var name: CutText
    var folder: CutText
    var contents: CutText
    var size: String
    var verdict: [Badge]
    var updated: String
  }

  /// A page of a list.
  init(
    _ frame: PageFrame, _ list: Page<Record>, _ summaries: [Int64: ImageSummary],
    at place: ListPlace,
    perPage: Int, folder: OwnFolder?, times: APITime
  ) {
    base = frame.base
    signedIn = frame.signedIn
    formToken = frame.formToken
    title = place.isMine ? "My images" : "Images"
    isMine = place.isMine
    search = place.search.forDisplay
    sort = place.sort
    self.folder = folder
    let paging = Paging(page: place.page, perPage: perPage)
    let pages = max(paging.pages(ofTotal: list.total), 1)
    summary = "\(list.total) \(list.total == 1 ? "image" : "images")"
    if !search.isEmpty { summary += " found" }
    hasRows = !list.rows.isEmpty
    if !hasRows { advice = Self.advice(place, total: list.total, pages: pages) }
    position = pages > 1 ? "Page \(paging.page) of \(pages)" : nil
    let address = "\(frame.base)/"
    rows = list.rows.map {
      Row($0, summaries[$0.id], link: "\(address)image/\($0.id)\(place.query)", times)
    }
    func link(_ change: (inout ListPlace) -> Void) -> String { address + place.with(change).query }
    clear = search.isEmpty ? nil : link { ($0.search, $0.page) = ("", 1) }
    columns = Self.columns.map { title, name, field in
      guard let field else { return Column(title: title, name: name, mark: "") }
      let isUp = place.sort == "\(field),asc" || place.sort == field
      let isDown = place.sort == "\(field),desc"
      return Column(
        title: title, name: name,
        link: link { ($0.sort, $0.page) = ("\(field),\(isUp ? "desc" : "asc")", 1) },
        order: isUp ? "ascending" : isDown ? "descending" : nil,
        mark: isUp ? "↑" : isDown ? "↓" : "")
    }
    first = paging.page > 1 ? link { $0.page = 1 } : nil
    previous = paging.page > 1 ? link { $0.page = min(paging.page - 1, pages) } : nil
    next = paging.page < pages ? link { $0.page += 1 } : nil
    last = paging.page < pages ? link { $0.page = pages } : nil
    publicLink = address
    mineLink = "\(address)?of=me"
  }

  private static let columns: [(title: String, name: String, field: String?)] = [
    ("Name", "name", "name"), ("Folder", "folder", "folder"), ("Contents", "contents", nil),
    ("Size", "size", nil), ("Checks", "verdict", nil), ("Updated", "time", "updated_on"),
  ]

  private static func advice(_ place: ListPlace, total: Int, pages: Int) -> String {
    if total > 0 { return "There are only \(pages) pages." }
    if !place.search.isEmpty {
      return """
        Nothing matches. Every word must occur in the name, folder, product, vendor or guest \
        system; parts of words do.
        """
    }
    return place.isMine ? "No images yet." : "Nothing is here yet."
  }
}

extension ListPage.Row {
  fileprivate init(_ record: Record, _ summary: ImageSummary?, link: String, _ times: APITime) {
    self.link = link
    name = CutText(record.name)
    folder = CutText(record.folder ?? "")
    let product = [summary?.product, summary?.version].compactMap { $0 }.filter { !$0.isEmpty }
      .joined(separator: " ")
    let known = [product, summary?.vendor ?? "", summary?.guestSystem ?? ""].filter { !$0.isEmpty }
    contents = CutText(known.joined(separator: " · "))
    size = summary?.size.map { ByteCount(UInt64(clamping: $0)).description } ?? ""
    verdict =
      Badge.verdict(summary)
      + [Badge.targets((summary?.verdicts ?? []).compactMap(TargetVerdict.init))].compactMap(\.self)
    updated = PageTime.text(record.updatedOn, times)
  }
}

/// A text that the page's style cuts when there is no room for it.
struct CutText {
  var text: String
  /// The same for a tooltip; nil when the text is short enough not to be cut.
  var whole: String?

  private static let short = 24

  init(_ text: String) {
    self.text = text.forDisplay
    whole = text.unicodeScalars.count > Self.short ? self.text : nil
  }
}

/// Times as people read them at a glance.
enum PageTime {
  /// `2017-11-24 15:37 EST`.
  static func text(_ time: Int64, _ times: APITime) -> String {
    let parts = times.string(from: time).split(separator: " ")
    guard parts.count == 4 else { return parts.joined(separator: " ") }
    return "\(parts[0]) \(parts[2].prefix(5)) \(parts[3])"
  }
}
