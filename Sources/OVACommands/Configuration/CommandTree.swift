import ArgumentParser
import Foundation
import OVAConfiguration
import Synchronization

/// The commands and options that there are, as the argument parser knows them.
enum CommandTree {
  /// Every command below `ova`, groups of commands too, in the order of the help.
  static let commands: [CommandOptions] = {
    let all = (Tool.describing(OVACommand.self)?.command.below ?? []).flatMap { $0.commands([]) }
    described.withLock { described in
      for command in all { described[command.path] = command }
    }
    return all
  }()

  /// The command with these names below `ova`.
  ///
  /// The parser's description of one command is made when it is asked for: that of all takes longer
  /// than most commands run.
  static func command(_ path: [String]) -> CommandOptions? {
    described.withLock { described in
      if let known = described[path] { return known }
      let made = describe(path)
      described[path] = made
      return made
    }
  }

  /// Asks the parser about one command alone.
  static func describe(_ path: [String]) -> CommandOptions? {
    guard !path.isEmpty, let type = type(path) else { return nil }
    return Tool.describing(type)?.command.options(path.dropLast())
  }

  /// The names of the commands directly below one.
  static func names(below path: [String]) -> [String] {
    (type(path)?.configuration.subcommands ?? []).compactMap { $0.configuration.commandName }
  }

  /// The command that arguments begin with, as far as there is one.
  static func path(in arguments: [String]) -> [String] {
    var path: [String] = []
    for argument in arguments {
      guard names(below: path).contains(argument) else { break }
      path.append(argument)
    }
    return path
  }

  private static let described = Mutex<[[String]: CommandOptions]>([:])

  private static func type(_ path: [String]) -> (any ParsableCommand.Type)? {
    var type: any ParsableCommand.Type = OVACommand.self
    for name in path {
      guard
        let below = type.configuration.subcommands.first(where: {
          $0.configuration.commandName == name
        })
      else { return nil }
      type = below
    }
    return type
  }
}

/// The description of a tool by the argument parser, as far as it is needed.
private struct Tool: Decodable {
  let command: Command

  /// Asks the parser; nil where its answer cannot be read.
  static func describing<Described: ParsableCommand>(_ type: Described.Type) -> Tool? {
    do {
      _ = try type.parseAsRoot(["--experimental-dump-help"])
      return nil
    } catch {
      let text = type.fullMessage(for: error)
      return try? JSONDecoder().decode(Tool.self, from: Data(text.utf8))
    }
  }

  struct Command: Decodable {
    let commandName: String
    let subcommands: [Command]?
    let arguments: [Argument]?

    /// The commands below it, without the help that the parser adds to any that is described.
    var below: [Command] { (subcommands ?? []).filter { $0.commandName != "help" } }

    func commands(_ above: [String]) -> [CommandOptions] {
      [options(above)] + below.flatMap { $0.commands(above + [commandName]) }
    }

    func options(_ above: [String]) -> CommandOptions {
      CommandOptions(
        path: above + [commandName], options: (arguments ?? []).compactMap(\.option),
        isGroup: !below.isEmpty)
    }
  }

  struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String

      var text: String { kind == "long" ? "--\(name)" : "-\(name)" }
    }

    let kind: String
    let names: [Name]?
    let isOptional: Bool
    let isRepeating: Bool
    let allValues: [String]?
    let defaultValue: String?
    /// `file` or `directory` for paths; what they hold does not matter.
    let completionKind: [String: Ignored]?

    struct Ignored: Decodable { init(from decoder: any Decoder) {} }

    /// Nil for positional arguments, help and version.
    var option: CommandOptions.Option? {
      guard kind == "option" || kind == "flag",
        let long = names?.first(where: { $0.kind == "long" })?.name,
        long != "help", long != "version"
      else { return nil }
      let completions = completionKind.map { Set($0.keys) } ?? []
      return CommandOptions.Option(
        name: long, names: (names ?? []).map(\.text), isFlag: kind == "flag",
        isRequired: !isOptional, isRepeating: isRepeating,
        isPath: !completions.isDisjoint(with: ["file", "directory"]), values: allValues ?? [],
        standard: defaultValue)
    }
  }
}
