import OVABasics
import OVAConfiguration
import OVARules

/// The messages on command lines that name an unknown command or option.
enum MistypedCommand {
  /// A sentence about the first word that should be a command and is none, and the nearest that are;
  /// nil when the words name commands that there are.
  static func unknownCommand(in arguments: [String]) -> String? {
    var words = arguments[...]
    if words.first == "help" { words = words.dropFirst() }
    var path: [String] = []
    for word in words {
      let names = CommandTree.names(below: path)
      guard !names.isEmpty, !word.hasPrefix("-"), word != "help" else { return nil }
      if names.contains(word) {
        path.append(word)
        continue
      }
      let parent = (["ova"] + path).joined(separator: " ")
      let near = NearestNames.of(word, among: names + ["help"], count: 2)
        .map { "'\(parent) \($0)'" }.joined(separator: " or ")
      let said = "'\(parent)' has no command '\(word.forDisplay)'"
      return near.isEmpty
        ? "\(said); '\(parent) --help' lists them" : "\(said)\nDid you mean \(near)?"
    }
    return nil
  }

  /// A sentence about the first option that the command named does not have, with the nearest that
  /// it has, or the commands beside it that have it; nil when it has all of them.
  static func lackedOption(in arguments: [String]) -> String? {
    let path = CommandTree.path(in: arguments)
    let own = names(of: path)
    for argument in arguments.dropFirst(path.count).prefix(while: { $0 != "--" })
    where argument.hasPrefix("--") {
      let option = String(argument.prefix { $0 != "=" })
      guard !own.contains(option) else { continue }
      let words = (["ova"] + path).joined(separator: " ")
      return "'\(words)' has no option '\(option.forDisplay)'" + hint(at: option, own, path)
    }
    return nil
  }

  private static func hint(at option: String, _ own: [String], _ path: [String]) -> String {
    let parent = Array(path.dropLast())
    let others =
      path.isEmpty
      ? []
      : CommandTree.names(below: parent).map { parent + [$0] }
        .filter { $0 != path && names(of: $0).contains(option) }
    if !others.isEmpty {
      let named = others.map { "'\((["ova"] + $0).joined(separator: " "))'" }
      return "; \(named.joined(separator: " and ")) \(others.count == 1 ? "has" : "have") it"
    }
    let near = NearestNames.of(
      String(option.dropFirst(2)),
      among: own.filter { $0.hasPrefix("--") }.map { String($0.dropFirst(2)) },
      count: 1)
    return near.first.map { "; nearest: '--\($0)'" } ?? ""
  }

  private static func names(of path: [String]) -> [String] {
    (CommandTree.command(path)?.options.flatMap(\.names) ?? [])
      + [
        "--help", "--version", "-h", "--help-hidden", "--generate-completion-script",
        "--experimental-dump-help",
      ]
  }
}
