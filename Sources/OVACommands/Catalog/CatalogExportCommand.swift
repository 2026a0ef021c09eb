import ArgumentParser
import OVABasics
import OVAByteSource
import OVACatalog
import OVAIndexer
import OVAPackage
import OVATime
import SystemPackage

/// `ova catalog export`: one record for each package of a folder.
struct CatalogExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract:
      "Writes one record for each package of folders or a catalog, as the image API shows.",
    discussion: """
      With --db the records are those of a catalog, with their ids and times, and --filter, \
      --sort and --page are the API's own. Without it, folders are walked: \
      Ids count up in path order; both times are the newest modification time of the package's \
      files. The same tree gives the same bytes on every machine.

      Examples:
        ova catalog export /srv/isos --data-store isos
        ova catalog export --format sql --dialect postgresql --db catalog.sqlite
        ova catalog export --format hardware --db catalog.sqlite > hardware.ndjson
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case json, ndjson, csv, api, sql, hardware
  }

  @OptionGroup var repositories: RepositoryOptions

  @Option(
    help: """
      json (an array), ndjson, csv, api (the API's list answer), sql (a table and INSERTs); of a \
      catalog also hardware (ndjson with all that is known of each package).
      """)
  var format: Format = .json

  @Option(help: "Whose SQL --format sql writes: sqlite, postgresql or mysql.")
  var dialect: Dialect?

  enum Dialect: String, ExpressibleByArgument, CaseIterable { case sqlite, postgresql, mysql }

  private var sqlDialect: SQLDialect {
    dialect.flatMap { SQLDialect(rawValue: $0.rawValue) } ?? .sqlite
  }

  @Option(help: "The time zone that times are written in, such as 'America/Toronto'.")
  var timeZone = "UTC"

  @Option(help: ArgumentHelp("The id of the first record.", valueName: "id"))
  var firstID = BoundedNumber<FirstID>(1)

  /// Every id that follows is to be one that JavaScript's numbers hold, and none twice.
  enum FirstID: NumberBounds { static let range = 1...1 << 52 }

  @Option(
    name: .customLong("db"),
    help: ArgumentHelp(
      "A catalog's database: a file, or postgresql://user@host/database.", valueName: "file"),
    completion: .file(extensions: ["sqlite", "db"]))
  var database: DatabaseLocation?

  @OptionGroup var configurationFile: ConfigurationFileOptions

  @OptionGroup var query: QueryOptions

  func validate() throws {
    if dialect != nil, format != .sql {
      throw ValidationError("--dialect belongs to --format sql.")
    }
    guard database == nil else {
      if !repositories.folders.isEmpty {
        throw ValidationError("Name folders or a catalog (--db), not both.")
      }
      return
    }
    try repositories.demandFolders()
    if format == .hardware || query.isGiven {
      throw ValidationError("--filter, --sort, --page and 'hardware' need a catalog (--db).")
    }
  }

  func run() throws {
    if let database {
      return try explainingErrors {
        var options = CatalogStore.Options()
        options.creates = false
        options.readsOnly = true
        let store = try CatalogStore(path: database.location, options: options)
        defer { try? store.close() }
        try CatalogOutput(store: store, query: query, timeZone: timeZone)
          .export(format, dialect: sqlDialect)
      }
    }
    let status = ExitStatus.success
    do {
      try export(status).finish()
    } catch let error as CatalogError {
      Output.standardError.line("ova: \(error.description.linesForDisplay)")
      throw ExitStatus.wrongUse
    } catch let error as ByteSourceError {
      Output.standardError.line("ova: \(error.description.linesForDisplay)")
      throw ExitStatus.unreadable
    }
  }

  private func export(_ before: ExitStatus) throws -> ExitStatus {
    var status = before
    let export = RepositoryExport(
      try repositories.mappings(), excludes: repositories.mapping.exclude.map(PathPattern.init))
    var writer = RecordWriter(
      format: RecordFormat(rawValue: format.rawValue) ?? .json,
      times: try APITime(zoneNamed: timeZone), dialect: sqlDialect)
    var bytes: [UInt8] = []
    let progress = ProgressLine("exporting", noun: "package")
    defer { progress.end() }
    writer.start(to: &bytes)
    try export.run(firstID: Int64(firstID.value)) { record in
      writer.append(record, to: &bytes)
      progress.count(record.path)
      if bytes.count > 1 << 16 {
        progress.aside { Output.standardOutput.write(bytes) }
        bytes.removeAll(keepingCapacity: true)
      }
    } problem: { problem in
      switch problem {
      case .noPackage(let error):
        status = status.and(error.code.isOfContent ? .findings : .unreadable)
        progress.aside { Output.standardError.line("ova: \(error.description.linesForDisplay)") }
      case .notWalked(let problem, let folder):
        status = status.and(.unreadable)
        progress.aside {
          Output.standardError.line(
            "ova: \(folder.forDisplay)/\(problem.path.forDisplay): \(problem.reason)")
        }
      }
    }
    writer.end(to: &bytes)
    progress.end()
    Output.standardOutput.write(bytes)
    return status
  }
}
