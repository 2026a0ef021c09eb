import ArgumentParser
import OVACatalog
import OVATime

/// Options that select images, in the language of the image API.
struct QueryOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The API's filter: 'name,like,ubu%;public,eq,true'.", valueName: "conditions"),
    transform: OptionValue.text { text throws(CatalogError) in
      // Times are read again with the time zone that is asked for; their form does not hang on it.
      guard let times = try? APITime(zoneNamed: "UTC") else { return }
      _ = try Filter(text, times: times)
    })
  var filter: String?

  @Option(
    help: ArgumentHelp("The API's sort: 'path,asc;id,desc'.", valueName: "keys"),
    transform: OptionValue.read { text throws(CatalogError) in try Sort(text) })
  var sort: Sort?

  @Option(
    help: ArgumentHelp("The page, from 1.", valueName: "n"), transform: WholeNumber.atLeast(1))
  var page: Int?

  @Option(
    help: ArgumentHelp("Records on a page, at most 100.", valueName: "n"),
    transform: WholeNumber.within(1...Paging.largestPerPage))
  var perPage: Int?

  @Option(help: ArgumentHelp("Only this user's images.", valueName: "name"))
  var user: String?

  /// True if anything is asked.
  var isGiven: Bool {
    filter != nil || sort != nil || page != nil || perPage != nil || user != nil
  }

  /// The query; times in it are of the zone.
  func query(_ times: APITime) throws(CatalogError) -> ImageQuery {
    ImageQuery(
      scope: user.map { .user($0) } ?? .all, filter: try Filter(filter, times: times),
      sort: sort ?? .stored)
  }

  /// The page asked for; nil for all records.
  func paging() throws(CatalogError) -> Paging? {
    guard page != nil || perPage != nil else { return nil }
    return try Paging(pageText: page.map(String.init), perPageText: perPage.map(String.init))
  }
}
