import ArgumentParser
import OVABasics
import OVAPolicy
import OVAReport
import OVARules

/// `ova rules`: everything that is checked.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "Lists the rules of 'ova check'.",
    discussion: """
      Examples:
        ova rules
        ova rules --group manifest
        ova rules --format json
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, markdown }

  @Option(
    help: ArgumentHelp("Only the rules of one group, such as 'manifest'.", valueName: "group"),
    completion: .list(Rule.Group.allCases.map(\.rawValue)),
    transform: { text in
      guard let group = Rule.Group(rawValue: text) else {
        let groups = Rule.Group.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("There is no group '\(text.forDisplay)'; there are \(groups).")
      }
      return group
    })
  var group: Rule.Group?

  @Option(help: "text for people; json for programs; markdown for their pages in one document.")
  var format: Format = .text

  @OptionGroup var configurationFile: ConfigurationFileOptions

  @OptionGroup var colors: ColorOptions

  func run() {
    let rules = Rule.listed.filter { group == nil || $0.group == group }
    switch format {
    case .text:
      Output.standardOutput.text(
        RulesList.text(rules, style: colors.isOn(for: .standardOutput) ? .colored : .plain))
    case .json: Output.standardOutput.write(RulesList.json(rules).pretty())
    case .markdown: Output.standardOutput.write(RulePage.document(rules))
    }
  }
}
