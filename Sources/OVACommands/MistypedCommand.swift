import ArgumentParser
import OVABasics
import OVAReport

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
}
