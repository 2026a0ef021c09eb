import OVABasics
import OVAConfiguration

/// The configuration of this process: of the file that `--config` or `OVA_CONFIG` names, else of the
/// files that are found.
enum ProcessConfiguration {
  /// What was read, or why it could not be. Read once, before the command runs.
  static let reading: Result<LoadedConfiguration, ConfigurationError> = {
    Result { () throws(ConfigurationError) in
      // The commands are not looked at where nothing is configured: that takes longer than most do.
      guard isAny else { return LoadedConfiguration() }
      var loaded = try load(GivenArguments(ProcessArguments.texts))
      loaded.resolveRoots { $0.absolutePath }
      return loaded
    }
  }()

  /// Whether a file or the environment sets something.
  static let isAny: Bool =
    ProcessArguments.texts.contains { $0 == "--config" || $0.hasPrefix("--config=") }
    || !Environment.names(startingWith: "OVA_").isEmpty || !found.isEmpty

  /// The files that are found where none is named.
  private static let found = ConfigurationSearch(
    workingFolder: "".absolutePath, environment: Environment.value
  ).files()

  /// The configuration; a failure is told, and ends the command.
  static func loaded() throws -> LoadedConfiguration {
    switch reading {
    case .success(let loaded): return loaded
    case .failure(let error):
      Output.words.error(error)
      throw ExitStatus.wrongUse
    }
  }

  /// Reads the configuration for a command line.
  static func load(_ given: GivenArguments) throws(ConfigurationError) -> LoadedConfiguration {
    if let file = file(of: given) {
      return try LoadedConfiguration(files: [file], commands: CommandTree.commands)
    }
    guard !found.isEmpty else { return LoadedConfiguration() }
    return try LoadedConfiguration(files: found, commands: CommandTree.commands)
  }

  /// The file that is named; nil where none is.
  private static func file(of given: GivenArguments) -> String? {
    if let argument = given.value(of: "config") { return ProcessArguments.pathText(argument) }
    guard let argument = Environment.argument("OVA_CONFIG"), !argument.isEmpty else { return nil }
    return ProcessArguments.pathText(argument)
  }
}
