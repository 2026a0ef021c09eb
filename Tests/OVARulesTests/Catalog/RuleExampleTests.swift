import Foundation
import OVABasics
import OVAPackage
import OVARules
import OVATestSupport
import OVFXML
import Testing

extension RuleExample {
  var location: SourceLocation {
    SourceLocation(
      fileID: example.fileID, filePath: example.fileID, line: Int(example.line),
      column: Int(example.column))
  }
}

@Suite struct RuleExampleTests {
  @Test(arguments: RuleExample.all(\.triggering))
  func aTriggeringExampleIsFoundUnderItsRule(_ example: RuleExample) async throws {
    let rules = try await example.findings().map(\.rule)
    #expect(rules.contains(example.rule.id), sourceLocation: example.location)
  }

  @Test(arguments: RuleExample.all(\.passing))
  func aPassingExampleIsNotFoundUnderItsRule(_ example: RuleExample) async throws {
    let findings = try await example.findings().filter { $0.rule == example.rule.id }
    #expect(findings == [], sourceLocation: example.location)
  }

  @Test(arguments: [Example.Form.ova, .folder])
  func theSoundPackageHasNoFinding(form: Example.Form) async throws {
    let sound = RuleExample(rule: .all[0], number: 0, example: .sound(form))
    #expect(try await sound.findings() == [])
  }
}

@Suite struct RuleCatalogTests {
  @Test func idsAreUniqueAndInKebabCase() {
    let ids = Rule.all.map(\.id)
    #expect(Set(ids).count == ids.count)
    for id in ids {
      #expect(id.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil, "\(id)")
    }
  }

  @Test func everyRuleIsAloneInAFileNamedAfterIt() throws {
    let folder = "/Sources/OVARules/Rules"
    let root = #filePath.components(separatedBy: "/Tests/").dropLast().joined(separator: "/Tests/")
    let files = try #require(FileManager.default.enumerator(atPath: root + folder))
    var declared: Set<String> = []
    for case let path as String in files where path.hasSuffix(".swift") {
      let text = try String(contentsOfFile: "\(root)\(folder)/\(path)", encoding: .utf8)
      let ids = text.matches(of: /= Rule\(\s*id: "([^"]*)"/).map { String($0.output.1) }
      guard let id = ids.first else { continue }
      declared.formUnion(ids)
      let name = path.split(separator: "/").last?.dropLast(".swift".count).lowercased()
      #expect(ids.count == 1, "\(path)")
      #expect(name == id.replacing("-", with: ""), "\(path)")
    }
    #expect(declared == Set(Rule.all.map(\.id)))
  }

  @Test func everyRuleHasExamplesOfBothKinds() {
    for rule in Rule.all {
      #expect(!rule.triggering.isEmpty && !rule.passing.isEmpty, "\(rule.id)")
    }
  }

  @Test func retiredIdsAreNotUsedAgainAndLeadToALivingRule() {
    for (old, new) in Rule.retired {
      #expect(Rule.named(old) == nil)
      #expect(Rule.named(new) != nil)
    }
  }
}
