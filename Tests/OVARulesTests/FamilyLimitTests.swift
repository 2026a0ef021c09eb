import OVABasics
import OVARules
import OVATestSupport
import Testing

/// Tests of the largest machines of VMware's hardware families.
@Suite struct FamilyLimitTests {
  private func findings(
    _ family: Int, processors: UInt64 = 2, mebibytes: UInt64 = 2048
  ) async throws -> [Finding] {
    let rule = try #require(Rule.named("family-limit-exceeded"))
    let example = Example(
      .folder,
      edits: [
        .init(old: "vmx-13", new: family.asFamily),
        .init(
          old: "<rasd:VirtualQuantity>2<", new: "<rasd:VirtualQuantity>\(processors)<"),
        .init(old: "<rasd:VirtualQuantity>2048<", new: "<rasd:VirtualQuantity>\(mebibytes)<"),
      ], [])
    return try await RuleExample(rule: rule, number: 1, example: example).findings()
      .filter { $0.rule == rule.id }
  }

  private func finding(_ message: String, line: Int, _ expected: String, _ found: String) -> Finding
  {
    Finding(
      rule: "family-limit-exceeded", severity: .warning, message: message,
      place: Place("web.ovf", line: line), expected: expected, found: found,
      fix: "Raise the VirtualSystemType, or give the machine less.")
  }

  @Test(
    arguments: [
      (4, 4), (7, 8), (8, 32), (9, 64), (10, 64), (11, 128), (14, 128), (15, 256), (17, 256),
      (18, 768), (21, 768), (22, 960),
    ] as [(Int, UInt64)])
  func `a family has a most number of processors`(family: Int, most: UInt64) async throws {
    #expect(try await findings(family, processors: most) == [])
    let more = most + 1
    #expect(
      try await findings(family, processors: more) == [
        finding(
          "the machine 'web' has \(more) processors, and \(family.asFamily) has \(most) at most",
          line: 45,
          "\(most)", "\(more) processors")
      ])
  }

  @Test(
    arguments: [
      (4, 64), (7, 256), (8, 1011), (10, 1011), (11, 4080), (13, 6128), (17, 6128), (18, 24560),
      (21, 24560),
    ] as [(Int, UInt64)])
  func `a family has a most amount of memory`(family: Int, most: UInt64) async throws {
    #expect(try await findings(family, mebibytes: most << 10) == [])
    let more = most + 1
    #expect(
      try await findings(family, mebibytes: more << 10) == [
        finding(
          "the machine 'web' has \(more) GiB of memory, and \(family.asFamily) has \(most) GiB at most",
          line: 53, "\(most) GiB", "\(more) GiB of memory")
      ])
  }

  @Test func `nothing is said of limits that are not published`() async throws {
    #expect(try await findings(22, mebibytes: 1 << 40) == [])
    #expect(try await findings(23, processors: 100_000, mebibytes: 1 << 40) == [])
  }
}
