import Foundation
import OVABasics
import OVACatalog
import OVAIndexer
import OVATestSupport
import Testing

/// Tests that trouble with one package costs the others nothing.
struct ScanTroubleTests {
  @Test func aPackageWrittenMomentsAgoIsChangingUntilItSettles() throws {
    let tree = try Tree()
    try tree.addArchive("a.ova")
    let now = ScanOptions().clock()
    let first = try tree.scan {
      $0.settle = 30
      $0.clock = { now + 12_500_000_000 }
    }
    #expect(first.counts.unsettled == 1 && !first.isPartial && first.counts.hashed == 0)
    #expect(try tree.package("a.ova")?.state == .changing)
    #expect(try tree.package("a.ova")?.stateDetail == "last written 12 s ago")
    let second = try tree.scan {
      $0.settle = 30
      $0.clock = { now + 60_000_000_000 }
    }
    #expect(second.counts.unsettled == 0)
    #expect(try tree.package("a.ova")?.state == .whole)
    #expect(try tree.package("a.ova")?.stateDetail == nil)
  }

  @Test func halfAnArchiveIsNoErrorWhileItIsYoung() throws {
    let tree = try Tree()
    try tree.write(Array(try Sample.archive(machine: "web").prefix(700)), to: "a.ova")
    let young = try tree.scan { $0.settle = 30 }
    #expect(!young.isPartial)
    #expect(try tree.package("a.ova")?.state == .changing)
    #expect(try tree.package("a.ova")?.findings.isEmpty == true)
    let old = try tree.scan()
    #expect(!old.isPartial)
    #expect(try tree.package("a.ova")?.state == .broken)
  }

  @Test func aPackageWaitsForTheFilesItReferences() throws {
    let tree = try Tree()
    try tree.addFolder("f")
    let disk = try tree.folder.read("tree/f/web-disk1.vmdk")
    try tree.remove("f/web-disk1.vmdk")
    #expect(!(try tree.scan { $0.settle = 30 }.isPartial))
    #expect(try tree.package("f/web.ovf")?.state == .waiting)
    #expect(try tree.package("f/web.ovf")?.stateDetail == "waiting for web-disk1.vmdk")
    #expect(try tree.package("f/web.ovf")?.findings.isEmpty == true)
    try tree.scan()
    #expect(try tree.package("f/web.ovf")?.stateDetail == "missing: web-disk1.vmdk")
    #expect(try tree.package("f/web.ovf")?.findings.map(\.rule).contains("file-missing") == true)
    try tree.write(disk, to: "f/web-disk1.vmdk")
    try tree.scan()
    #expect(try tree.package("f/web.ovf")?.state == .whole)
  }

