import Foundation
import OVABasics
import OVAByteSource
import OVACatalog
import OVAReport
import OVASandbox
import OVATestSupport
import Testing

@testable import OVAIndexer

/// Scans of repositories that lie elsewhere than in folders of this machine.
struct ListedScanTests {
  private let tree: Tree
  private let listed: ListedTree

  init() throws {
    tree = try Tree()
    listed = ListedTree(tree.root)
    try tree.addArchive("b/web.ova")
    try tree.addArchive("a.ova")
    try tree.addFolder("db")
    try tree.addFolder("deep/er", disksIn: "disks/")
    try tree.addFolder("missing")
    try tree.remove("missing/web-disk1.vmdk")
    try tree.write(Array("no archive".utf8), to: "b/bad.ova")
    try tree.write([1, 2, 3], to: "b/left.vmdk")
    try tree.write([1], to: "b/.hidden.ova")
    try tree.addArchive(".folder/hidden.ova")
  }

  /// All that is known of packages but what only a file system tells.
  private func content(_ store: CatalogStore) throws -> [String] {
    var result: [String] = []
    try store.read { reader in
      for record in try reader.page(ImageQuery(scope: .all)).rows {
        guard var package = try reader.package(id: record.id, scope: .all) else { continue }
        package.record.createdOn = 0
        package.needs = []
        for index in package.files.indices {
          package.files[index].changed = 0
          package.files[index].inode = 0
          package.files[index].device = nil
          package.files[index].allocated = nil
        }
        result.append("\(package)")
      }
    }
    return result
  }

