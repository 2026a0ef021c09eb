import OVACatalog

/// A configuration with the files that it is from.
public struct LoadedConfiguration: Sendable {
  /// The files, the one that goes before the others first.
  public let files: [String]
  /// The values, each from the first file that has it.
  public private(set) var configuration: Configuration
  let root: ConfigurationNode?
  private let settings: [[String]: [OptionSetting]]

  /// No files, and the defaults.
  public init() {
    files = []
    configuration = Configuration()
    root = nil
    settings = [:]
  }

  /// Reads files over each other.
  /// - Parameters:
  ///   - files: the files, the one that goes before the others first.
  ///   - commands: the commands whose options files can set.
  package init(
    files: [String], commands: [CommandOptions]
  ) throws(ConfigurationError) {
    self.files = files
    var roots: [ConfigurationNode] = []
    for file in files {
      guard
        let root = try ConfigurationNode(yaml: ConfigurationFiles.text(of: file), file: file)
      else { continue }
      // Each file is to be right for itself, so that what one hides is not wrong for another user.
      _ = try Configuration(root, commands: commands)
      roots.append(root)
    }
    root = roots.dropFirst().reduce(roots.first) { $0?.over($1) }
    configuration = try Configuration(root, commands: commands)
    var settings: [[String]: [OptionSetting]] = [:]
    if let root {
      for command in commands { settings[command.path] = try command.settings(in: root) }
    }
    self.settings = settings
  }

  /// Names the repositories' roots from the root of the file system, so that a scan that is started
  /// elsewhere finds them again.
  /// - Parameter absolute: the path from the root of one that may be relative.
  package mutating func resolveRoots(_ absolute: (String) -> String) {
    for index in configuration.repositories.indices {
      let mapping = configuration.repositories[index].mapping
      let whole = try? RepositoryMapping(
        dataStore: mapping.dataStore, root: absolute(mapping.root), folder: mapping.folder,
        labelBase: mapping.labelBase, isPublic: mapping.isPublic, owner: mapping.owner)
      configuration.repositories[index].mapping = whole ?? mapping
    }
    if let root = configuration.personal?.root { configuration.personal?.root = absolute(root) }
  }

  /// The options that the files set for a command.
  package func settings(of command: CommandOptions) -> [OptionSetting] {
    settings[command.path] ?? []
  }
}
