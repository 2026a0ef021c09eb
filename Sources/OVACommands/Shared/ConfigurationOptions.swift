import ArgumentParser
import OVABasics
import OVACatalog
import OVAConfiguration
import SystemPackage

/// Options that name the configuration file and the database.
struct ConfigurationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The configuration file.", valueName: "ova.yaml"),
    completion: .file(extensions: ["yaml", "yml"]))
  var config: FilePath?

  @Option(
    help: ArgumentHelp("The catalog's database.", valueName: "file"), completion: .file())
  var db: FilePath?

  /// The file's configuration, or the defaults, with the database given here.
  func configuration() throws -> Configuration {
    var configuration = Configuration()
    do throws(ConfigurationError) {
      if let config { configuration = try Configuration(file: config.text) }
    } catch {
      Output.words.line("ova: \(error.description.inertLines)")
      throw ExitStatus.wrongUse
    }
    if let db { configuration.database = db.text }
    return configuration
  }

  /// The database that a configuration names.
  static func database(of configuration: Configuration) throws -> String {
    guard let path = configuration.database, !path.isEmpty else {
      throw ValidationError("Name the database with --db, or in a file given with --config.")
    }
    return path
  }
}
