import OVABasics
import OVACatalog

/// What the list's page shows.
struct ListPage {
  var base: String
  var signedIn: String?
  var isMine: Bool
  var search: String
  /// The order asked for; nil for the stored one.
  var sort: String?
  var columns: [Column]
  var rows: [Row]
  var hasRows: Bool
  var summary: String
  /// What to do when there is nothing.
  var advice: String?
  var position: String?
  var first: String?
  var previous: String?
  var next: String?
  var last: String?
  var publicLink: String
  var mineLink: String

  /// A heading; one with a link sorts.
  struct Column {
    var title: String
    var link: String?
    /// `ascending` or `descending`, as screen readers know it; nil when the list is not in its order.
    var order: String?
    var mark: String
  }

  /// An image.
  struct Row {
    var id: Int64
    var name: String
    var folder: String
    var contents: String
    var size: String
    var verdict: [Badge]
    var updated: String
  }

  /// A page of a list.
  init(
    _ list: Page<Record>, _ glances: [Int64: Glance], paging: Paging, base: String, user: String,
    isMine: Bool, search: String, sort: String?, times: APITime
  ) {
    self.base = base
    signedIn = user
    self.isMine = isMine
    self.search = search
    self.sort = sort
    let pages = max(paging.pages(ofTotal: list.total), 1)
    summary = "\(list.total) \(list.total == 1 ? "image" : "images")"
    if !search.isEmpty { summary += " found" }
    hasRows = !list.rows.isEmpty
    if !hasRows {
      advice =
        !search.isEmpty
        ? "Nothing matches. Search for part of a path, such as a folder or a name."
        : isMine
          ? "Upload packages to your folder and sync to see them here." : "Nothing is here yet."
      if list.total > 0 { advice = "There are only \(pages) pages." }
    }
    position = pages > 1 ? "Page \(paging.page) of \(pages)" : nil
    rows = list.rows.map { Row($0, glances[$0.id], times) }

    func link(sort: String?, page: Int = 1, search: String = "", mine: Bool) -> String {
      var parts: [String] = []
      if mine { parts.append("of=me") }
      if !search.isEmpty { parts.append("q=\(URLText.encoded(search))") }
      if let sort { parts.append("sort=\(URLText.encoded(sort))") }
      if page > 1 { parts.append("page=\(page)") }
      return "\(base)/\(parts.isEmpty ? "" : "?")\(parts.joined(separator: "&"))"
    }
    columns = [
      ("Name", "name"), ("Folder", "folder"), ("Contents", nil), ("Size", nil), ("Checks", nil),
      ("Updated", "updated_on"),
    ].map { (title: String, field: String?) in
      guard let field else { return Column(title: title, mark: "") }
      let isUp = sort == "\(field),asc" || sort == field
      let isDown = sort == "\(field),desc"
      return Column(
        title: title,
        link: link(sort: "\(field),\(isUp ? "desc" : "asc")", search: search, mine: isMine),
        order: isUp ? "ascending" : isDown ? "descending" : nil,
        mark: isUp ? "↑" : isDown ? "↓" : "")
    }
    func pageLink(_ number: Int) -> String {
      link(sort: sort, page: number, search: search, mine: isMine)
    }
    first = paging.page > 1 ? pageLink(1) : nil
    previous = paging.page > 1 ? pageLink(min(paging.page - 1, pages)) : nil
    next = paging.page < pages ? pageLink(paging.page + 1) : nil
    last = paging.page < pages ? pageLink(pages) : nil
    publicLink = link(sort: nil, mine: false)
    mineLink = link(sort: nil, mine: true)
  }
}

extension ListPage.Row {
  fileprivate init(_ record: Record, _ glance: Glance?, _ times: APITime) {
    id = record.id
    name = record.name.inert
    folder = (record.folder ?? "").inert
    let known = [glance?.product, glance?.guestSystem].compactMap { $0 }.filter { !$0.isEmpty }
    contents = known.joined(separator: " · ").inert
    size = glance?.size.map { ByteCount(UInt64(clamping: $0)).description } ?? ""
    verdict = Badge.verdict(glance)
    updated = PageTime.text(record.updatedOn, times)
  }
}

/// A word in a colour that tells its weight, and means the same without it.
struct Badge {
  var text: String
  /// `error`, `warning`, `info` or `good`.
  var kind: String

  /// What the checks said of an image.
  static func verdict(_ glance: Glance?) -> [Badge] {
    guard let glance else { return [] }
    switch glance.state {
    case .unreadable: return [Badge(text: "unreadable", kind: "error")]
    case .changing: return [Badge(text: "still changing", kind: "info")]
    case .waiting: return [Badge(text: "incomplete", kind: "warning")]
    case .whole: break
    }
    guard glance.size != nil else { return [] }
    func count(_ number: Int, _ word: String) -> Badge? {
      number == 0
        ? nil : Badge(text: "\(number) \(word)\(number == 1 ? "" : "s")", kind: word)
    }
    let badges = [count(glance.errors, "error"), count(glance.warnings, "warning")]
      .compactMap(\.self)
    return badges.isEmpty ? [Badge(text: "good", kind: "good")] : badges
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

/// What the sign-in page and the page of nothing show.
struct SignInPage {
  var base: String
  var signedIn: String?
  var message: String?
}
