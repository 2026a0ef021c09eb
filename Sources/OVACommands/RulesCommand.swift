public import ArgumentParser
import OVABasics
import OVAReport
public import OVARules

/// `ova rules`: everything that is checked.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "Lists the rules of 'ova check'.")

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Option(help: "Only the rules of one group.")
  var group: Rule.Group?

  @Option(help: "text for people; json for programs.")
  var format: Format = .text

  @OptionGroup var colors: ColorOptions

  func run() {
    let rules = Rule.all.filter { group == nil || $0.group == group }
    switch format {
    case .text:
      Output.data.write(
        RulesList.text(rules, style: colors.isOn(for: .data) ? .colored : .plain))
    case .json: Output.data.write(RulesList.json(rules).pretty())
    }
  }
}

extension Rule.Group: ExpressibleByArgument {}
