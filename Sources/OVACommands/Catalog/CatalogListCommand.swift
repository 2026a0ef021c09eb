import ArgumentParser
import OVACatalog

/// `ova catalog list`: the images of a catalog.
struct CatalogListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the images of a catalog.",
    discussion: """
      The filter, sort and pages are the image API's own.

      Examples:
        ova catalog list --db catalog.sqlite
        ova catalog list --filter "name,like,ubu%" --db catalog.sqlite
        ova catalog list --format csv --db catalog.sqlite > images.csv
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, ndjson, csv, api }

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var query: QueryOptions

  @Option(help: "text for people; json, ndjson, csv or api (the API's list answer).")
  var format: Format = .text

  @Option(help: "The time zone that times are written in, such as 'America/Toronto'.")
  var timeZone = "UTC"

  func run() throws {
    try explainingErrors {
      let store = try database.openForReading()
      defer { try? store.close() }
      let output = CatalogOutput(store: store, query: query, timeZone: timeZone)
      if format == .text {
        try output.list()
      } else {
        try output.export(CatalogExportCommand.Format(rawValue: format.rawValue) ?? .json)
      }
    }
  }
}
