import ArgumentParser
import OVABasics
import OVACatalog
import OVAReport
import OVATime

/// `ova catalog repositories`: what is registered.
struct CatalogRepositoriesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repositories",
    abstract: "Lists the folders that a catalog's scans look at.",
    discussion: """
      A folder is registered by its first scan, and a scan without folders looks at all of them. \
      `ova catalog forget` takes one out.

      Examples:
        ova catalog repositories --db catalog.sqlite
        ova catalog repositories --json --db catalog.sqlite
      """)

  @OptionGroup var database: DatabaseOptions

  @Flag(help: "One JSON document for programs.")
  var json = false

  @Option(help: "The time zone that times are written in, such as 'America/Toronto'.")
  var timeZone = "UTC"

  func run() throws {
    try explainingErrors {
      let times = try APITime(zoneNamed: timeZone)
      let store = try database.openForReading()
      defer { try? store.close() }
      let rows = try store.read { try $0.repositoryRows() }
      if json {
        Output.standardOutput.write(document(rows, times).pretty())
      } else {
        Output.standardOutput.write(text(rows, times))
      }
    }
  }

  private func text(_ rows: [RepositoryRow], _ times: APITime) -> String {
    var table = TextTable()
    table.add(["repository", "folder", "packages", "seen by", "last complete scan"])
    for row in rows {
      table.add([
        row.mapping.name, row.mapping.walkedFolder, "\(row.packages)", row.mapping.owner ?? "all",
        row.completedOn.map(times.string) ?? "none",
      ])
    }
    return (table.lines() + ["\(rows.count) \(rows.count == 1 ? "repository" : "repositories")"])
      .joined(separator: "\n") + "\n"
  }

  private func document(_ rows: [RepositoryRow], _ times: APITime) -> JSON {
    [
      "schema": "ovakit/catalog-repositories/1.0",
      "repositories": .list(rows) { row in
        [
          "repository": .string(row.mapping.name),
          "data_store": .string(row.mapping.dataStore),
          "folder": .string(row.mapping.walkedFolder), "root": .string(row.mapping.root),
          "label_base": .string(row.mapping.labelBase), "public": .bool(row.mapping.isPublic),
          "owner": .text(row.mapping.owner), "packages": .number(row.packages),
          "scanned_on": .text(row.scannedOn.map(times.string)),
          "completed_on": .text(row.completedOn.map(times.string)),
        ]
      },
    ]
  }
}

extension RepositoryMapping {
  /// The repository as a datastore path: `[images] VmImages`.
  var name: String {
    DatastorePath(dataStore: dataStore, path: folder)?.description ?? dataStore
  }
}
