import ArgumentParser
import Foundation
import OVAConfiguration

/// The commands and options that there are, as the argument parser knows them.
enum CommandTree {
  /// Every command below `ova`, groups of commands too, in the order of the help.
  static let commands: [CommandOptions] = {
    var text = "{}"
    do {
      _ = try OVACommand.parseAsRoot(["--experimental-dump-help"])
    } catch {
      text = OVACommand.fullMessage(for: error)
    }
    guard let tool = try? JSONDecoder().decode(Tool.self, from: Data(text.utf8)) else { return [] }
    return (tool.command.subcommands ?? []).filter { $0.commandName != "help" }
      .flatMap { $0.commands([]) }
  }()

  /// The command with these names below `ova`.
  static func command(_ path: [String]) -> CommandOptions? { commands.first { $0.path == path } }

  /// The names of the commands directly below one.
  static func names(below path: [String]) -> [String] {
    commands.filter { $0.path.count == path.count + 1 && $0.path.starts(with: path) }
      .compactMap(\.path.last)
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
}

/// The description of the tool by the argument parser, as far as it is needed.
private struct Tool: Decodable {
  let command: Command

  struct Command: Decodable {
    let commandName: String
    let subcommands: [Command]?
    let arguments: [Argument]?

    func commands(_ above: [String]) -> [CommandOptions] {
      let path = above + [commandName]
      let own = CommandOptions(
        path: path, options: (arguments ?? []).compactMap(\.option),
        isGroup: subcommands?.isEmpty == false)
      return [own] + (subcommands ?? []).flatMap { $0.commands(path) }
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
