import ArgumentParser
import OVACatalog

/// What is asked of a catalogue, in the image API's own language.
struct QueryOptions: ParsableArguments {
  @Option(help: "The API's filter: 'name,like,ubu%;public,eq,true'.")
  var filter: String?

  @Option(help: "The API's sort: 'path,asc;id,desc'.")
  var sort: String?

  @Option(help: "The page, from 1.")
  var page: Int?

  @Option(help: "Records on a page, at most 100.")
  var perPage: Int?

  @Option(help: "Only this user's images.")
  var user: String?

  /// Whether anything is asked.
  var isGiven: Bool {
    filter != nil || sort != nil || page != nil || perPage != nil || user != nil
  }

  /// The query; times in it are of the zone.
  func query(_ times: APITime) throws(CatalogError) -> ImageQuery {
    ImageQuery(
      scope: user.map { .user($0) } ?? .all, filter: try Filter(filter, times: times),
      sort: try Sort(sort))
  }

  /// The page asked for; nil for all records.
  func paging() throws(CatalogError) -> Paging? {
    guard page != nil || perPage != nil else { return nil }
    return try Paging(pageText: page.map(String.init), perPageText: perPage.map(String.init))
  }
}
