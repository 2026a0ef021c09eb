import Foundation
import OVABasics
import OVACatalog
import OVAIndexer
import OVAReport
import OVATestSupport
import Testing

/// Tests of findings that only a whole repository shows.
struct AuditTests {
  private func findings(
    _ tree: Tree, _ kind: RepositoryFinding.Kind, policy: String? = nil
  ) throws -> [RepositoryFinding] {
    try RepositoryAudit(store: tree.store, namingPolicy: policy.map { try NamingPolicy($0) })
      .findings()
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

  @Test func contentThatDifferentPackagesHaveInCommonIsToldApartAndFreesNothing() throws {
    let tree = try Tree()
    try tree.addArchive("a.ova")
    try tree.addFolder("f", machine: "other")
    try tree.scan()
    #expect(try findings(tree, .duplicate).isEmpty)
    let found = try #require(try findings(tree, .sharedContent).first)
    #expect(found.paths == ["[ds] a.ova → web-disk1.vmdk", "[ds] f/web-disk1.vmdk"])
    #expect(found.reclaimable == 0 && found.deletable.isEmpty)
    #expect(
      found.message == "2 files of 70.5 KiB hold the same, in packages that differ",
      "\(found.message)")
  }

  @Test func archivesThatAreAlikeAreOneFindingAndAllButOneMayGoWhateverElseSharesTheirDisk() throws
  {
    let tree = try Tree()
    for name in ["a.ova", "b/copy.ova"] { try tree.addArchive(name) }
    try tree.addArchive("c.ova", machine: "other")
    try tree.scan()
    let whole = try #require(try findings(tree, .duplicate).first)
    #expect(whole.paths == ["[ds] a.ova", "[ds] b/copy.ova"])
    #expect(whole.deletable == [tree.path("b/copy.ova")])
    #expect(whole.reclaimable == Int64(try Sample.archive(machine: "web").count))
    #expect(
      try findings(tree, .sharedContent).map(\.paths) == [
        ["[ds] a.ova → web-disk1.vmdk", "[ds] c.ova → web-disk1.vmdk"]
      ])
  }

  @Test func ofCopiesTheOneThatLinksLeadToStays() throws {
    let tree = try Tree()
    for name in ["a.ova", "b.ova", "c.ova"] { try tree.addArchive(name) }
    try FileManager.default.linkItem(atPath: tree.path("c.ova"), toPath: tree.path("d.ova"))
    try FileManager.default.createSymbolicLink(
      atPath: tree.path("b-link.ova"), withDestinationPath: "b.ova")
    try tree.scan()
    let found = try #require(try findings(tree, .duplicate).first)
    #expect(found.deletable == [tree.path("a.ova")])
    #expect(found.message.hasPrefix("3 archives"))
  }

  @Test func packagesThatHoldTheSameFilesThroughoutAreSaidTo() throws {
    let tree = try Tree()
    for name in ["a", "b"] { try tree.addFolder(name, machine: "web") }
    try tree.scan()
    let found = try findings(tree, .sharedContent)
    #expect(found.map(\.paths) == [["[ds] a/web-disk1.vmdk", "[ds] b/web-disk1.vmdk"]])
    #expect(
      found.map(\.message) == [
        "2 files of 70.5 KiB hold the same, in packages that hold the same files throughout"
      ])
    #expect(
      found.map(\.fix) == [
        "keep one of the packages if that is enough: remove the others whole, unless other packages "
          + "reference their files"
      ])
    #expect(found.allSatisfy { $0.deletable.isEmpty && $0.reclaimable == 0 })

    try tree.addFolder("c", machine: "other")
    try tree.scan()
    #expect(
      try findings(tree, .sharedContent).map(\.message) == [
        "3 files of 70.5 KiB hold the same, in packages that differ"
      ])
  }

  @Test func copiesOfAnotherUserOrDataStoreStay() throws {
    let tree = try Tree()
    for name in ["u1/images/a.ova", "u2/images/a.ova", "all/a.ova"] { try tree.addArchive(name) }
    let mappings = try [
      RepositoryMapping(
        dataStore: "ds", root: tree.root, folder: "u1/images", isPublic: false, owner: "u1"),
      RepositoryMapping(
        dataStore: "ds", root: tree.root, folder: "u2/images", isPublic: false, owner: "u2"),
      RepositoryMapping(dataStore: "ds2", root: tree.path("all"), isPublic: true),
    ]
    var options = ScanOptions()
    options.settle = 0
    _ = try RepositoryScan(store: tree.store, mappings: mappings, options: options).run()
    let found = try #require(try findings(tree, .duplicate).first)
    #expect(found.pathCount == 3 && found.deletable.isEmpty && found.reclaimable == 0)
  }

  @Test func aLongGroupIsCutWithItsCount() throws {
    let tree = try Tree()
    let bytes = try Sample.archive(machine: "web")
    for number in 100..<250 { try tree.write(bytes, to: "\(number).ova") }
    try tree.scan()
    let found = try #require(try findings(tree, .duplicate).first)
    #expect(found.paths.count == 100 && found.pathCount == 150 && found.pathsLeftOut == 50)
    #expect(found.deletable.count == 149)
    #expect(try RepositoryAudit(store: tree.store).cleanupScript().contains("#   … and 50 more\n"))
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

  @Test(arguments: [
    (["web.ova", "Web.ova"], "2 names differ in letter case alone"),
    (
      ["caf\u{E9}.ova", "cafe\u{301}.ova"],
      "2 names differ in how accents are encoded alone (composed or decomposed, NFC or NFD)"
    ),
    (
      ["caf\u{E9}.ova", "Cafe\u{301}.ova"],
      "2 names differ in letter case and in how accents are encoded (composed or decomposed, NFC or NFD)"
    ),
  ])
  func itIsSaidHowNamesDiffer(names: [String], message: String) throws {
    let tree = try Tree()
    for name in names { try tree.addArchive(name) }
    try tree.scan()
    #expect(try findings(tree, .caseClash).map(\.message) == [message])
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
    let error = #expect(throws: AuditError.self) { try NamingPolicy("(") }
    #expect(error?.fix == "write a regular expression such as '[a-z0-9-]+'")
  }

  @Test func brokenLinksAreSaid() throws {
    let tree = try Tree()
    try FileManager.default.createSymbolicLink(
      atPath: tree.path("gone.ova"), withDestinationPath: "nowhere.ova")
    try tree.scan()
    #expect(try findings(tree, .brokenLink).map(\.paths) == [["[ds] gone.ova"]])
  }
}
