import OVAPackage
import OVARules
import OVATestSupport
import Testing

/// Tests that rules on references and disks report one fault once.
@Suite struct OneFaultOneFindingTests {
  /// Rules of these groups that may speak beside another, because two things are wrong.
  private static let besides = [
    // Whoever meant the file by its id now means nothing.
    "file-missing-id": ["disk-dangling-fileref"],
    // The extent that is too short is not listed either.
    "disk-truncated": ["disk-extent-unlisted"],
  ]

  private static let examples = RuleExample.all(\.triggering).filter { example in
    example.rule.group == .references || example.rule.group == .disks
  }

  @Test(arguments: examples)
  func aFaultOfAFileOrDiskIsSaidOnce(_ example: RuleExample) async throws {
    let found = try await example.findings().filter { finding in
      Rule.named(finding.rule).map { $0.group == .references || $0.group == .disks } ?? false
    }
    let own = found.filter { $0.rule == example.rule.id }
    // Examples leave out sizes that do not matter to what they show.
    let allowed = (Self.besides[example.rule.id] ?? []) + ["file-size-missing"]
    let others = found.map(\.rule).filter { $0 != example.rule.id && !allowed.contains($0) }
    #expect(own.count == 1, sourceLocation: example.location)
    #expect(others == [], sourceLocation: example.location)
  }
}