  @Test(arguments: [false, true])
  func `a tree elsewhere gives the catalog that its folder gives`(_ isConfined: Bool) throws {
    let program = isConfined ? WorkerProgram(path: Self.ova) : nil
    let here = try CatalogStore(path: tree.folder.path("here.sqlite"))
    try tree.scan(into: here)
    let summary = try tree.scan(listed) { $0.sandbox = program }
    #expect(summary.problems == [])
    let (there, expected) = (try content(tree.store), try content(here))
    #expect(there.count == 6)
    for (own, other) in zip(there, expected) { #expect(own == other) }
    let problem = try tree.package("b/bad.ova")
    #expect(problem?.state == .broken)
  }

  private static let ova = URL(fileURLWithPath: CommandLine.arguments[0])
    .deletingLastPathComponent().appendingPathComponent("ova").path

  @Test func `what did not change is not read again, and what did alone`() throws {
    // What waits for a file is read by each scan, as in a folder.
    try tree.remove("missing")
    try tree.scan(listed)
    listed[\.read] = []
    let quiet = try tree.scan(listed)
    #expect(listed[\.read] == [])
    #expect(quiet.counts.read == 0 && quiet.counts.hashed == 0 && quiet.counts.packages == 5)
    #expect(listed[\.listings] == 2)
    try tree.addArchive("b/web.ova", machine: "other")
    try tree.write(Array("SHA256(web.ovf)= 00\n".utf8), to: "db/web.mf")
    #expect(try tree.scan(listed).changed == ["[ds] b/web.ova", "[ds] db/web.ovf"])
    #expect(listed[\.read] == ["b/web.ova", "db/web.ovf", "db/web.mf", "db/web-disk1.vmdk"])
  }

  @Test func `content that changed under the same size and time is told as changed`() throws {
    try tree.scan(listed)
    let facts = try FileFacts.of(path: tree.path("b/web.ova"))
    try tree.addArchive("b/new.ova", machine: "xyz")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: Double(facts.modified / 1_000_000_000))],
      ofItemAtPath: tree.path("b/new.ova"))
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: Double(facts.modified / 1_000_000_000))],
      ofItemAtPath: tree.path("b/web.ova"))
    try tree.scan(listed)
    try tree.remove("b/web.ova")
    try tree.move("b/new.ova", to: "b/web.ova")
    let now = try FileFacts.of(path: tree.path("b/web.ova"))
    #expect(now.size == facts.size)
    #expect(try tree.scan(listed).changed == ["[ds] b/web.ova"])
  }

  @Test func `a list that breaks off says nothing of what is missing`() throws {
    try tree.scan(listed)
    let before = try content(tree.store)
    for count in 0..<8 {
      listed[\.breaksAfter] = count
      let summary = try tree.scan(listed)
      #expect(summary.isPartial)
      #expect(summary.gone.isEmpty && summary.changed.isEmpty)
      #expect(
        summary.problems.map(\.reason) == ["the server does not answer"])
      #expect(try content(tree.store) == before)
    }
    listed[\.breaksAfter] = nil
    #expect(try !tree.scan(listed).isPartial)
  }

  @Test func `a folder that may not be listed keeps its packages, and others go`() throws {
    try tree.scan(listed)
    listed[\.unlisted] = ["b"]
    try tree.remove("b/web.ova")
    try tree.remove("a.ova")
    let summary = try tree.scan(listed)
    #expect(summary.gone == ["[ds] a.ova"])
    #expect(
      summary.problems == [.init(path: "[ds] b", reason: "it may not be listed")])
    #expect(try tree.package("b/web.ova")?.state == .whole)
  }

  @Test func `an empty list is no proof that everything is gone`() throws {
    try tree.scan(listed)
    for name in ["b", "a.ova", "db", "deep", "missing", ".folder"] { try tree.remove(name) }
    let summary = try tree.scan(listed)
    #expect(summary.gone.isEmpty)
    #expect(summary.problems.first?.reason.hasPrefix("the folder is empty") == true)
    #expect(try tree.scan(listed) { $0.removals = .accepted }.counts.gone == 6)
  }

  @Test(arguments: [
    ByteSourceFailure.inputOutput, .permissionDenied, .notFound, .changed, .notAFile,
  ])
  func `a file that cannot be read is told of, and the others are read`(
    _ code: ByteSourceFailure
  ) throws {
    listed[\.failures] = ["b/web.ova": code, "db/web-disk1.vmdk": code]
    let first = try tree.scan(listed)
    #expect(first.isPartial)
    #expect(first.problems.count == 2, "\(first.problems)")
    #expect(try tree.package("a.ova")?.state == .whole)
    // Once it can be read it is as it would have been.
    listed[\.failures] = [:]
    let second = try tree.scan(listed)
    #expect(second.problems == [])
    #expect(try tree.package("b/web.ova")?.state == .whole)
    #expect(try tree.package("db/web.ovf")?.state == .whole)
    // And stays so when it cannot be read again.
    try tree.addArchive("b/web.ova", machine: "other")
    listed[\.failures] = ["b/web.ova": code]
    let third = try tree.scan(listed)
    #expect(third.isPartial && third.gone.isEmpty)
    // Then what was known of it stays.
    let kept = try tree.package("b/web.ova")
    #expect(kept?.state == .unreadable && kept?.disks.isEmpty == false)
    listed[\.failures] = [:]
    #expect(try tree.scan(listed).problems == [])
    #expect(try tree.package("b/web.ova")?.state == .whole)
  }

  @Test func `keys that no file system has are packages of their own`() throws {
    try tree.remove("missing")
    listed[\.keys] = [
      "b//web.ova": "b/web.ova", "/top.ova": "a.ova", "c/": "a.ova", "b/w\\x.ova": "a.ova",
    ]
    let summary = try tree.scan(listed)
    #expect(summary.problems == [])
    #expect(summary.added.contains("[ds] b//web.ova"))
    #expect(summary.added.contains("[ds] b/web.ova"))
    #expect(summary.added.contains("[ds] /top.ova"))
    let again = try tree.scan(listed)
    #expect(again.counts.read == 0 && again.counts.added == 0 && again.counts.gone == 0)
    listed[\.keys] = [:]
    #expect(
      try tree.scan(listed).gone == ["[ds] /top.ova", "[ds] b//web.ova", "[ds] b/w\\x.ova"])
  }

  @Test func `a tree that is away becomes no repository, and stays one`() throws {
    listed[\.isAway] = true
    let error = #expect(throws: IndexError.self) { try tree.scan(listed) }
    #expect(error?.code == .notOpened)
    #expect(error?.reason == "the server does not answer")
    #expect(try tree.store.read { try $0.repositories().isEmpty })
    listed[\.isAway] = false
    try tree.scan(listed)
    listed[\.isAway] = true
    let summary = try tree.scan(listed)
    #expect(summary.isPartial && summary.gone.isEmpty)
    #expect(summary.problems.map(\.path) == ["s3://bucket"])
  }

  @Test func `nothing of it is advised to be deleted`() throws {
    try tree.addArchive("copy.ova")
    try tree.scan(listed)
    let findings = try RepositoryAudit(store: tree.store).findings()
    #expect(findings.contains { $0.kind == .duplicate })
    #expect(findings.allSatisfy { $0.kind != .orphan && $0.kind != .leftover })
    #expect(findings.allSatisfy { !$0.message.contains("hard link") && !$0.fix.contains("hard") })
    #expect(findings.allSatisfy { $0.reclaimable == 0 })
  }

  @Test func `shards of a tree elsewhere give what one scan gives`() throws {
    let whole = try CatalogStore(path: tree.folder.path("whole.sqlite"))
    // A descriptor whose disk another shard lists.
    try tree.addFolder("", disksIn: "disks/")
    try tree.scan(listed, into: whole)
    for count in [2, 5] {
      var files: [String] = []
      for number in 0..<count {
        var options = ScanOptions()
        options.settle = 0
        options.trees = { [listed] _ throws(ByteSourceError) in listed }
        let store = try CatalogStore(path: tree.folder.path("s\(number)of\(count).sqlite"))
        var bytes: [UInt8] = []
        _ = try ShardScan(
          store: store, mappings: [try tree.elsewhere()], options: options,
          shard: try #require(Shard(number: number, of: count)), run: "run", program: "1"
        ).run { bytes += $0 }
        files.append(tree.folder.path("s\(number)of\(count).ndjson"))
        try Data(bytes).write(to: URL(fileURLWithPath: files[number]))
      }
      let merged = try CatalogStore(path: tree.folder.path("merged\(count).sqlite"))
      let result = try ShardMerge(store: merged, files: files).run()
      #expect(result.missing == [])
      #expect(try merged.wholeContent() == whole.wholeContent())
    }
    #expect(listed[\.asked].allSatisfy { $0.hasPrefix("disks/") })
    #expect(!listed[\.asked].isEmpty)
  }
}
