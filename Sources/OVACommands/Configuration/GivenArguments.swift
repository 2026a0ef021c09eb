import OVAConfiguration

/// The arguments of a command line, as far as the options that they give.
struct GivenArguments {
  /// The arguments behind `ova`.
  let texts: [String]
  /// The command; nil where the arguments name none.
  let command: CommandOptions?
  /// The values of each option that is given, by its long name without hyphens; empty texts for
  /// flags.
  private(set) var values: [String: [String]] = [:]
  /// True if something is given that is no option nor the value of one.
  private(set) var hasOperands = false

  init(_ texts: [String]) {
    self.texts = texts
    let path = CommandTree.path(in: texts)
    let command = CommandTree.command(path)
    self.command = command
    guard let command else { return }
    var rest = texts.dropFirst(path.count)
    while let text = rest.popFirst() {
      if text == "--" {
        hasOperands = hasOperands || !rest.isEmpty
        break
      }
      guard text.hasPrefix("-"), text != "-" else {
        hasOperands = true
        continue
      }
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts.first ?? "")
      guard let option = command.options.first(where: { $0.names.contains(name) }) else {
        // Short flags may stand together: -qv.
        for letter in name.dropFirst() where !name.hasPrefix("--") {
          if let flag = command.options.first(where: { $0.names.contains("-\(letter)") }) {
            values[flag.name, default: []].append("")
          }
        }
        continue
      }
      let value = option.isFlag ? "" : parts.count == 2 ? String(parts[1]) : rest.popFirst() ?? ""
      values[option.name, default: []].append(value)
    }
  }

  /// The last value of an option that is given.
  func value(of name: String) -> String? { values[name]?.last }

  /// True if help, a version or a script of completions is asked for, which needs no configuration.
  var asksForHelp: Bool {
    guard let first = texts.first, command.map({ !$0.isGroup }) ?? false else { return true }
    if first == "version" { return true }
    return texts.prefix { $0 != "--" }.contains { text in
      ["-h", "--help", "-help", "--version", "--experimental-dump-help"].contains(text)
        || text.hasPrefix("--generate-completion-script") || text.hasPrefix("--help-hidden")
    }
  }
}
