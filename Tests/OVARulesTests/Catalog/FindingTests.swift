import OVABasics
import OVAPackage
import OVARules
import OVATestSupport
import Testing

/// Tests of how findings of rules are put together.
@Suite struct FindingTests {
  private func rule(_ id: String, _ judge: @escaping @Sendable (inout Findings) -> Void) -> Rule {
    Rule(
      id: id, group: .descriptor, title: "", severity: .error, basis: .clause("1"), why: "",
      fix: "fix", triggering: [], passing: []
    ) { _, findings in judge(&findings) }
  }

  private func findings(_ rules: Rule...) throws -> [Finding] {
    let folder = try TemporaryFolder()
    let package = try Package.open(try ExamplePackage(.sound()).write(.ova, to: folder))
    return Rule.findings(of: rules, in: CheckedPackage(package: package, evidence: .none))
  }

  @Test func theSameIsSaidOnceHoweverMuchIsSaidOfItsPlace() throws {
    let place = Place("a.ovf", line: 7)
    let said = try findings(
      rule("a") { findings in
        for found in ["2", "1", "2", "3", "1", "2"] {
          findings.add("one", at: place, found: found)
          findings.add("two", at: place)
        }
      })
    #expect(said.map(\.message) == ["one", "one", "one", "two"])
    #expect(said.map(\.found) == ["1", "2", "3", nil])
  }

  @Test func theyComeInReadingOrderTheGraverFirst() throws {
    let said = try findings(
      rule("b") { findings in
        findings.add("last", at: Place("a.ovf", line: 2, column: 9))
        findings.add("first", at: Place("a.ovf"))
        findings.add("third", at: Place("a.ovf", line: 2))
      },
      rule("a") { findings in
        findings.add("fourth", at: Place("a.ovf", line: 2), severity: .info)
        findings.add("second", at: Place("a.ovf", line: 2))
      })
    #expect(said.map(\.message) == ["first", "second", "third", "fourth", "last"])
  }

  @Test func whatWouldHaveBeenRightIsListedInShort() throws {
    let networks = (10..<30).map { #"<Network ovf:name="n\#($0)"><Description/></Network>"# }
    let declared = "<Network ovf:name=\"VM Network\">"
    let example = Example(
      .folder,
      edits: [.init(old: declared, new: networks.joined() + "<Network ovf:name=\"other\">")], [])
    let folder = try TemporaryFolder()
    let package = try Package.open(try ExamplePackage(example).write(.folder, to: folder))
    let said = Rule.findings(
      of: Rule.all.filter { $0.id == "network-undeclared" },
      in: CheckedPackage(package: package, evidence: .none))
    #expect(said.count == 1)
    #expect(said.first?.expected?.hasPrefix("n10, n11, ") == true)
    #expect(said.first?.expected?.hasSuffix(", n21 and 9 more") == true)
  }

  @Test func findingsOfOnePlaceAreToldApartByTheirHash() {
    let hashes = (0..<1000).map { number in
      Finding(
        rule: "a", severity: .error, message: "\(number)", place: Place("a.ovf"), fix: ""
      ).hashValue
    }
    #expect(Set(hashes).count > 990)
  }
}
