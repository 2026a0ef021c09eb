import OVABasics
import OVAPolicy
import OVARules
import OVATargets
import Testing

/// Names of rules, groups, targets and conditions.
@Suite struct RuleNameTests {
  private func subject(_ rule: String) -> FindingSubject { FindingSubject(rule: rule) }

  private func hit(_ condition: String, _ target: String) throws -> FindingSubject {
    FindingSubject(condition: condition, of: try Target.named(target))
  }

  @Test(arguments: [
    ("manifest-absent", "manifest-absent", true), ("Manifest-Absent", "manifest-absent", true),
    ("manifest", "manifest-absent", true), ("manifest", "disk-blank", false),
    ("all", "disk-blank", true), ("manifest-*", "manifest-absent", true),
    ("*-absent", "manifest-absent", true), ("*-duplicate", "manifest-absent", false),
    ("nvme-family-too-old", "device-family-too-old", true), ("vsphere", "manifest-absent", false),
    ("policy", "ignore-unused", true), ("vb-pax", "tar-pax", false),
  ])
  func `a name means findings of rules`(name: String, rule: String, isMeant: Bool) throws {
    #expect(try RuleName(name).means(subject(rule)) == isMeant)
  }

  @Test(arguments: [
    ("virtualbox", "vb-pax", "virtualbox", true), ("vb-pax", "vb-pax", "virtualbox", true),
    ("vb-*", "vb-pax", "virtualbox", true), ("all", "vb-pax", "virtualbox", true),
    ("vsphere", "vb-pax", "virtualbox", false), ("package", "vb-pax", "virtualbox", false),
    ("any-*", "any-error", "virtualbox", true),
  ])
  func `a name means what is known of targets`(
    name: String, condition: String, target: String, isMeant: Bool
  ) throws {
    #expect(try RuleName(name).means(hit(condition, target)) == isMeant)
  }

  @Test func `a release means itself, and a product all its releases`() throws {
    let old = try hit("vb-pax", "vsphere-6.7")
    #expect(try RuleName("vsphere").means(old))
    #expect(try RuleName("vsphere-6.7").means(old))
    #expect(try RuleName("vsphere-7.0").means(old) == false)
  }

  @Test(arguments: [
    (
      "manifest-absend",
      "no rule, group or target is named 'manifest-absend'; nearest: 'manifest-absent'"
    ),
    ("zzzzzzzz", "no rule, group or target is named 'zzzzzzzz'"),
    ("zzz*", "no rule, group or target is named 'zzz*'"),
  ])
  func `an unknown name is told with the nearest`(name: String, words: String) {
    let fault = #expect(throws: RuleName.Fault.self) { try RuleName(name) }
    #expect(fault?.reason.hasPrefix(words) == true, "\(fault?.reason ?? "")")
  }

  // MARK: Selections

  private func names(_ texts: [String]) throws -> [RuleName] { try texts.map { try RuleName($0) } }

  @Test(
    arguments: [
      ([], [], nil), (["manifest"], [], nil), (["disks"], [], "it is not selected"),
      ([], ["manifest-*"], "'manifest-*' is ignored"),
      (["manifest"], ["manifest-absent"], "'manifest-absent' is ignored"),
      (["vsphere"], [], "it is not selected"), (["all"], [], nil),
    ] as [([String], [String], String?)])
  func `a finding is reported when it is selected and not ignored`(
    selected: [String], ignored: [String], reason: String?
  ) throws {
    let selection = RuleSelection(selected: try names(selected), ignored: try names(ignored))
    #expect(selection.reasonToLeaveOut(subject("manifest-absent")) == reason)
  }

  @Test(
    arguments: [
      ([], [], nil), (["manifest"], [], nil), (["virtualbox"], [], nil), (["vb-pax"], [], nil),
      (["vsphere"], [], "it is not selected"), ([], ["virtualbox"], "'virtualbox' is ignored"),
      (["manifest", "vsphere"], [], "it is not selected"),
    ] as [([String], [String], String?)])
  func `what is known of a target is left out by names of targets alone`(
    selected: [String], ignored: [String], reason: String?
  ) throws {
    let selection = RuleSelection(selected: try names(selected), ignored: try names(ignored))
    #expect(selection.reasonToLeaveOut(try hit("vb-pax", "virtualbox")) == reason)
  }

  // MARK: Severities

  @Test(arguments: [
    (["manifest-absent=error"], Severity.error), (["manifest=info"], .info),
    (["manifest-absent=error", "manifest=info"], .error),
    (["manifest=error", "manifest-*=info"], .info), (["disks=error"], .warning), ([], .warning),
  ])
  func `a rule's own severity goes before its group's, and the last before the first`(
    texts: [String], expected: Severity
  ) throws {
    let overrides = try texts.map { text in
      let sides = text.split(separator: "=").map(String.init)
      return SeverityOverrides.Override(
        try RuleName(sides[0]), try #require(Severity(rawValue: sides[1])))
    }
    let finding = Finding(
      rule: "manifest-absent", severity: .warning, message: "m", place: .init("a", line: 3),
      expected: "e", found: "f", fix: "x")
    let changed = SeverityOverrides(overrides).applied(to: finding)
    #expect(
      changed
        == Finding(
          rule: "manifest-absent", severity: expected, message: "m", place: .init("a", line: 3),
          expected: "e", found: "f", fix: "x"))
  }
}
