import ArgumentParser
import OVABasics
import OVARules

/// A hint at the command that somebody may have meant.
enum MistypedCommand {
  /// A line that names the nearest commands; nil when the words name commands that there are.
  static func hint(for arguments: [String], root: any ParsableCommand.Type) -> String? {
    var command: any ParsableCommand.Type = root
    var path = root._commandName
    for argument in arguments {
      let commands = command.configuration.subcommands
      guard !commands.isEmpty, !argument.hasPrefix("-") else { return nil }
      if let next = commands.first(where: { $0._commandName == argument }) {
        command = next
        path += " " + argument
        continue
      }
      let near = NearestNames.of(
        argument, among: commands.map { $0._commandName } + ["help"], count: 2)
      guard !near.isEmpty, argument != "help" else { return nil }
      return "Did you mean \(near.map { "'\(path) \($0)'" }.joined(separator: " or "))?"
    }
    return nil
  }

  /// A sentence about the first option that the command named does not have, with the commands
  /// beside it that do; nil when it has all of them.
  static func lackedOption(
    in arguments: [String], root: any ParsableCommand.Type
  ) -> String? {
    var command: any ParsableCommand.Type = root
    var beside: [any ParsableCommand.Type] = []
    var path = root._commandName
    var rest = arguments[...]
    while let first = rest.first,
      let next = command.configuration.subcommands.first(where: { $0._commandName == first })
    {
      beside = command.configuration.subcommands
      path += " " + first
      command = next
      rest = rest.dropFirst()
    }
    func has(_ option: String, _ command: any ParsableCommand.Type) -> Bool {
      root.helpMessage(for: command, columns: 1000)
        .split { !($0.isLetter || $0.isNumber || $0 == "-") }.contains { $0 == option }
    }
    for argument in rest.prefix(while: { $0 != "--" }) where argument.hasPrefix("--") {
      let option = String(argument.prefix { $0 != "=" })
      guard !has(option, command) else { continue }
      let parent = path.split(separator: " ").dropLast().joined(separator: " ")
      let others = beside.filter { has(option, $0) }.map { "'\(parent) \($0._commandName)'" }
      let have = others.count == 1 ? "has" : "have"
      let hint = others.isEmpty ? "" : "; \(others.joined(separator: " and ")) \(have) it"
      return "'\(path)' has no option '\(option.inert)'\(hint)"
    }
    return nil
  }
}
