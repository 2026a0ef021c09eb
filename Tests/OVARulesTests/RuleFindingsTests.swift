import Foundation
import OVARules
import Testing

/// The whole findings of every rule's examples, compared with `Findings/<group>/<rule>.txt`.
///
/// Run with `RECORD=1` to write the files of rules whose examples or words have changed, and review
/// what has changed before committing it.
@Suite struct RuleFindingsTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().appending(path: "Findings")

  private static func file(of rule: Rule) -> URL {
    folder.appending(path: "\(rule.group.rawValue)/\(rule.id).txt")
  }

  private static let records = ProcessInfo.processInfo.environment["RECORD"] != nil

  @Test(arguments: Rule.all)
  func `an example's findings have the recorded severity, place, message, expected and found`(
    _ rule: Rule
  ) async throws {
    var text = ""
    for (index, example) in rule.triggering.enumerated() {
      let example = RuleExample(rule: rule, number: index + 1, example: example)
      let findings = try await example.findings().filter { $0.rule == rule.id }
      text += "example \(index + 1)\n"
      text += findings.map { Self.lines(of: $0, rule) }.joined()
    }
    let file = Self.file(of: rule)
    if Self.records {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    let recorded = try? String(contentsOf: file, encoding: .utf8)
    #expect(
      recorded == text,
      "\(file.path) differs: run these tests with RECORD=1 and review the difference")
  }

  /// Every field of a finding; the fix only where it is not the rule's own.
  private static func lines(of finding: Finding, _ rule: Rule) -> String {
    var fields = [("message", finding.message)]
    if let expected = finding.expected { fields.append(("expected", expected)) }
    if let found = finding.found { fields.append(("found", found)) }
    if finding.fix != rule.fix { fields.append(("fix", finding.fix)) }
    return "  \(finding.severity) at \(finding.place)\n"
      + fields.map { "    \($0.0): \($0.1.replacing("\n", with: "⏎"))\n" }.joined()
  }

  @Test func `every recorded file belongs to a rule`() throws {
    let files = FileManager.default.enumerator(at: Self.folder, includingPropertiesForKeys: nil)
    let recorded = try #require(files).compactMap { $0 as? URL }
      .filter { $0.pathExtension == "txt" }.map { $0.standardizedFileURL.path }
    let expected = Set(Rule.all.map { Self.file(of: $0).standardizedFileURL.path })
    #expect(Set(recorded).subtracting(expected) == [])
    #expect(recorded.isEmpty == false)
  }
}
