import ArgumentParser
import OVABasics
import OVACatalog
import OVAIndexer
import OVAReport
import OVASandbox

/// Options that name the catalog's database.
struct DatabaseOptions: ParsableArguments {
  @Option(
    name: .customLong("db"),
    help: ArgumentHelp(
      "The catalog's database: a file, or postgresql://user@host/database.", valueName: "file"),
    completion: .file(extensions: ["sqlite", "db"]))
  var path: DatabaseLocation

  @OptionGroup var access: DatabaseAccessOptions

  /// Opens the catalog to be changed.
  func open(creates: Bool = false) throws(CatalogError) -> CatalogStore {
    try access.open(path, creates: creates)
  }

  /// Opens the catalog to be read, for which no permission to write is needed.
  func openForReading() throws(CatalogError) -> CatalogStore {
    try access.open(path, readsOnly: true)
  }
}

/// Options that say how a database is opened, whether or not it has to be named.
struct DatabaseAccessOptions: ParsableArguments {
  @OptionGroup var configurationFile: ConfigurationFileOptions

  @Flag(
    name: .customLong("accept-network-file-system"),
    help: "Open a database on a network file system, without a write-ahead log.")
  var acceptsNetwork = false

  /// Opens a database.
  func open(
    _ path: DatabaseLocation, creates: Bool = false, readsOnly: Bool = false
  ) throws(CatalogError) -> CatalogStore {
    var options = CatalogStore.Options()
    options.creates = creates
    options.readsOnly = readsOnly
    options.acceptsNetworkFileSystem = acceptsNetwork
    return try CatalogStore(path: path.location, options: options)
  }
}

/// Runs the body of a command; a failure is reported and ends it with the status that it means.
func explainingErrors(_ body: () throws -> Void) throws {
  do {
    try body()
  } catch let error as CatalogError {
    Output.standardError.line("ova: \(error.description.linesForDisplay)")
    switch error.code {
    case .invalidParameterValue, .invalidMapping, .malformedRecord, .unknownTimeZone, .conflict,
      .networkFileSystem, .refused:
      throw ExitStatus.wrongUse
    default: throw ExitStatus.unreadable
    }
  } catch let error as IndexError {
    Output.standardError.line("ova: \(error.description.linesForDisplay)")
    switch error.code {
    case .overlapping: throw ExitStatus.wrongUse
    case .busy, .notOpened: throw ExitStatus.unreadable
    }
  } catch let error as AuditError {
    Output.standardError.line("ova: \(error.description.linesForDisplay)")
    throw ExitStatus.wrongUse
  } catch let error as SandboxError {
    Output.standardError.error(error)
    throw ExitStatus.unreadable
  }
}
