import ArgumentParser
import OVABasics
import OVAReport
import OVARules

/// `ova explain`: a rule's page.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explains a rule: what is checked, why it matters, how to fix it, examples.")

  @Argument(
    help: ArgumentHelp("The id that a finding carries.", valueName: "id"),
    completion: .list(Rule.all.map(\.id)))
  var id: String

  @OptionGroup var colors: ColorOptions

  func run() throws {
    if let rule = Rule.named(id) {
      let style = colors.isOn(for: .data) ? Style.colored : .plain
      Output.data.write(RulePage(rule).text(style: style))
      return
    }
    if let successor = Rule.retired[id] {
      Output.words.line("ova: the rule '\(id.inert)' is now '\(successor)'")
    } else {
      Output.words.line("ova: there is no rule '\(id.inert)'")
      let near = NearestNames.of(id, among: Rule.all.map(\.id))
      Output.words.line(
        near.isEmpty
          ? "  fix: 'ova rules' lists them all"
          : "  fix: did you mean \(near.map { "'\($0)'" }.joined(separator: ", "))?")
    }
    throw ExitStatus.wrongUse
  }
}
