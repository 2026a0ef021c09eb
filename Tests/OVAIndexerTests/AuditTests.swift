import Foundation
import OVACatalog
import OVAIndexer
import OVAReport
import OVATestSupport
import Testing

/// What only a look at a whole repository shows.
struct AuditTests {
  private func findings(
    _ tree: Tree, _ kind: RepositoryFinding.Kind, policy: String? = nil
  ) throws -> [RepositoryFinding] {
    try RepositoryAudit(store: tree.store, namingPolicy: policy).findings()
      .filter { $0.kind == kind }
  }

  @Test(arguments: ["orphan.vmdk", "left.mf", "left.cert", "d.vmdk.000000001", "disk.VHDX"])
  func aFileThatNoDescriptorReferencesIsAnOrphan(name: String) throws {
    let tree = try Tree()
    try tree.addFolder("f")
    try tree.write([1, 2, 3], to: "f/\(name)")
    try tree.write([1], to: "f/readme.txt")
    try tree.scan()
    let found = try findings(tree, .orphan)
    #expect(found.map(\.paths) == [["[ds] f/\(name)"]])
    #expect(found.first?.reclaimable == 3)
  }

  @Test(arguments: ["a.ova.part", "b.tmp", "c.ova.filepart"])
  func whatAnInterruptedUploadLeftIsALeftover(name: String) throws {
    let tree = try Tree()
    try tree.write([1, 2], to: name)
    try tree.scan()
    #expect(try findings(tree, .leftover).map(\.paths) == [["[ds] \(name)"]])
  }

  @Test func theSameContentTwiceIsADuplicateWhereverItLies() throws {
    let tree = try Tree()
    try tree.addArchive("a.ova")
    try tree.addFolder("f")
    try tree.scan()
    let found = try findings(tree, .duplicate)
    #expect(found.map(\.paths) == [["[ds] a.ova → web-disk1.vmdk", "[ds] f/web-disk1.vmdk"]])
    let size = try tree.folder.read("tree/f/web-disk1.vmdk").count
    #expect(found.first?.reclaimable == Int64(size))
  }

  @Test func aHardLinkWastesNothing() throws {
    let tree = try Tree()
    try tree.addArchive("a.ova")
    try FileManager.default.linkItem(atPath: tree.path("a.ova"), toPath: tree.path("b.ova"))
    try tree.scan()
    #expect(try findings(tree, .duplicate).isEmpty)
  }

  @Test func twoDescriptorsOfOneFolderClashAndShareTheirDisk() throws {
    let tree = try Tree()
    try tree.addFolder("f")
    try tree.write(try tree.folder.read("tree/f/web.ovf"), to: "f/other.ovf")
    try tree.scan()
    #expect(
      try findings(tree, .clashingDescriptors).map(\.paths) == [
        ["[ds] f/other.ovf", "[ds] f/web.ovf"]
      ])
    #expect(
      try findings(tree, .sharedFile).map(\.paths) == [
        ["[ds] f/web-disk1.vmdk", "[ds] f/other.ovf", "[ds] f/web.ovf"]
      ])
  }

  @Test func pathsThatDifferInCaseAndFoldersOffThePolicyAreSaid() throws {
    let tree = try Tree()
    for name in ["web.ova", "Web.ova", "Bad Name/x.ova"] { try tree.addArchive(name) }
    try tree.scan()
    #expect(
      try findings(tree, .caseClash).map(\.paths) == [["[ds] Web.ova", "[ds] web.ova"]])
    #expect(
      try findings(tree, .namingPolicy, policy: "[a-z0-9-]+").map(\.paths) == [
        ["[ds] Bad Name"]
      ])
    #expect(throws: IndexError.self) {
      try RepositoryAudit(store: tree.store, namingPolicy: "(")
    }
  }

  @Test func brokenLinksAreSaid() throws {
    let tree = try Tree()
    try FileManager.default.createSymbolicLink(
      atPath: tree.path("gone.ova"), withDestinationPath: "nowhere.ova")
    try tree.scan()
    #expect(try findings(tree, .brokenLink).map(\.paths) == [["[ds] gone.ova"]])
  }

  @Test func theCleanupScriptDoesNothingUntilAPersonEditsIt() throws {
    let tree = try Tree()
    let names = ["it's $(touch x).part", "line\nrm -rf y.part", "plain.part"]
    for name in names { try tree.write([1], to: name) }
    try tree.scan()
    let script = try RepositoryAudit(store: tree.store).cleanupScript()
    #expect(try run("sh", [], in: tree.root, input: Array(script.utf8)).status == 0)
    #expect(names.allSatisfy { FileManager.default.fileExists(atPath: tree.path($0)) })
    // With the '#' taken away before each rm, exactly the leftovers go.
    let active = script.replacing("# rm --", with: "rm --")
    let result = try run("sh", [], in: tree.root, input: Array(active.utf8))
    #expect(result.status == 0, "\(result.errorText)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: tree.root) == [])
  }

  @Test func thePageIsSelfContainedAndItsTextsAreInert() throws {
    let tree = try Tree()
    try tree.addArchive("a.ova", machine: "&lt;script>alert(1)&lt;/script>")
    try tree.write([1], to: "<img src=x onerror=alert(2)>.part")
    try tree.write([0], to: "</script><b>.ova")
    try tree.scan()
    let report = try RepositoryAudit(store: tree.store).report(
      store: tree.store, now: 2_000_000_000, times: try APITime(zoneNamed: "UTC"))
    let page = try AuditPage(report).html()
    #expect(!page.contains("<img") && !page.contains("<script>alert"))
    #expect(page.contains("&lt;img src=x onerror=alert(2)&gt;.part"))
    #expect(!page.contains("src=\"http") && !page.contains("@import") && !page.contains("url("))
    #expect(page.matches(of: /<script/).count == 1)
    let first = try #require(page.range(of: "id=\"changes\""))
    let second = try #require(page.range(of: "id=\"findings\""))
    #expect(first.lowerBound < second.lowerBound)
    #expect(page.contains("<svg"))
  }
}
