import ArgumentParser
import OVABasics
import OVAConfiguration

/// The arguments that a command is run with: those given, and before them the options that the
/// environment and the files set and that are not given. Options go before the environment, and
/// the environment before files.
struct ConfiguredArguments {
  /// An option that is not from the command line.
  struct Setting {
    let option: CommandOptions.Option
    /// The values; `true` or `false` for a flag.
    let values: [String]
    /// The origin: `OVA_FAIL_ON`, or a file and line.
    let origin: Origin

    enum Origin {
      case environment(String)
      case file(Place)

      var text: String {
        switch self {
        case .environment(let name): name
        case .file(let place): place.description
        }
      }
    }

    /// The setting as arguments; none for a flag that is off.
    var arguments: [String] {
      guard option.isFlag else {
        return values.map { value in
          // A path in a file is text without loss; an argument is bytes.
          guard option.isPath, case .file = origin else { return "--\(option.name)=\(value)" }
          return "--\(option.name)=\(ProcessArguments.text(of: value.fileSystemBytes))"
        }
      }
      return values == ["true"] ? ["--\(option.name)"] : []
    }
  }

  /// The arguments of the command line.
  let given: [String]
  /// Everything, as the command is to read it.
  let texts: [String]
  /// The settings that were added.
  let settings: [Setting]

  /// The arguments without anything added.
  init(plain texts: [String]) {
    given = texts
    self.texts = texts
    settings = []
  }

  /// Adds what the environment and the configuration set.
  /// - Throws: `ExitStatus.wrongUse` for a value that an option does not take; it was reported.
  init(_ given: GivenArguments, _ loaded: LoadedConfiguration) throws {
    self.given = given.texts
    settings = try given.command.map { try Self.settings(of: $0, given, loaded) } ?? []
    let split = given.command?.path.count ?? 0
    texts =
      given.texts.prefix(split) + settings.flatMap(\.arguments) + given.texts.dropFirst(split)
  }

  /// The arguments of this process with all that is configured.
  /// - Throws: `ExitStatus.wrongUse` where the configuration is wrong, or help is asked about a
  ///   command that there is not; it was reported.
  static func ofProcess() throws -> ConfiguredArguments {
    let texts = ProcessArguments.texts
    if texts.first == "help", let fault = MistypedCommand.unknownCommand(in: texts) {
      Output.standardError.line("Error: \(fault)")
      throw ExitStatus.wrongUse
    }
    // What costs a look at all commands is not done where nothing is configured.
    guard ProcessConfiguration.isAny else { return ConfiguredArguments(plain: texts) }
    let given = GivenArguments(texts)
    guard !given.asksForHelp else { return ConfiguredArguments(plain: texts) }
    return try ConfiguredArguments(given, ProcessConfiguration.loaded())
  }

  /// The options of a command that the environment and files set.
  static func settings(
    of command: CommandOptions, _ given: GivenArguments, _ loaded: LoadedConfiguration
  ) throws -> [Setting] {
    let inFiles = loaded.settings(of: command)
    return try command.options.compactMap { option -> Setting? in
      guard given.values[option.name] == nil, option.name != "config" else { return nil }
      // A catalog is taken instead of folders, not beside them; and a shard has its own.
      if option.name == "db",
        command.path == ["catalog", "export"] && given.hasOperands
          || command.path == ["scan"] && given.values["shard"] != nil
      {
        return nil
      }
      for name in command.variables(of: option) {
        guard let text = Environment.argument(name), !text.isEmpty,
          isFollowed(name, text, option, command)
        else { continue }
        return Setting(
          option: option, values: try values(of: text, option, name), origin: .environment(name))
      }
      guard let setting = inFiles.first(where: { $0.name == option.name }) else { return nil }
      return Setting(option: option, values: setting.values, origin: .file(setting.place))
    }
  }

  /// Returns whether a command follows a variable. One that is not the command's own is left aside
  /// where its value is for other commands: `OVA_FORMAT=sarif` means those that write SARIF.
  private static func isFollowed(
    _ name: String, _ text: String, _ option: CommandOptions.Option, _ command: CommandOptions
  ) -> Bool {
    guard command.variables(of: option).last == name, !takes(text, option, command) else {
      return true
    }
    let others = CommandTree.commands.filter { !$0.isGroup && $0.path != command.path }
    return !others.contains { other in
      other.options.contains { $0.name == option.name && takes(text, $0, other) }
    }
  }

  private static func takes(
    _ text: String, _ option: CommandOptions.Option, _ command: CommandOptions
  ) -> Bool {
    if option.isFlag { return TruthValue.of(text) != nil }
    let values = parts(of: text, option)
    guard option.values.isEmpty else { return values.allSatisfy(option.values.contains) }
    return values.allSatisfy { fault(of: "--\(option.name)=\($0)", command) == nil }
  }

  /// The variables that are set, with the commands that have their option and leave them aside.
  static func variablesNotFollowed() -> [(name: String, commands: [CommandOptions])] {
    Environment.names(startingWith: "OVA_").compactMap { name in
      guard let text = Environment.argument(name), !text.isEmpty else { return nil }
      let commands = CommandTree.commands.filter { command in
        !command.isGroup
          && command.options.contains {
            $0.name != "config" && command.variables(of: $0).contains(name)
              && !isFollowed(name, text, $0, command)
          }
      }
      return commands.isEmpty ? nil : (name, commands)
    }
  }

  /// The argument parser's error about the value of one option; nil when there is none, and for
  /// what is only wrong without other arguments.
  static func fault(of argument: String, _ command: CommandOptions) -> String? {
    do {
      _ = try OVACommand.parseAsRoot(command.path + [argument])
      return nil
    } catch {
      return isAboutValue(error) ? OVACommand.message(for: error) : nil
    }
  }

  /// Returns whether an error of the argument parser is about a value. It tells so by a case of a
  /// type that is not public, whose name is looked at; its words are for people.
  private static func isAboutValue(_ error: any Error) -> Bool {
    let cause = Mirror(reflecting: error).descendant("parserError")
    return cause.map { Mirror(reflecting: $0).children.first?.label == "unableToParseValue" }
      ?? false
  }

  /// The values in a text: several with commas between them, where the option may be given several
  /// times.
  private static func parts(of text: String, _ option: CommandOptions.Option) -> [String] {
    option.isRepeating ? text.split(separator: ",").map { String($0).trimmingBlanks } : [text]
  }

  /// The values that a variable gives an option: several with commas between them, where the option
  /// may be given several times.
  private static func values(
    of text: String, _ option: CommandOptions.Option, _ variable: String
  ) throws -> [String] {
    if option.isFlag {
      guard let isOn = TruthValue.of(text) else {
        Output.standardError.line(
          "ova: \(variable): '\(text.forDisplay)' is neither true nor false")
        throw ExitStatus.wrongUse
      }
      return [isOn ? "true" : "false"]
    }
    let values = parts(of: text, option)
    if !option.values.isEmpty {
      for value in values where !option.values.contains(value) {
        Output.standardError.line(
          "ova: \(variable): '\(value.forDisplay)' is not one of \(option.values.joined(separator: ", "))"
        )
        throw ExitStatus.wrongUse
      }
    }
    return values
  }

  /// A sentence, for an error, about the settings that are in effect without being on the command
  /// line; nil when there are none.
  var note: String? {
    let texts = settings.filter { !$0.arguments.isEmpty }
      .map { "\($0.arguments.joined(separator: " ").forDisplay) (\($0.origin.text.forDisplay))" }
    return texts.isEmpty ? nil : "Also in effect: \(texts.joined(separator: ", "))"
  }
}
