package import OVABasics
import OVAMessages
package import OVARules

/// The list of rules, for people and for programs.
package enum RulesList {
  /// The document's name and version; additions raise the second number.
  package static let schema = "ovakit/rules/1.1"

  /// A line for each rule, by group.
  package static func text(_ rules: [Rule], style: Style) -> String {
    var table = TextTable()
    for rule in rules { table.add([rule.id, rule.severity.rawValue, rule.title]) }
    let rows = table.lines(indent: 2)
    var lines: [String] = []
    for group in Rule.Group.allCases {
      let own = zip(rules, rows).filter { $0.0.group == group }.map(\.1)
      guard !own.isEmpty else { continue }
      lines += (lines.isEmpty ? [] : [""]) + [style.bold(group.title)] + own
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Every rule with all that is said of it.
  package static func json(_ rules: [Rule]) -> JSON {
    [
      "schema": .string(schema),
      "rules": .list(rules, json),
    ]
  }

  private static func json(_ rule: Rule) -> JSON {
    let kind: String =
      switch rule.basis {
      case .clause: "clause"
      case .practice: "practice"
      }
    return [
      "id": .string(rule.id), "group": .string(rule.group.rawValue),
      "severity": .string(rule.severity.rawValue), "version": .number(rule.version),
      "title": .string(rule.title), "why": .string(rule.why), "fix": .string(rule.fix),
      "basis": ["kind": .string(kind), "text": .string(rule.basis.sentence)],
      "messages": .list(MessageSource.messages(leadingTo: rule.id)) { found in
        ["product": .string(found.source.id), "text": .string(found.message.text)]
      },
    ]
  }
}
