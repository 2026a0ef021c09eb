import OVACatalog

/// A position in the lists of images: whose images, the search, the order, and the page. Links
/// carry it along, so that the way back from an image leads to the same rows.
struct ListPlace: Hashable, Sendable {
  var isMine = false
  var search = ""
  /// The order asked for; nil for the stored one.
  var sort: String?
  /// The page's number, from 1.
  var page = 1

  /// Reads the parameters of a request; an unknown order is the stored one.
  init(_ target: Target) {
    isMine = target.value("of") == "me"
    search = target.value("q") ?? ""
    if let text = target.value("sort"), let order = try? Sort(text), order != .stored {
      sort = text
    }
    page = min(max(Int(target.value("page") ?? "1") ?? 1, 1), 1_000_000_000)
  }

  /// The query of a link to the place, with its question mark; empty for the first page of all.
  var query: String {
    var parts: [String] = []
    if isMine { parts.append("of=me") }
    if !search.isEmpty { parts.append("q=\(URLText.encoded(search))") }
    if let sort { parts.append("sort=\(URLText.encoded(sort))") }
    if page > 1 { parts.append("page=\(page)") }
    return parts.isEmpty ? "" : "?" + parts.joined(separator: "&")
  }

  /// The place with something else in it.
  func with(_ change: (inout ListPlace) -> Void) -> ListPlace {
    var place = self
    change(&place)
    return place
  }
}
