import OVABasics
import OVAPackage
import OVARules
import OVATestSupport
import Testing

/// More findings of a rule than anybody reads are counted, not listed.
@Suite struct FindingLimitTests {
  private func findings(missing count: Int) async throws -> [Finding] {
    let files = (0..<count).map { #"<File ovf:id="x\#($0)" ovf:href="x\#($0).bin"/>"# }.joined()
    let example = Example(
      .folder, edits: [.init(old: "</References>", new: files + "</References>")], [])
    let folder = try TemporaryFolder()
    let package = try Package.open(try ExamplePackage(example).write(.folder, to: folder))
    return Rule.findings(of: Rule.all, in: await package.checked(ReadingOptions()))
      .filter { $0.rule == "file-missing" }
  }

  @Test func asManyAsTheLimitAreListed() async throws {
    let most = Limits().findings
    let found = try await findings(missing: most)
    #expect(found.count == most)
    #expect(!found.contains { $0.message.contains("limit") })
  }

  @Test(arguments: [1, 2_500])
  func thoseBeyondTheLimitAreOneFindingThatNamesIt(excess: Int) async throws {
    let most = Limits().findings
    let found = try await findings(missing: most + excess)
    #expect(found.count == most + 1)
    let last = try #require(found.filter { $0.message.contains("limit") }.first)
    #expect(
      last.message
        == (excess == 1
          ? "1 more finding of this rule is" : "\(excess) more findings of this rule are")
        + " not listed; the limit 'findings' is \(most)")
    #expect(last.severity == .error)
    #expect(last.place.line != nil)
    #expect(last.fix == "Fix what is listed, then check again.")
  }
}
