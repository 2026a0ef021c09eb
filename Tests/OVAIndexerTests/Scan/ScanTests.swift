import Foundation
import OVACatalog
import OVAIndexer
import OVATestSupport
import Synchronization
import Testing

/// Tests of what a scan stores, and what it leaves alone.
struct ScanTests {
  @Test func packagesAtAnyDepthAreStoredWithAllThatIsKnown() throws {
    let tree = try Tree()
    try tree.addArchive("a.ova", machine: "alpha")
    try tree.addFolder("deep/er/unpacked")
    let summary = try tree.scan()
    #expect(summary.added == ["[ds] a.ova", "[ds] deep/er/unpacked/web.ovf"])
    #expect(!summary.isPartial)
    let archive = try #require(try tree.package("a.ova"))
    #expect(archive.state == .whole)
    #expect(archive.facts?.virtualCPUs == 2)
    #expect(archive.facts?.memory == 2048 << 20)
    #expect(archive.facts?.hardwareFamily == "vmx-13")
    #expect(archive.disks.map(\.slot) == ["SCSI 0:0"])
    #expect(archive.files.map(\.name) == ["a.ova", "web-disk1.vmdk", "web.ovf"])
    #expect(archive.files.dropFirst().allSatisfy { $0.digests["sha256"]?.count == 64 })
    let folder = try #require(try tree.package("deep/er/unpacked/web.ovf"))
    #expect(folder.files.map(\.name) == ["web-disk1.vmdk", "web.ovf"])
    #expect(folder.files.allSatisfy { $0.digests["sha256"]?.count == 64 })
  }

  @Test(
    arguments: [
      ("ovf:id=\"1\" vmw:osType=\"ubuntu64Guest\"", "", "Ubuntu Linux (64-bit)"),
      ("ovf:id=\"1\" vmw:osType=\"ubuntu64Guest\"", "Other", "Ubuntu Linux (64-bit)"),
      ("ovf:id=\"101\" vmw:osType=\"rhel9_64Guest\"", "", "Red Hat Enterprise Linux 9 (64-bit)"),
      ("ovf:id=\"94\" vmw:osType=\"ubuntu64Guest\"", "Ubuntu 24.04", "Ubuntu 24.04"),
      ("ovf:id=\"1\"", "", "Other"),
    ] as [(String, String, String)])
  func theGuestIsNamedByWhatSaysMost(
    attributes: String, description: String, name: String
  ) throws {
    let tree = try Tree()
    try tree.addFolder("f")
    let path = tree.path("f/web.ovf")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let system = """
      <OperatingSystemSection \(attributes)><Info>i</Info>\
      \(description.isEmpty ? "" : "<Description>\(description)</Description>")\
      </OperatingSystemSection>
      """
    try tree.write(
      Array(
        text.replacing(/<OperatingSystemSection[\s\S]*<\/OperatingSystemSection>/, with: system)
          .utf8), to: "f/web.ovf")
    try tree.scan()
    #expect(try tree.package("f/web.ovf")?.facts?.guestSystem == name)
  }

  @Test func nothingIsReadAgainWhenNothingChanged() throws {
    let tree = try Tree()
    for number in 0..<20 { try tree.addArchive("\(number % 3)/p\(number).ova") }
    try tree.addFolder("folder")
    #expect(try tree.scan().counts.read == 21)
    let again = try tree.scan()
    #expect(again.counts.read == 0)
    #expect(again.counts.hashed == 0)
    #expect(again.counts.packages == 21)
    #expect(again.added.isEmpty && again.changed.isEmpty && again.gone.isEmpty)
  }

  @Test func onlyWhatChangedIsReadAgain() throws {
    let tree = try Tree()
    for number in 0..<5 { try tree.addArchive("p\(number).ova") }
    try tree.scan()
    try tree.addArchive("p3.ova", machine: "another machine")
    let again = try tree.scan()
    #expect(again.counts.read == 1)
    #expect(again.changed == ["[ds] p3.ova"])
    #expect(try tree.package("p3.ova")?.facts?.document.contains("another machine") == true)
  }

  @Test(arguments: ["a.ova", "f/web.ovf", "f/web-disk1.vmdk"])
  func aNewTimeAloneIsNoChange(file: String) throws {
    let tree = try Tree()
    try tree.addArchive("a.ova")
    try tree.addFolder("f")
    try tree.scan()
    let before = try tree.package("a.ova")?.record
    try run("touch", ["-d", "2021-01-01", tree.path(file)])
    let again = try tree.scan()
    #expect(again.counts.read == 1)
    #expect(again.changed.isEmpty)
    #expect(try tree.package("a.ova")?.record == before)
  }

