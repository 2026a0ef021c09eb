import ArgumentParser
import OVABasics
import OVAConfiguration
import SystemPackage

/// The option that names the configuration file.
struct ConfigurationFileOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Read this configuration file, and look for no other.", valueName: "ova.yaml"),
    completion: .file(extensions: ["yaml", "yml"]))
  var config: FilePath?
}

/// Options that name the configuration file and the database.
struct ConfigurationOptions: ParsableArguments {
  @OptionGroup var file: ConfigurationFileOptions

  @Option(
    help: ArgumentHelp(
      "The catalog's database: a file, or postgresql://user@host/database.", valueName: "file"),
    completion: .file())
  var db: DatabaseLocation?

  /// The configuration, with the database given here.
  func configuration() throws -> Configuration {
    var configuration = try ProcessConfiguration.loaded().configuration
    if let db { configuration.database = db.location }
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