  @Test(arguments: [
    ("an empty file", [UInt8]()), ("a web page", Array("<html>404</html>".utf8)),
    ("zeros", [UInt8](repeating: 0, count: 4096)), ("ones", [UInt8](repeating: 255, count: 4096)),
  ])
  func whatIsNoPackageIsARowWithItsCause(name: String, bytes: [UInt8]) throws {
    let tree = try Tree()
    try tree.write(bytes, to: "bad.ova")
    try tree.addArchive("good.ova")
    let summary = try tree.scan()
    #expect(!summary.isPartial && summary.problems.isEmpty)
    #expect(try tree.package("bad.ova")?.state == .broken)
    #expect(try tree.package("bad.ova")?.stateDetail?.isEmpty == false)
    #expect(
      try tree.package("bad.ova")?.toldFindings.map(\.rule)
        == [bytes.isEmpty ? "package-empty" : "archive-not-tar"])
    #expect(try tree.package("good.ova")?.state == .whole)
    let errors = try tree.store.read { try $0.errors(of: summary.scan) }
    #expect(errors.isEmpty)
    // It is known to be broken now: later scans do not read it.
    let later = try tree.scan()
    #expect(!later.isPartial && later.problems.isEmpty && later.counts.read == 0)
    #expect(later.health.states == [.whole: 1, .broken: 1])
    #expect(later.health.errors == 1)
    // New rules look at it again, and still find nothing new to say.
    let rejudged = try tree.scan { $0.rulesVersion = 7 }
    #expect(!rejudged.isPartial && rejudged.counts.rejudged == 2)
    // Another content is read.
    try tree.write([1] + bytes, to: "bad.ova")
    let changed = try tree.scan()
    #expect(!changed.isPartial && changed.counts.read == 1)
    #expect(try tree.package("bad.ova")?.findings.map(\.rule) == ["archive-not-tar"])
  }

  @Test func `a package that becomes broken has a new finding, and none that is repaired`() throws {
    let tree = try Tree()
    try tree.addArchive("a.ova")
    try tree.scan()
    let whole = try #require(try tree.package("a.ova"))
    try tree.write(Array("no archive".utf8), to: "a.ova")
    let broken = try tree.scan()
    #expect(try tree.package("a.ova")?.state == .broken)
    func changes(new: Bool) throws -> [String] {
      try tree.store.read {
        try $0.findingChanges(after: broken.scan - 1, upTo: broken.scan, new: new, limit: 10)
      }.map(\.rule)
    }
    #expect(try changes(new: true) == ["archive-not-tar"])
    #expect(try changes(new: false) == [])
    try tree.addArchive("a.ova")
    try tree.scan()
    let again = try #require(try tree.package("a.ova"))
    #expect(again.state == .whole && again.findings == whole.findings)
  }

  @Test func aFolderThatBecameALinkInTheRepositoryKeepsItsPackages() throws {
    let tree = try Tree()
    try tree.addArchive("f/a.ova")
    try tree.addArchive("b.ova")
    try tree.scan()
    try tree.move("f", to: "kept")
    try FileManager.default.createSymbolicLink(
      atPath: tree.path("f"), withDestinationPath: tree.path("kept"))
    let linked = try tree.scan()
    #expect(linked.gone.isEmpty)
    #expect(try tree.package("f/a.ova") != nil)
  }

  @Test func anArchiveThatEndsInsideItsDiskIsTruncated() throws {
    let tree = try Tree()
    let bytes = try Sample.archive(machine: "web")
    try tree.write(Array(bytes.prefix(bytes.count / 2)), to: "a.ova")
    let first = try tree.scan()
    #expect(!first.isPartial)
    let package = try #require(try tree.package("a.ova"))
    #expect(package.state == .truncated)
    let disk = try #require(package.files.first { $0.name == "web-disk1.vmdk" })
    let size = try Sample.files(machine: "web").first { $0.0 == "web-disk1.vmdk" }?.1.count ?? 0
    #expect(
      package.stateDetail
        == "the archive ends inside web-disk1.vmdk: \(disk.size) of \(size) bytes are there")
    // The size that is there, and no digest of half a disk.
    #expect(disk.size < Int64(size) && disk.digests.isEmpty)
    #expect(package.disks.first?.size == disk.size)
    let later = try tree.scan()
    #expect(!later.isPartial && later.counts.read == 0 && later.counts.hashed == 0)
    try tree.write(bytes, to: "a.ova")
    try tree.scan()
    #expect(try tree.package("a.ova")?.state == .whole)
  }

  @Test(arguments: ["a.ova.aria2", "a.ova.st", "a.ova.lftp-pget-status"])
  func aPackageThatADownloadToolStillWritesIsNotWhole(control: String) throws {
    let tree = try Tree()
    try tree.addArchive("a.ova")
    try tree.scan()
    try tree.write([1], to: control)
    try tree.scan()
    #expect(try tree.package("a.ova")?.state == .changing)
    #expect(try tree.package("a.ova")?.stateDetail?.contains("still being downloaded") == true)
    try tree.remove(control)
    try tree.scan()
    #expect(try tree.package("a.ova")?.state == .whole)
  }

  @Test func aLinkInAUsersFolderToAnotherUsersIsNotFollowed() throws {
    let tree = try Tree()
    try tree.addArchive("u1/images/mine.ova")
    try tree.addArchive("u2/images/theirs.ova", machine: "theirs")
    for (link, target) in [
      ("u1/images/file.ova", "../../u2/images/theirs.ova"), ("u1/images/folder", "../../u2/images"),
    ] {
      try FileManager.default.createSymbolicLink(
        atPath: tree.path(link), withDestinationPath: target)
    }
    let mapping = try RepositoryMapping(
      dataStore: "ds", root: tree.root, folder: "u1/images", isPublic: false, owner: "u1")
    var options = ScanOptions()
    options.settle = 0
    let summary = try RepositoryScan(
      store: tree.store, mappings: [mapping], options: options
    ).run()
    #expect(summary.added == ["[ds] u1/images/mine.ova"])
  }

  @Test func aRepositoryThatIsNotThereLosesNothing() throws {
    let tree = try Tree()
    try tree.addArchive("a.ova")
    try tree.scan()
    try FileManager.default.moveItem(atPath: tree.root, toPath: tree.root + "-unmounted")
    let summary = try tree.scan()
    #expect(summary.isPartial && summary.gone.isEmpty)
    #expect(try tree.package("a.ova") != nil)
  }

  @Test func linksAreFollowedOnlyInsideTheRepositoryAndLoopsEnd() throws {
    let tree = try Tree()
    try tree.addArchive("real/a.ova")
    let outside = try TemporaryFolder()
    try outside.write(try Sample.archive(machine: "x"), to: "out.ova")
    for (link, target) in [
      ("real/loop", tree.root), ("inside", "real"), ("out", outside.path), ("broken", "nowhere"),
    ] {
      try FileManager.default.createSymbolicLink(
        atPath: tree.path(link), withDestinationPath: target)
    }
    let summary = try tree.scan()
    #expect(summary.added == ["[ds] inside/a.ova", "[ds] real/a.ova"])
    #expect(
      Set(try tree.unownedFiles().map { "\($0.kind) \($0.path)" }).isSuperset(of: [
        "broken-link broken", "leads-out out", "loop real/loop",
      ]))
  }

  @Test func hiddenNamesLostAndFoundAndExcludedPathsAreLeftOut() throws {
    let tree = try Tree()
    for name in [
      ".hid/a.ova", ".b.ova", "lost+found/c.ova", "old/d.ova", "._e.ova", "f.ova",
      "#recycle/g.ova", "@eaDir/h.ova", "~snapshot/i.ova", "$Recycle.Bin/j.ova",
      "System Volume Information/k.ova", ".Trash-1000/l.ova", "#snapshot/m.ova",
    ] {
      try tree.addArchive(name)
    }
    #expect(try tree.scan { $0.excludes = ["old"] }.added == ["[ds] f.ova"])
  }

  @Test func aNameThatIsNoTextSurvives() throws {
    let tree = try Tree()
    let good = try tree.folder.write(try Sample.archive(machine: "web"), to: "x")
    try run(
      "python3",
      [
        "-c", "import os,sys; os.rename(sys.argv[1], os.fsencode(sys.argv[2]) + b'/a\\xe9.ova')",
        good, tree.root,
      ])
    #expect(try tree.scan().counts.added == 1)
    #expect(try tree.scan().counts.read == 0)
    let record = try tree.store.read { try $0.page(ImageQuery(scope: .all)).rows.first }
    #expect(record?.path.forDisplay == "[ds] a\\xE9.ova")
  }

  @Test func whileOneScanWorksAnotherSaysSo() throws {
    let tree = try Tree()
    let lock = try tree.store.lockForScan()
    #expect(lock != nil)
    let error = #expect(throws: IndexError.self) { try tree.scan() }
    #expect(error?.code == .busy)
  }

  @Test func strangersInAFolderAreKeptAsStrays() throws {
    let tree = try Tree()
    try tree.addFolder("f")
    try tree.addArchive("a.ova")
    try tree.write([1], to: "f/readme.txt")
    try tree.write([1], to: "g/orphan.vmdk")
    try tree.scan()
    #expect(try tree.unownedFiles().map(\.path) == ["f/readme.txt", "g/orphan.vmdk"])
    try tree.remove("g/orphan.vmdk")
    try tree.scan()
    #expect(try tree.unownedFiles().map(\.path) == ["f/readme.txt"])
  }

  @Test func aFileInAFolderBelowThatADescriptorReferencesIsNoStray() throws {
    let tree = try Tree()
    let files = Dictionary(uniqueKeysWithValues: try Sample.files(machine: "web"))
    let text = String(decoding: try #require(files["web.ovf"]), as: UTF8.self)
    try tree.write(
      Array(text.replacing("href=\"web", with: "href=\"disks/web").utf8), to: "p/web.ovf")
    try tree.write(try #require(files["web-disk1.vmdk"]), to: "p/disks/web-disk1.vmdk")
    #expect(try tree.scan().counts.unsettled == 0)
    #expect(try tree.unownedFiles() == [])
    #expect(try tree.scan().counts.read == 0)
  }
}
