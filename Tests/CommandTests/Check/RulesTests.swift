import Foundation
import OVATestSupport
import Testing

@Suite struct RulesTests {
  @Test func everyRuleIsListedAndCanBeExplained() throws {
    let listed = try OVATool.run("rules").text
    let rules = try #require(
      OVATool.run("rules", "--format", "json").object()["rules"] as? [[String: Any]])
    #expect(!rules.isEmpty)
    for id in rules.compactMap({ $0["id"] as? String }) { #expect(listed.contains(id)) }
    for rule in rules {
      for key in ["title", "why", "fix", "severity", "group"] {
        #expect((rule[key] as? String)?.isEmpty == false)
      }
    }
  }

  @Test func aGroupsRulesAreListedAlone() throws {
    let result = try OVATool.run("rules", "--group", "manifest")
    #expect(result.text.contains("manifest-digest-mismatch"))
    #expect(!result.text.contains("file-missing"))
    #expect(try OVATool.run("rules", "--group", "nonsense").status == 2)
  }

  @Test func anExplanationSaysWhatWhyAndHow() throws {
    let result = try OVATool.run("explain", "manifest-digest-mismatch")
    #expect(result.status == 0)
    for heading in ["What is checked", "Why it matters", "How to fix it", "Reported", "Rests on"] {
      #expect(result.text.contains("\n\(heading)\n"), "\(heading)")
    }
  }

  @Test(arguments: ["manifest-digest-mismach", "digest-mismatch", "manifest-mismatch"])
  func aMistypedIdGetsTheNearestOnes(id: String) throws {
    let result = try OVATool.run("explain", id)
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
    #expect(result.errorText.contains("'manifest-digest-mismatch'"), "\(result.errorText)")
  }

  @Test(arguments: [
    (["inspct"], "'ova inspect'"), (["chekc", "x.ova"], "'ova check'"),
    (["catalog", "exprot"], "'ova catalog export'"), (["rule"], "'ova rules'"),
  ])
  func aMistypedCommandGetsTheNearestOne(arguments: [String], hint: String) throws {
    let result = try run(OVATool.path, arguments)
    #expect(result.status == 2)
    #expect(result.errorText.contains("Did you mean \(hint)"), "\(result.errorText)")
  }

  @Test func aWordThatIsNearToNothingGetsNoHint() throws {
    #expect(try !OVATool.run("frobnicate").errorText.contains("Did you mean"))
  }
}
