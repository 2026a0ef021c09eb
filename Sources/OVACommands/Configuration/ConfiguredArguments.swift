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
    /// Where it is set: `OVA_FAIL_ON`, or a file and line.
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

  /// Everything, as the command is to read it.
  let texts: [String]
  /// What was added.
  let settings: [Setting]

  /// The arguments without anything added.
  init(plain texts: [String]) {
    self.texts = texts
    settings = []
  }

  /// Adds what the environment and the configuration set.
  /// - Throws: `ExitStatus.wrongUse` for a value that an option does not take; it was told.
  init(_ given: GivenArguments, _ loaded: LoadedConfiguration) throws {
    settings = try given.command.map { try Self.settings(of: $0, given, loaded) } ?? []
    let split = given.command?.path.count ?? 0
    texts =
      given.texts.prefix(split) + settings.flatMap(\.arguments) + given.texts.dropFirst(split)
  }

  /// The arguments of this process with all that is configured.
  /// - Throws: `ExitStatus.wrongUse` where the configuration is wrong, or help is asked about a
  ///   command that there is not; it was told.
  static func ofProcess() throws -> ConfiguredArguments {
    let texts = ProcessArguments.texts
    if texts.first == "help", let fault = MistypedCommand.unknownCommand(in: texts) {
      Output.words.line("Error: \(fault)")
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
      // A catalog is taken instead of folders, not beside them.
      if option.name == "db", !option.isRequired, given.hasOperands,
        command.path == ["catalog", "export"]
      {
        return nil
      }
      for name in command.variables(of: option) {
        guard let text = Environment.argument(name), !text.isEmpty else { continue }
        return Setting(
          option: option, values: try values(of: text, option, name), origin: .environment(name))
      }
      guard let setting = inFiles.first(where: { $0.name == option.name }) else { return nil }
      return Setting(option: option, values: setting.values, origin: .file(setting.place))
    }
  }

  /// The values that a variable gives an option: several with commas between them, where the option
  /// may be given several times.
  private static func values(
    of text: String, _ option: CommandOptions.Option, _ variable: String
  ) throws -> [String] {
    if option.isFlag {
      guard let isOn = TruthValue.of(text) else {
        Output.words.line("ova: \(variable): '\(text.inert)' is neither true nor false")
        throw ExitStatus.wrongUse
      }
      return [isOn ? "true" : "false"]
    }
    let values =
      option.isRepeating
      ? text.split(separator: ",").map { String($0).trimmingBlanks } : [text]
    if !option.values.isEmpty {
      for value in values where !option.values.contains(value) {
        Output.words.line(
          "ova: \(variable): '\(value.inert)' is not one of \(option.values.joined(separator: ", "))"
        )
        throw ExitStatus.wrongUse
      }
    }
    return values
  }

  /// What is in effect without being on the command line, in a sentence for an error about it; nil
  /// when nothing is.
  var note: String? {
    let texts = settings.filter { !$0.arguments.isEmpty }
      .map { "\($0.arguments.joined(separator: " ").inert) (\($0.origin.text.inert))" }
    return texts.isEmpty ? nil : "Also in effect: \(texts.joined(separator: ", "))"
  }
}
