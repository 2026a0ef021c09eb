import ArgumentParser
import OVABasics
import OVAConfiguration
import OVARules

/// `ova config`: what is configured, and where.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Shows every value of the configuration, and where it is from.",
    usage: """
      ova config [<options>] [<key> ...] [-- <command> <arguments> ...]
      """,
    discussion: """
      Values are taken from options, else from environment variables, else from files: the ova.yaml \
      that is nearest from the working folder upward, the user's (~/.config/ova/ova.yaml), the \
      machine's (/etc/ova/ova.yaml); each value from the first that has it. Behind '--' stands a \
      command line whose values are shown instead. Exit code 2 says that something is wrong.

      Examples:
        ova config
        ova config server check.fail_on
        ova config -- check --fail-on warning web.ova
        ova config --check --config deploy/ova.yaml
        ova config --format json
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @OptionGroup var file: ConfigurationFileOptions

  @Argument(
    help: ArgumentHelp(
      "Only these keys and sections; behind '--', a command line whose values are shown.",
      valueName: "key"))
  var words: [String] = []

  @Flag(help: "Only see that files and environment variables are right, and show nothing.")
  var check = false

  @Option(help: "text for people; json for programs.")
  var format: Format = .text

  func run() throws {
    // The parser takes what stands behind '--' for more of the same.
    let commandLine = Array(ProcessArguments.texts.drop { $0 != "--" }.dropFirst())
    let keys = words.dropLast(commandLine.count)
    let given = GivenArguments(commandLine)
    if !commandLine.isEmpty, given.command.map(\.isGroup) ?? true {
      throw ValidationError("Behind '--' stands a command of ova with its arguments.")
    }
    let loaded = try ProcessConfiguration.loaded(for: given)
    var values = loaded.values()
    for command in given.command.map({ [$0] }) ?? CommandTree.commands where !command.isGroup {
      values += try Self.values(of: command, given, loaded)
    }
    if check {
      try Self.checkValues(loaded)
      return Self.warnOfVariables()
    }
    if !keys.isEmpty {
      values = try keys.flatMap { key in
        let named = values.filter { Self.isMeant($0.key, by: key) }
        guard !named.isEmpty else { throw Self.unknown(key, values) }
        return named
      }
    }
    switch format {
    case .text: Output.standardOutput.text(Self.text(values))
    case .json: Output.standardOutput.write(Self.document(values, loaded.files).pretty())
    }
    Self.warnOfVariables()
  }

  private static func isMeant(_ name: String, by key: String) -> Bool {
    name == key || name.hasPrefix(key + ".") || name.hasPrefix(key + "[")
  }

  private static func unknown(_ key: String, _ values: [ConfiguredValue]) -> ValidationError {
    let near = NearestNames.of(key, among: values.map(\.key), count: 1)
    return ValidationError(
      "No value has the key '\(key.forDisplay)'" + (near.first.map { "; nearest: '\($0)'" } ?? "")
        + ".")
  }

  /// The values of a command's options.
  private static func values(
    of command: CommandOptions, _ given: GivenArguments, _ loaded: LoadedConfiguration
  ) throws -> [ConfiguredValue] {
    let isGiven = given.command?.path == command.path
    let settings = try ConfiguredArguments.settings(
      of: command, isGiven ? given : GivenArguments(command.path), loaded)
    return command.options.compactMap { option in
      let key = (command.path + [option.key]).joined(separator: ".")
      func value(_ values: [String], _ origin: ConfiguredValue.Origin) -> ConfiguredValue {
        ConfiguredValue(key: key, values: values, isList: option.isRepeating, origin: origin)
      }
      if isGiven, let values = given.values[option.name] {
        return value(option.isFlag ? ["true"] : values, .option("--\(option.name)"))
      }
      if let setting = settings.first(where: { $0.option.name == option.name }) {
        switch setting.origin {
        case .environment(let name): return value(setting.values, .environment(name))
        case .file(let place): return value(setting.values, .file(place))
        }
      }
      if option.isFlag { return value(["false"], .standard) }
      return option.standard.map { value([$0], .standard) }
    }
  }

  /// Has the argument parser judge each value that is set, so that one that a command would refuse
  /// is said here with its place.
  private static func checkValues(_ loaded: LoadedConfiguration) throws {
    for command in CommandTree.commands where !command.isGroup {
      let settings = try ConfiguredArguments.settings(
        of: command, GivenArguments(command.path), loaded)
      for setting in settings {
        for argument in setting.arguments {
          guard let fault = ConfiguredArguments.fault(of: argument, command) else { continue }
          Output.standardError.line("ova: \(setting.origin.text.forDisplay): \(fault)")
          throw ExitStatus.wrongUse
        }
        // Values that are right one by one can be too many.
        if command.path == ["check"], setting.option.name == "format",
          let fault = FormatOptions.fault(of: setting.arguments)
        {
          Output.standardError.line("ova: \(setting.origin.text.forDisplay): \(fault)")
          throw ExitStatus.wrongUse
        }
      }
    }
  }

  /// Says which variables some commands do not follow, and which look as if they were ours and set
  /// nothing.
  private static func warnOfVariables() {
    // Describing every command takes longer than the rest, and is needed only for variables.
    let names = Environment.names(startingWith: "OVA_").filter { $0 != "OVA_CONFIG" }
    guard !names.isEmpty else { return }
    for (name, commands) in ConfiguredArguments.variablesNotFollowed() {
      let words = commands.map { $0.path.joined(separator: " ") }.joined(separator: ", ")
      Output.standardError.line(
        "ova: \(name): '\((Environment.value(name) ?? "").forDisplay)' is no value of these commands, "
          + "which do not follow it: \(words)")
    }
    let known =
      ["OVA_CONFIG"]
      + CommandTree.commands.flatMap { command in
        command.options.flatMap(command.variables)
      }
    for name in names where !known.contains(name) {
      guard let near = NearestNames.of(name, among: known, count: 1).first else { continue }
      Output.standardError.line("ova: \(name.forDisplay) sets nothing; nearest: \(near)")
    }
  }

  // MARK: Output

  private static func text(_ values: [ConfiguredValue]) -> String {
    let rows = values.map { value in
      let text = value.values.map(\.forDisplay).joined(separator: ", ")
      return ("\(value.key) = \(text.isEmpty ? "-" : text)", value.origin.text.forDisplay)
    }
    let width = min(48, rows.map(\.0.count).max() ?? 0)
    return rows.map { row in
      row.0 + String(repeating: " ", count: max(0, width - row.0.count)) + "  " + row.1 + "\n"
    }.joined()
  }

  private static func document(_ values: [ConfiguredValue], _ files: [String]) -> JSON {
    [
      "schema": "ovakit/config/1.0", "files": .list(files) { .string($0) },
      "values": .list(values) { value in
        [
          "key": .string(value.key),
          "value": value.isList
            ? .list(value.values) { .string($0) } : .text(value.values.first),
          "origin": origin(value.origin),
        ]
      },
    ]
  }

  private static func origin(_ origin: ConfiguredValue.Origin) -> JSON {
    let (kind, name, place): (String, String?, Place?) =
      switch origin {
      case .file(let place): ("file", nil, place)
      case .environment(let name): ("environment", name, nil)
      case .option(let name): ("option", name, nil)
      case .standard: ("default", nil, nil)
      }
    return [
      "kind": .string(kind), "name": .text(name), "file": .text(place?.file),
      "line": .number(place?.line),
    ]
  }
}
