import OVABasics
import OVAConfiguration

/// The configuration of this process: of the file that `--config` or `OVA_CONFIG` names, else of the
/// files that are found.
enum ProcessConfiguration {
  /// The configuration that was read, or the errors because of which it could not be. For the
  /// process's own arguments it is read once, before the command runs.
  static var reading: Result<LoadedConfiguration, ConfigurationErrors> {
    ProcessArguments.replacement == nil ? ofProcess : read()
  }

  private static let ofProcess = read()

  private static func read() -> Result<LoadedConfiguration, ConfigurationErrors> {
    Result { () throws(ConfigurationErrors) in
      // The commands are not looked at where nothing is configured: that takes longer than most do.
      guard isAny else { return LoadedConfiguration() }
      return try load(GivenArguments(ProcessArguments.texts))
    }
  }

  /// True if a file or the environment sets something.
  static var isAny: Bool {
    ProcessArguments.texts.contains { $0 == "--config" || $0.hasPrefix("--config=") }
      || !Environment.names(startingWith: "OVA_").isEmpty || !found.isEmpty
  }

  /// The files that are found where none is named.
  private static let found = ConfigurationSearch(
    workingFolder: "".absolutePath, environment: Environment.value
  ).files()

  /// The configuration; a failure is reported and ends the command.
  static func loaded() throws -> LoadedConfiguration { try reported(reading) }

  /// The configuration that another command line would have; a failure is reported and ends the
  /// command.
  static func loaded(for given: GivenArguments) throws -> LoadedConfiguration {
    guard given.value(of: "config") != nil else { return try loaded() }
    return try reported(Result { () throws(ConfigurationErrors) in try load(given) })
  }

  /// The configuration that was read; a failure is reported and ends the command.
  private static func reported(
    _ result: Result<LoadedConfiguration, ConfigurationErrors>
  ) throws -> LoadedConfiguration {
    switch result {
    case .success(let loaded): return loaded
    case .failure(let failure):
      Output.standardError.errors(failure)
      throw ExitStatus.wrongUse
    }
  }

  /// Reads the configuration for a command line.
  private static func load(
    _ given: GivenArguments
  ) throws(ConfigurationErrors) -> LoadedConfiguration {
    let files = file(of: given).map { [$0] } ?? found
    guard !files.isEmpty else { return LoadedConfiguration() }
    var loaded = try LoadedConfiguration(files: files, commands: CommandTree.commands)
    loaded.resolveRoots { $0.absolutePath }
    return loaded
  }

  /// The file that is named; nil where none is.
  private static func file(of given: GivenArguments) -> String? {
    if let argument = given.value(of: "config") { return ProcessArguments.pathText(argument) }
    guard let argument = Environment.argument("OVA_CONFIG"), !argument.isEmpty else { return nil }
    return ProcessArguments.pathText(argument)
  }
}