  @Test func anIdBelongsToItsPathForEver() throws {
    let tree = try Tree()
    try tree.addArchive("a.ova")
    try tree.addArchive("b.ova")
    try tree.scan()
    let id = try #require(try tree.id("a.ova"))
    let created = try tree.package("a.ova")?.record.createdOn
    try tree.move("a.ova", to: ".hidden")
    #expect(try tree.scan().gone == ["[ds] a.ova"])
    try tree.addArchive("c.ova")
    try tree.scan()
    #expect(try tree.id("c.ova") != id)
    try tree.move(".hidden", to: "a.ova")
    let back = try tree.scan()
    #expect(back.returned == ["[ds] a.ova"])
    #expect(try tree.id("a.ova") == id)
    #expect(try tree.package("a.ova")?.record.createdOn == created)
  }

  @Test func aRenameIsRecognizedAndKeepsTheDigests() throws {
    let tree = try Tree()
    try tree.addArchive("a.ova")
    try tree.addFolder("old")
    try tree.scan()
    try tree.move("a.ova", to: "below/b.ova")
    try tree.move("old", to: "new")
    let summary = try tree.scan()
    #expect(
      summary.renamed.map(\.from) == ["[ds] a.ova", "[ds] old/web.ovf"]
        && summary.renamed.map(\.to) == ["[ds] below/b.ova", "[ds] new/web.ovf"])
    #expect(summary.added.isEmpty && summary.gone.isEmpty)
    #expect(summary.counts.bytes == 0)
    #expect(try tree.package("below/b.ova")?.files.last?.digests["sha256"] != nil)
    #expect(try tree.package("new/web.ovf")?.files.last?.digests["sha256"] != nil)
    #expect(try tree.package("a.ova") == nil)
  }

  @Test func aHardLinkIsNoRename() throws {
    let tree = try Tree()
    try tree.addArchive("a.ova")
    try tree.scan()
    try FileManager.default.linkItem(atPath: tree.path("a.ova"), toPath: tree.path("b.ova"))
    #expect(try tree.scan().added == ["[ds] b.ova"])
  }

  @Test func newRulesJudgeAgainWithoutReadingBytes() throws {
    let tree = try Tree()
    try tree.addArchive("a.ova")
    try tree.addFolder("f")
    try tree.scan()
    let digests = try tree.package("a.ova")?.files
    let again = try tree.scan { $0.rulesVersion = 7 }
    #expect(again.counts.rejudged == 2)
    #expect(again.counts.bytes == 0 && again.counts.hashed == 0)
    #expect(again.changed.isEmpty)
    #expect(try tree.package("a.ova")?.rulesVersion == 7)
    #expect(try tree.package("a.ova")?.files == digests)
    #expect(try tree.scan { $0.rulesVersion = 7 }.counts.rejudged == 0)
  }

  @Test func aCatalogOfAnOlderVersionGoesOnWithoutReadingAgain() throws {
    let tree = try Tree()
    for name in ["a.ova", "b/b.ova", "b/c.ova", "d/e/d.ova"] { try tree.addArchive(name) }
    try tree.write([1], to: "d/stray.vmdk")
    try tree.scan()
    try tree.store.close()
    try tree.makeOlder()
    try tree.remove("b/c.ova")
    try tree.remove("d/e")
    let store = try CatalogStore(path: tree.database)
    let summary = try tree.scan(into: store)
    #expect(summary.gone == ["[ds] b/c.ova", "[ds] d/e/d.ova"])
    #expect(summary.counts.read == 0 && summary.counts.hashed == 0)
    let fresh = try CatalogStore(path: TestDatabase.location(tree.folder.path("fresh.sqlite")))
    try tree.scan(into: fresh)
    #expect(try store.wholeContent() == fresh.wholeContent())
  }

  @Test func manyFoldersThatGoneOnesAndNewOnesStandAmongAreToldApart() throws {
    // More folders than a page of known ones, so that new ones are stored while pages are read.
    let tree = try Tree()
    let bytes = try Sample.archive(machine: "web")
    for number in 0..<1100 { try tree.write(bytes, to: "f\(number)/a.ova") }
    try tree.scan { $0.computesDigests = false }
    for number in stride(from: 0, to: 1100, by: 2) { try tree.remove("f\(number)") }
    for number in 0..<1100 { try tree.write(bytes, to: "f\(number)new/a.ova") }
    let summary = try tree.scan { $0.computesDigests = false }
    #expect(summary.counts.gone == 550)
    #expect(summary.counts.added == 1100)
    #expect(try tree.scan { $0.computesDigests = false }.counts.read == 0)
  }

  @Test func theOldestDigestsAreReadFirstInAllRepositories() throws {
    let tree = try Tree()
    try tree.addArchive("new/a.ova")
    try tree.addArchive("old/b.ova")
    func mapping(_ folder: String) throws -> RepositoryMapping {
      try RepositoryMapping(dataStore: "ds", root: tree.root, folder: folder, isPublic: true)
    }
    func scan(
      _ folders: String..., change: (inout ScanOptions) -> Void
    ) throws -> ScanSummary {
      var options = ScanOptions()
      options.settle = 0
      change(&options)
      return try RepositoryScan(
        store: tree.store, mappings: try folders.map(mapping), options: options
      ).run()
    }
    let day: Int64 = 86_400_000_000_000
    let now = ScanOptions().clock()
    _ = try scan("old") { $0.clock = { now - 9 * day } }
    _ = try scan("new") { $0.clock = { now - 5 * day } }
    let summary = try scan("new", "old") {
      $0.rehash = .olderThan(seconds: 3 * 86_400)
      $0.hashBudget = 1
    }
    #expect(summary.counts.hashed == 1)
    let ages = try tree.store.read { try $0.packagesHashed(before: .max, after: nil, limit: 9) }
    #expect(ages.map(\.path) == ["[ds] new/a.ova", "[ds] old/b.ova"])
  }

  @Test func aNewDescriptionOfARepositoryReachesItsRecordsWithoutReadingAgain() throws {
    let tree = try Tree()
    try tree.addArchive("josem/images/a.ova")
    func scan(labelBase: String, owner: String?) throws -> ScanSummary {
      var options = ScanOptions()
      options.settle = 0
      let mapping = try RepositoryMapping(
        dataStore: "ds", root: tree.root, folder: "josem/images", labelBase: labelBase,
        isPublic: owner == nil, owner: owner)
      return try RepositoryScan(store: tree.store, mappings: [mapping], options: options).run()
    }
    _ = try scan(labelBase: "", owner: nil)
    #expect(try tree.package("josem/images/a.ova")?.record.label == "josem/images/a.ova")
    #expect(try scan(labelBase: "josem/images", owner: "josem").counts.read == 0)
    let package = try #require(try tree.package("josem/images/a.ova"))
    #expect(package.record.label == "a.ova" && package.record.folder == nil)
    #expect(package.owner == "josem" && !package.record.isPublic)
  }

  @Test func theProgressTellsWhatIsDoneAndWhatThereIsToDo() throws {
    let tree = try Tree()
    for number in 0..<5 { try tree.addArchive("p\(number).ova") }
    func scan(later seconds: Int64) throws -> [ScanProgress] {
      let told = Mutex<[ScanProgress]>([])
      var options = ScanOptions()
      options.settle = 0
      options.rehash = .everything
      options.clock = { ScanOptions().clock() + seconds * 1_000_000_000 }
      let scan = RepositoryScan(
        store: tree.store, mappings: [try tree.mapping()], options: options)
      try scan.run { progress in told.withLock { $0.append(progress) } }
      return told.withLock { $0 }
    }
    let size = UInt64(try Sample.archive(machine: "web").count)
    #expect(try scan(later: 0).last?.phase == .hashing)
    let again = try scan(later: 60)
    let looking = try #require(again.first)
    #expect(looking.phase == .looking && looking.packagesTotal == 5)
    let last = try #require(again.last)
    #expect(last.packages == 5 && last.packagesTotal == 5)
    #expect(last.bytesTotal == 5 * size)
  }

  @Test func aManifestAddedLaterIsSeen() throws {
    let tree = try Tree()
    try tree.addFolder("f")
    try tree.scan()
    try tree.write(
      Array("SHA256(web.ovf)= \(String(repeating: "0", count: 64))\n".utf8), to: "f/web.mf")
    #expect(try tree.scan().counts.read == 1)
    let findings = try #require(try tree.package("f/web.ovf")).findings.map(\.rule)
    #expect(findings.contains("manifest-digest-mismatch"))
  }

  @Test func withoutDigestsOnlyHeadersAreReadAndALaterScanMakesUpForIt() throws {
    let tree = try Tree()
    try tree.addArchive("a.ova")
    let first = try tree.scan { $0.computesDigests = false }
    #expect(first.counts.bytes == 0)
    let second = try tree.scan()
    #expect(second.counts.hashed == 1 && second.counts.read == 0)
    #expect(try tree.package("a.ova")?.files.last?.digests["sha256"] != nil)
  }

  @Test func theHashBudgetIsKeptAndTheNextScanGoesOn() throws {
    let tree = try Tree()
    for number in 0..<4 { try tree.addArchive("p\(number).ova") }
    let first = try tree.scan { $0.hashBudget = 1 }
    #expect(first.counts.hashed == 1)
    #expect(try tree.scan { $0.hashBudget = 1 }.counts.hashed == 1)
    #expect(try tree.scan().counts.hashed == 2)
    #expect(try tree.scan().counts.hashed == 0)
  }

  @Test func rehashReadsWhatIsOldEnough() throws {
    let tree = try Tree()
    try tree.addArchive("a.ova")
    try tree.scan()
    let hour: Int64 = 3600
    #expect(try tree.scan { $0.rehash = .olderThan(seconds: hour) }.counts.hashed == 0)
    let later = ScanOptions().clock() + 2 * hour * 1_000_000_000
    let summary = try tree.scan {
      $0.rehash = .olderThan(seconds: hour)
      $0.clock = { later }
    }
    #expect(summary.counts.hashed == 1 && summary.counts.bytes > 0)
    let all = try tree.scan {
      $0.rehash = .everything
      $0.clock = { later + 1_000_000_000 }
    }
    #expect(all.counts.hashed == 1)
  }

  @Test func bytesThatDecayedAreFoundByRehashing() throws {
    let tree = try Tree()
    try tree.addArchive("a.ova")
    try run("touch", ["-d", "2021-01-01", tree.path("a.ova")])
    try tree.scan()
    // A byte of the disk's content changes and the file's time is put back.
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: tree.path("a.ova")))
    try file.seek(toOffset: UInt64(try Sample.archive(machine: "web").count - 1024 - 700))
    try file.write(contentsOf: Data([0xEE]))
    try file.close()
    try run("touch", ["-d", "2021-01-01", tree.path("a.ova")])
    let later = ScanOptions().clock() + 60_000_000_000
    let summary = try tree.scan {
      $0.rehash = .everything
      $0.clock = { later }
    }
    #expect(summary.isPartial)
    #expect(summary.problems.map(\.path) == ["[ds] a.ova"])
    #expect(summary.problems.first?.reason.contains("web-disk1.vmdk") == true)
  }

  @Test func theCatalogIsTheSameForAnyNumberOfWorkers() throws {
    let tree = try Tree()
    for number in 0..<30 { try tree.addArchive("\(number % 4)/p\(number).ova") }
    var exports: [[String]] = []
    for workers in [1, 7] {
      let store = try CatalogStore(path: tree.folder.path("\(workers).sqlite"))
      try tree.scan(into: store) { $0.workers = workers }
      exports.append(
        try store.read { try $0.page(ImageQuery(scope: .all)).rows.map { "\($0.id) \($0.path)" } })
    }
    #expect(exports[0].count == 30)
    #expect(exports[0] == exports[1])
  }

  @Test func anItemOfAContentLibraryIsWholeAlthoughNoHrefSaysItsFilesNames() throws {
    let tree = try Tree()
    let folder =
      "contentlib-c87ae30e-7a02-4c97-8360-2cf68ee1fae5/11111111-2222-4333-8444-555555555555"
    let names = [
      "web.ovf": "web_a1b2c3d4-0e7a-4ca9-8fcc-bfce2c08c244.ovf",
      "web-disk1.vmdk": "web-disk1_8AA84709-0e7a-4ca9-8fcc-bfce2c08c244.vmdk",
    ]
    for (file, bytes) in try Sample.files(machine: "web") {
      try tree.write(bytes, to: "\(folder)/\(names[file] ?? file)")
    }
    try tree.scan()
    let package = try #require(try tree.package("\(folder)/\(names["web.ovf"] ?? "")"))
    #expect(package.state == .whole)
    #expect(package.files.map(\.name).sorted() == names.values.sorted())
    #expect(!package.findings.contains { $0.rule == "file-missing" })
    // Two that may be meant are none.
    try tree.write([1], to: "\(folder)/web-disk1_11111111-0e7a-4ca9-8fcc-bfce2c08c244.vmdk")
    try tree.write([1], to: "\(folder)/web_22222222-0e7a-4ca9-8fcc-bfce2c08c244.mf")
    try tree.scan { $0.rulesVersion = 9 }
    #expect(
      try tree.package("\(folder)/\(names["web.ovf"] ?? "")")?.state == .waiting)
  }

  @Test func importedRecordsKeepTheirIdsAndTimes() throws {
    let tree = try Tree()
    try tree.addArchive("a.ova")
    let record = Record(
      id: 4711, name: "a.ova", dataStore: "ds", folder: nil, label: "a.ova", path: "[ds] a.ova",
      isPublic: true, createdOn: 1000, updatedOn: 2000)
    try tree.store.write { try $0.importRecords([record]) }
    #expect(try tree.scan().added.isEmpty)
    #expect(try tree.package("a.ova")?.record == record)
    #expect(try tree.package("a.ova")?.facts?.virtualCPUs == 2)
  }
}
