import OVABasics
import OVACatalog

/// A configuration with the files that it is from.
public struct LoadedConfiguration: Sendable {
  /// The files, by precedence.
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
  ///   - files: the files, by precedence.
  ///   - commands: the commands whose options files can set.
  /// - Throws: everything that is wrong with the files.
  package init(
    files: [String], commands: [CommandOptions]
  ) throws(ConfigurationErrors) {
    self.files = files
    let problems = ConfigurationProblems()
    var roots: [ConfigurationNode] = []
    var reading = ConfigurationReading(nil, commands: commands, problems)
    for file in files {
      do throws(ConfigurationError) {
        let text = try ConfigurationFiles.text(of: file)
        guard let root = try ConfigurationNode(yaml: text, file: file) else { continue }
        // Each file is to be right for itself, so that what one hides is not wrong for another user.
        reading = ConfigurationReading(root, commands: commands, problems)
        roots.append(root)
      } catch {
        problems.add(error)
      }
    }
    try problems.end()
    root = roots.dropFirst().reduce(roots.first) { $0?.over($1) }
    // What one file says alone was read.
    if roots.count > 1 {
      reading = ConfigurationReading(root, commands: commands, problems)
      try problems.end()
    }
    configuration = reading.configuration
    settings = reading.settings
  }

  /// Names the repositories' roots from the root of the file system, so that a scan that is started
  /// elsewhere finds them again.
  /// - Parameter absolutePath: the path from the root of one that may be relative.
  package mutating func resolveRoots(_ absolutePath: (String) -> String) {
    func absolute(_ root: String) -> String {
      root.isRemoteLocation ? root : absolutePath(root)
    }
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
