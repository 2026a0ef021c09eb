import OVACatalog
import OVAIndexer
import OVARules
import OVATargets
import Testing

/// Scans that judge packages for targets as well.
@Suite struct TargetScanTests {
  private func verdicts(_ tree: Tree, _ name: String) throws -> [String] {
    try tree.package(name)?.verdicts.map { "\($0.target) \($0.verdict)" } ?? []
  }

  @Test func `the version is another with other targets, and with none that of the rules`() throws {
    let rules = Rule.version(of: Rule.all)
    let (one, other) = (try Target.named("vsphere-8.0"), try Target.named("proxmox"))
    #expect(Rule.version(of: Rule.all, targets: []) == rules)
    let versions = [
      rules, Rule.version(of: Rule.all, targets: [one]),
      Rule.version(of: Rule.all, targets: [other]),
      Rule.version(of: Rule.all, targets: [one, other]),
      Rule.version(of: Rule.all, targets: [try Target.named("vsphere-8.0u2")]),
    ]
    #expect(Set(versions).count == versions.count)
    #expect(Rule.version(of: Rule.all, targets: [other, one]) == versions[3])
  }

  @Test func `packages are judged once more for new targets, and their bytes are not read`() throws
  {
    let tree = try Tree()
    try tree.addArchive("a.ova")
    try tree.addFolder("b")
    try tree.scan()
    #expect(try verdicts(tree, "a.ova") == [])
    let judged = try tree.scan { $0.targets = ["proxmox", "vsphere-8.0u2"] }
    #expect(judged.counts.rejudged == 2)
    #expect(judged.counts.bytes == 0)
    #expect(judged.counts.changed == 0)
    #expect(
      try verdicts(tree, "a.ova").map { $0.prefix { $0 != " " } } == ["proxmox", "vsphere-8.0u2"])
    let reasons = try #require(try tree.package("b/web.ovf")?.verdicts.first?.reasons)
    #expect(reasons.flatMap(\.places).allSatisfy { !$0.file.hasPrefix("/") })
    // Nothing to do for a scan that says nothing of targets, nor for one that names the same.
    #expect(try tree.scan().counts.rejudged == 0)
    #expect(try tree.scan { $0.targets = ["proxmox", "vsphere-8.0u2"] }.counts.rejudged == 0)
    #expect(try tree.scan { $0.targets = [] }.counts.rejudged == 2)
    #expect(try verdicts(tree, "a.ova") == [])
  }

  @Test func `when the targets judge otherwise, the next scan judges again`() throws {
    let tree = try Tree()
    try tree.addArchive("a.ova")
    try tree.scan { $0.targets = ["proxmox"] }
    // As if an earlier version had judged.
    try tree.scan { $0.rulesVersion = 7 }
    let again = try tree.scan()
    #expect(again.counts.rejudged == 1)
    #expect(try verdicts(tree, "a.ova").count == 1)
  }

  @Test func `a name that means no target any more is passed over`() throws {
    let tree = try Tree()
    try tree.addArchive("a.ova")
    try tree.scan { $0.targets = ["proxmox", "product-of-yesterday"] }
    #expect(try verdicts(tree, "a.ova").map { $0.prefix { $0 != " " } } == ["proxmox"])
    #expect(try tree.store.read { try $0.targetNames() } == ["proxmox"])
  }
}
