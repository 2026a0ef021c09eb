import Foundation
import OVABasics
import OVACatalog
import OVAIndexer
import OVATestSupport
import Testing

/// Tests of which folders become repositories.
struct RegistrationTests {
  private let tree: Tree

  init() throws {
    tree = try Tree()
    for (number, name) in ["sub/a.ova", "sub/b.ova", "c.ova"].enumerated() {
      try tree.addArchive(name, machine: "m\(number)")
    }
  }

  private func mapping(
    _ folder: String, root: String? = nil, dataStore: String = "ds", owner: String? = nil
  ) throws -> RepositoryMapping {
    try RepositoryMapping(
      dataStore: dataStore, root: root ?? tree.root, folder: folder, isPublic: owner == nil,
      owner: owner)
  }

  @discardableResult
  private func scan(_ mappings: RepositoryMapping...) throws -> ScanSummary {
    var options = ScanOptions()
    options.settle = 0
    return try RepositoryScan(store: tree.store, mappings: mappings, options: options).run()
  }

  private var registered: [String] {
    get throws {
      try tree.store.read { try $0.repositories() }.map {
        "[\($0.mapping.dataStore)] \($0.mapping.folder)"
      }
    }
  }

  private func expectOverlap(_ pair: String, _ mappings: RepositoryMapping...) throws {
    let before = try registered
    let error = #expect(throws: IndexError.self) {
      try RepositoryScan(store: tree.store, mappings: mappings).run()
    }
    #expect(error?.code == .overlapping)
    #expect(error?.reason.hasPrefix("\(pair) overlap") == true, "\(error?.reason ?? "")")
    #expect(try registered == before)
  }

  @Test func onlyWhatCouldBeOpenedIsRegistered() throws {
    let error = #expect(throws: IndexError.self) { try scan(try mapping("nowhere")) }
    #expect(error?.code == .notOpened)
    #expect(try registered.isEmpty)
    #expect(try tree.store.read { try $0.scans(limit: 1).isEmpty })
    // Beside another one it is told and passed over.
    let summary = try scan(try mapping("nowhere"), try mapping("sub"))
    #expect(summary.isPartial && summary.problems.map(\.path) == [tree.path("nowhere")])
    #expect(try registered == ["[ds] sub"])
    try tree.write([1], to: "file")
    #expect(throws: IndexError.self) { try scan(try mapping("file")) }
  }

  @Test func oneThatWasScannedStaysRegisteredWhileItIsAway() throws {
    try scan(try mapping("sub"))
    try tree.move("sub", to: "away/sub")
    #expect(try scan(try mapping("sub")).isPartial)
    #expect(try registered == ["[ds] sub"])
  }

  @Test func aFolderInsideAnotherIsRefusedWithThePair() throws {
    try expectOverlap("[ds] sub and [ds]", try mapping(""), try mapping("sub"))
    try scan(try mapping(""))
    try expectOverlap("[ds] sub and [ds]", try mapping("sub"))
    try expectOverlap(
      "[other] and [ds]", try mapping("", root: tree.path("sub"), dataStore: "other"))
    try expectOverlap("[ds] sub and [ds]", try mapping("sub", owner: "u1"))
  }

  @Test func aFolderThatALinkMakesPartOfAnotherIsRefused() throws {
    try scan(try mapping("sub"))
    let link = tree.folder.path("link")
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: tree.path("sub"))
    try expectOverlap("[other] and [ds] sub", try mapping("", root: link, dataStore: "other"))
  }

  @Test func oneDatastorePathOfTwoFoldersIsRefused() throws {
    let other = try TemporaryFolder()
    try scan(try mapping("sub"))
    try FileManager.default.createDirectory(
      atPath: other.path("sub/deep"), withIntermediateDirectories: true)
    try expectOverlap("[ds] sub/deep and [ds] sub", try mapping("sub/deep", root: other.path))
  }

  @Test func foldersBesideEachOtherAreNone() throws {
    try tree.addArchive("sub2/d.ova")
    #expect(try scan(try mapping("sub"), try mapping("sub2")).counts.packages == 3)
  }

  @Test func aFolderAroundARegisteredOneTakesItIn() throws {
    try scan(try mapping("sub"))
    let ids = try [tree.id("sub/a.ova"), tree.id("sub/b.ova")]
    try tree.remove("sub/b.ova")
    let summary = try scan(try mapping(""))
    #expect(summary.merged == ["[ds] sub"])
    #expect(summary.added == ["[ds] c.ova"] && summary.gone == ["[ds] sub/b.ova"])
    #expect(try registered == ["[ds] "])
    #expect(try tree.id("sub/a.ova") == ids[0])
    #expect(try scan(try mapping("")).counts.packages == 2)
  }

  @Test func aFolderAroundAnotherUsersIsRefused() throws {
    try scan(try mapping("sub", owner: "u1"))
    try expectOverlap("[ds] and [ds] sub", try mapping(""))
  }

  @Test func whatIsForgottenLeavesTheListAndComesBackUnderItsIDs() throws {
    try scan(try mapping("sub"))
    let id = try tree.id("sub/a.ova")
    try tree.store.write { writer in
      let repository = try #require(try writer.reader.repositories().first?.id)
      #expect(try writer.forget(repository: repository, now: 5) == 2)
    }
    #expect(try registered.isEmpty)
    #expect(try tree.package("sub/a.ova") == nil)
    #expect(try scan(try mapping("sub")).returned == ["[ds] sub/a.ova", "[ds] sub/b.ova"])
    #expect(try tree.id("sub/a.ova") == id)
  }
}
