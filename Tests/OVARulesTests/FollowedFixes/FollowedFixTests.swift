import OVARules
import OVATestSupport
import Testing

/// The fixes of rules that are edits, followed to the letter.
@Suite struct FollowedFixTests {
  @Test(arguments: FollowedFix.all)
  func `following the fix leaves nothing of the rule and nothing new of its severity`(
    _ fix: FollowedFix
  ) async throws {
    let rule = try #require(Rule.named(fix.id))
    let example = try #require(rule.triggering.dropFirst(fix.number - 1).first)
    let before = try await RuleExample(rule: rule, number: fix.number, example: example).findings()
    #expect(before.contains { $0.rule == rule.id })
    let severity = min(
      rule.severity, before.filter { $0.rule == rule.id }.map(\.severity).max() ?? rule.severity)
    // What else is wrong with an example is not the rule's.
    let others = Set(before.map(\.rule)).subtracting([rule.id])
    let after = RuleExample(rule: rule, number: fix.number, example: fix.followed(example))
    let left = try await after.findings(afterRunning: fix.commands).filter { finding in
      finding.severity >= severity && !others.contains(finding.rule)
    }
    #expect(left == [], "\(rule.fix)")
  }

  @Test func `every rule's fix is a command, an edit or listed with a reason`() {
    let commands = Set(Rule.all.filter { !$0.executedCommands.isEmpty }.map(\.id))
    let edits = Set(FollowedFix.all.map(\.id))
    let reasons = Set(FollowedFix.reasons.keys)
    let all = Set(Rule.all.map(\.id))
    #expect(all.subtracting(commands).subtracting(edits).subtracting(reasons).sorted() == [])
    #expect(commands.union(edits).union(reasons).subtracting(all).sorted() == [])
    #expect(reasons.intersection(commands.union(edits)).sorted() == [])
  }
}
