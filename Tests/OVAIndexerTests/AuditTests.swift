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

  @Test func archivesOfTheSameFilesAreOneFindingAndOneOfThemMayGo() throws {
    let tree = try Tree()
    for name in ["a.ova", "b/copy.ova"] { try tree.addArchive(name) }
    try tree.addArchive("c.ova", machine: "other")
    try tree.scan()
    let found = try findings(tree, .duplicate)
    // The third has another descriptor and the same disk: no finding of whole archives covers it.
    #expect(found.count == 1)
    #expect(found.first?.paths.count == 3)
    try tree.remove("c.ova")
    try tree.scan()
    let whole = try #require(try findings(tree, .duplicate).first)
    #expect(whole.paths == ["[ds] a.ova", "[ds] b/copy.ova"])
    #expect(whole.deletable == [tree.path("b/copy.ova")])
    let size = try Sample.files(machine: "web").reduce(0) { $0 + $1.1.count }
    #expect(whole.reclaimable == Int64(size))
  }

  @Test(arguments: ["f/web-disk1-flat.vmdk", "f/web-disk1-s001.vmdk", "f/web-disk1-000002.vmdk"])
  func theBytesOfAPackagedDiskAreNoOrphans(name: String) throws {
    let tree = try Tree()
    try tree.addFolder("f")
    try tree.write([1], to: name)
    try tree.write([1], to: "f/other-flat.vmdk")
    try tree.scan()
    #expect(try findings(tree, .orphan).map(\.paths) == [["[ds] f/other-flat.vmdk"]])
  }

  @Test(arguments: ["vmx", "vmtx", "vbox"])
  func theDisksOfARegisteredMachineAreNoOrphans(suffix: String) throws {
    let tree = try Tree()
    for name in ["vm/m.\(suffix)", "vm/m.vmdk", "vm/m.nvram", "beside.vmdk"] {
      try tree.write([1], to: name)
    }
    try tree.scan()
    #expect(try findings(tree, .orphan).map(\.paths) == [["[ds] beside.vmdk"]])
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

  @Test(arguments: [
    (["web.ova", "Web.ova"], ["[ds] Web.ova", "[ds] web.ova"]),
    (["a/x.ova", "A/y.ova"], ["[ds] A", "[ds] a"]),
    (["t/a/x.ova", "t/A/b/y.ova"], ["[ds] t/A", "[ds] t/a"]),
    (["größe.ova", "GRÖSSE.ova", "GRÖßE.ova"], ["[ds] GRÖßE.ova", "[ds] größe.ova"]),
    (["caf\u{E9}.ova", "cafe\u{301}.ova"], ["[ds] cafe\u{301}.ova", "[ds] caf\u{E9}.ova"]),
  ])
  func namesThatOthersTakeForOneAreSaid(names: [String], clash: [String]) throws {
    let tree = try Tree()
    for name in names { try tree.addArchive(name) }
    try tree.scan()
    let found = try findings(tree, .caseClash).map { $0.paths.map { Array($0.utf8) } }
    #expect(found == [clash.map { Array($0.utf8) }])
  }

  @Test func theSameNameInOtherFoldersIsNoClash() throws {
    let tree = try Tree()
    for name in ["a/Web.ova", "b/web.ova", "web/x.ova"] { try tree.addArchive(name) }
    try tree.scan()
    #expect(try findings(tree, .caseClash).isEmpty)
  }

  @Test func eachFolderOffThePolicyIsSaidOnce() throws {
    let tree = try Tree()
    for name in ["Bad Name/x.ova", "Bad Name/good/y.ova", "good/z/x.ova", "top.ova"] {
      try tree.addArchive(name)
    }
    try tree.scan()
    #expect(
      try findings(tree, .namingPolicy, policy: "[a-z0-9-]+").map(\.paths) == [["[ds] Bad Name"]])
    #expect(try findings(tree, .namingPolicy).isEmpty)
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
}
