public import OVARules

/// The findings of rules' examples as they are recorded: a file for each rule.
public enum RecordedFindings {
  /// The name of a rule's file in the folder of all.
  public static func name(of rule: Rule) -> String { "\(rule.group.rawValue)/\(rule.id).txt" }

  /// The text of a rule's file: every field of each finding of its own in its examples.
  /// - Throws: when an example cannot be built.
  public static func text(of rule: Rule) async throws -> String {
    var text = ""
    for example in RuleExample.of(rule, \.triggering) {
      text += "example \(example.number)\n"
      for finding in try await example.findings() where finding.rule == rule.id {
        text += lines(of: finding, rule)
      }
    }
    return text
  }

  /// The fix only where it is not the rule's own.
  private static func lines(of finding: Finding, _ rule: Rule) -> String {
    var fields = [("message", finding.message)]
    if let expected = finding.expected { fields.append(("expected", expected)) }
    if let found = finding.found { fields.append(("found", found)) }
    if finding.fix != rule.fix { fields.append(("fix", finding.fix)) }
    return "  \(finding.severity) at \(finding.place)\n"
      + fields.map { "    \($0.0): \($0.1.replacing("\n", with: "⏎"))\n" }.joined()
  }
}
