public import OVARules

/// The findings of rules' examples as they are recorded: a file for each rule.
public enum RecordedFindings {
  /// The name of a rule's file in the folder of all.
  public static func name(of rule: Rule) -> String { "\(rule.group.rawValue)/\(rule.id).txt" }

  /// A rule's own findings in each of its triggering examples.
  /// - Throws: when an example cannot be built.
  public static func of(_ rule: Rule) async throws -> [[Finding]] {
    var findings: [[Finding]] = []
    for example in RuleExample.of(rule, \.triggering) {
      findings.append(try await example.findings().filter { $0.rule == rule.id })
    }
    return findings
  }

  /// The text of a rule's file: every field of each finding.
  public static func text(of findings: [[Finding]], _ rule: Rule) -> String {
    findings.enumerated().map { number, findings in
      "example \(number + 1)\n" + findings.map { lines(of: $0, rule) }.joined()
    }.joined()
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
