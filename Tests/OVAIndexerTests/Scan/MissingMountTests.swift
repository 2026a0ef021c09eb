import Foundation
import OVACatalog
import OVAIndexer
import OVATestSupport
import Testing

/// An absence is believed only when the place was really seen.
struct MissingMountTests {
  private let tree: Tree

  init() throws {
    tree = try Tree()
    for number in 0..<6 { try tree.addArchive("\(number % 2)/p\(number).ova") }
  }

  private var count: Int {
    get throws { try tree.store.read { try $0.page(ImageQuery(scope: .all)).total } }
  }

  private func expectRefused(_ summary: ScanSummary, _ reason: String, listed: Int = 6) throws {
    #expect(summary.isPartial)
    #expect(summary.gone.isEmpty)
    let problem = try #require(summary.problems.first)
    #expect(problem.path == tree.root)
    #expect(problem.reason.hasPrefix(reason), "\(problem.reason)")
    #expect(problem.reason.contains("--accept-removals"))
    #expect(try count == listed)
  }

  private func empty() throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: tree.root) {
      try tree.remove(name)
    }
  }

  @Test func anEmptyFolderIsTakenForAMissingMount() throws {
    try tree.scan()
    try empty()
    try expectRefused(try tree.scan(), "the folder is empty")
    // Once more: nothing was learned.
    try expectRefused(try tree.scan(), "the folder is empty")
    // What the file system brings along is nothing.
    try tree.write([1], to: "lost+found/x")
    try expectRefused(try tree.scan(), "the folder is empty")
    let accepted = try tree.scan { $0.removals = .accepted }
    #expect(!accepted.isPartial && accepted.counts.gone == 6)
    #expect(try count == 0)
    #expect(try !tree.scan().isPartial)
  }

  @Test func anotherFolderInItsPlaceIsTakenForAMissingMount() throws {
    try tree.scan()
    let other = tree.root + "-other"
    try FileManager.default.moveItem(atPath: tree.root, toPath: other)
    try tree.addArchive("0/p0.ova")
    try expectRefused(
      try tree.scan(), "the folder is another one than at the last complete scan")
    // The right one is back.
    try FileManager.default.removeItem(atPath: tree.root)
    try FileManager.default.moveItem(atPath: other, toPath: tree.root)
    #expect(try !tree.scan().isPartial)
    #expect(try count == 6)
  }

  @Test func aCopyOfTheWholeFolderIsAsGood() throws {
    try tree.scan()
    try run("cp", ["-a", tree.root, tree.root + "-copy"])
    try FileManager.default.removeItem(atPath: tree.root)
    try FileManager.default.moveItem(atPath: tree.root + "-copy", toPath: tree.root)
    #expect(try !tree.scan().isPartial)
    try tree.remove("0/p0.ova")
    #expect(try tree.scan().gone == ["[ds] 0/p0.ova"])
  }

  @Test func aFolderThatLostMostOfItsPackagesIsTakenForAMissingMount() throws {
    try tree.scan()
    try tree.remove("0")
    try tree.remove("1/p1.ova")
    try expectRefused(try tree.scan(), "most packages are missing")
    #expect(try tree.scan { $0.removals = .accepted }.counts.gone == 4)
  }

  @Test func halfOfThemMayGo() throws {
    try tree.scan()
    try tree.remove("0")
    #expect(try tree.scan().counts.gone == 3)
  }

  @Test func whatIsMovedWithinIsNotLost() throws {
    try tree.scan()
    try tree.move("0", to: "moved/0")
    try tree.move("1", to: "moved/1")
    let summary = try tree.scan()
    #expect(!summary.isPartial && summary.renamed.count == 6)
  }

  @Test func theNextScanFindsWhatARefusedOneDidNotBelieve() throws {
    try tree.scan()
    try tree.remove("0")
    try tree.remove("1/p1.ova")
    #expect(try tree.scan().isPartial)
    // Others are added, so that it is plain that the folder was seen.
    for number in 10..<16 { try tree.addArchive("new/p\(number).ova") }
    let summary = try tree.scan()
    #expect(!summary.isPartial && summary.counts.gone == 4)
    #expect(try count == 8)
  }

  @Test func anOwnersEmptyFolderIsBelievedAndAnotherRootIsNot() throws {
    let mapping = try RepositoryMapping(
      dataStore: "ds", root: tree.root, folder: "u1/images", isPublic: false, owner: "u1")
    func scan() throws -> ScanSummary {
      var options = ScanOptions()
      options.settle = 0
      options.removals = .believedBelowRoot
      return try RepositoryScan(
        store: tree.store, mappings: [mapping], options: options
      ).run()
    }
    try tree.addArchive("u1/images/a.ova")
    _ = try scan()
    // Another root with a folder of that name: not mounted.
    try FileManager.default.moveItem(atPath: tree.root, toPath: tree.root + "-away")
    try FileManager.default.createDirectory(
      atPath: tree.path("u1/images"), withIntermediateDirectories: true)
    let refused = try scan()
    #expect(refused.isPartial && refused.gone.isEmpty)
    #expect(refused.problems.first?.reason.hasPrefix("the data store's root is another") == true)
    try FileManager.default.removeItem(atPath: tree.root)
    try FileManager.default.moveItem(atPath: tree.root + "-away", toPath: tree.root)
    try tree.remove("u1/images/a.ova")
    let emptied = try scan()
    #expect(!emptied.isPartial && emptied.gone == ["[ds] u1/images/a.ova"])
  }

  // MARK: Records that were imported

  private func importRecords(_ names: [String]) throws {
    let records = names.enumerated().map { number, name in
      Record(
        id: Int64(100 + number), name: name, dataStore: "ds", folder: nil, label: name,
        path: "[ds] \(name)", isPublic: true, createdOn: 1000, updatedOn: 2000)
    }
    try tree.store.write { try $0.importRecords(records) }
  }

  @Test func anImportedRecordThatACompleteScanDoesNotFindIsGone() throws {
    try importRecords(["0/p0.ova", "never.ova"])
    let stopped = try tree.scan { $0.isCancelled = { true } }
    #expect(stopped.gone.isEmpty)
    let summary = try tree.scan()
    #expect(summary.gone == ["[ds] never.ova"])
    #expect(try tree.id("0/p0.ova") == 100)
    #expect(try tree.package("never.ova") == nil)
  }

  @Test func importedRecordsOfOtherFoldersAndDataStoresStay() throws {
    try importRecords(["0/p0.ova", "elsewhere/x.ova"])
    let mapping = try RepositoryMapping(
      dataStore: "ds", root: tree.root, folder: "0", isPublic: true)
    var options = ScanOptions()
    options.settle = 0
    _ = try RepositoryScan(store: tree.store, mappings: [mapping], options: options).run()
    #expect(try tree.package("elsewhere/x.ova") != nil)
  }

  @Test func anEmptyFolderTakesNoImportedRecordAway() throws {
    try importRecords(["a.ova", "b.ova"])
    try empty()
    try expectRefused(try tree.scan(), "the folder is empty", listed: 2)
  }

  // MARK: Another file system

  private static let canMount =
    (try? run("unshare", ["-m", "mount", "-t", "tmpfs", "none", "/mnt"]))?.status == 0

  @Test(.enabled(if: canMount)) func aMountThatIsAwayLosesNothing() throws {
    // The whole runs in a namespace of its own; a file system in a folder below comes and goes.
    try FileManager.default.createDirectory(
      atPath: tree.path("nfs"), withIntermediateDirectories: true)
    try tree.store.close()
    let scan =
      "'\(ScanTool.path)' scan '\(tree.root)' --data-store ds --db '\(tree.database)' --settle 0"
    let result = try run(
      "unshare",
      [
        "-m", "bash", "-c",
        """
        mount -t tmpfs none '\(tree.path("nfs"))' && cp '\(tree.path("0/p0.ova"))' \
        '\(tree.path("nfs/n.ova"))' && \(scan) -q; echo "first $?"
        umount '\(tree.path("nfs"))'; \(scan); echo "second $?"
        \(scan) --accept-removals; echo "third $?"
        """,
      ])
    #expect(result.text.contains("first 0"), "\(result.text)\(result.errorText)")
    #expect(result.text.contains("second 3"), "\(result.text)")
    #expect(result.errorText.contains("[ds] nfs: another file system was mounted here"))
    #expect(result.text.contains("gone  [ds] nfs/n.ova\n"))
    #expect(result.text.contains("third 0"))
  }
}
