import Foundation
import OVABasics
import OVACatalog
import OVARules
import OVATestSupport
import Testing

@testable import OVAIndexer

/// Shards in any order, joined, make the catalog that one scan makes.
struct ShardMergeTests {
  /// `scripts/test-shards` asks for hundreds.
  private static let seeds: ClosedRange<UInt64> =
    1...(ProcessInfo.processInfo.environment["OVA_SEEDS"].flatMap(UInt64.init) ?? 8)

  @Test(arguments: seeds)
  func shardsMakeTheCatalogOfOneScan(seed: UInt64) throws {
    let tree = try Tree()
    var numbers = SeededNumbers(seed: seed)
    let runs = ShardRuns(
      tree, count: [1, 2, 3, 7][Int(seed % 4)], depth: Int(seed % 3) + 1,
      keepsDatabases: seed % 2 == 0)
    let merged = try CatalogStore(path: tree.folder.path("merged.sqlite"))
    var names: [String] = []
    for round in 0..<5 {
      for _ in 0..<8 { try tree.change(&names, &numbers) }
      try addOddities(to: tree, &numbers)
      // What keeps no database knows no digests of before, and no shard those of a package that
      // moves to it from another one.
      let readsDigests = round != 1 || !runs.keepsDatabases || runs.count > 1
      let scan = try tree.scan { $0.computesDigests = readsDigests }
      try runs.scanAll(&numbers) { $0.computesDigests = readsDigests }
      let result = try runs.merge(runs.files.shuffled(using: &numbers), into: merged)
      let (one, all) = (
        try tree.store.everything(of: scan.scan), try merged.everything(of: scan.scan)
      )
      try #require(result.summary.scan == scan.scan)
      for (a, b) in zip(one, all) where a != b {
        Issue.record("round \(round): \(a.difference(from: b))")
      }
      #expect(one.count == all.count)
      #expect(result.summary.isPartial == scan.isPartial)
      #expect(result.summary.counts.packages == scan.counts.packages)
      #expect(result.summary.counts.files == scan.counts.files)
      #expect(result.summary.health == scan.health)
      #expect(result.missing.isEmpty && result.shards == runs.count)
    }
    // Nothing is new the second time.
    let again = try runs.merge(into: merged).summary
    #expect(again.counts.read == 0 && again.added.isEmpty && again.gone.isEmpty)
  }

  /// Names that sort around the slash or are no UTF-8, and a descriptor whose disk lies in a folder
  /// of another shard.
  private func addOddities(to tree: Tree, _ numbers: inout SeededNumbers) throws {
    let machine = "o\(Int.random(in: 0..<100, using: &numbers))"
    let folder =
      ["0-b", "0 b", "0.b", "0/é", "0/e\u{301}", "π/a\\x41", "q/r/s/t"]
      .randomElement(using: &numbers) ?? "0-b"
    try tree.addArchive("\(folder)/odd.ova", machine: machine)
    switch Int.random(in: 0..<5, using: &numbers) {
    case 0: try tree.addFolder(".", machine: machine, disksIn: "1/")
    case 1: try tree.addFolder("q", machine: machine, disksIn: "r/")
    case 2: try? tree.remove("web.ovf")
    case 3:
      try run(
        "bash", ["-c", "mkdir -p $'x\\xff' && cp '\(folder)/odd.ova' $'x\\xff/\\xe9.ova'"],
        in: tree.root)
    default:
      try run("ln", ["-f", "\(folder)/odd.ova", "hard.ova"], in: tree.root)
    }
  }

  @Test func aPackageThatMovesToAnotherShardIsTheRenamedOne() throws {
    let tree = try Tree()
    for name in ["a", "b", "c", "d", "e", "f"] { try tree.addArchive("\(name)/\(name).ova") }
    let runs = ShardRuns(tree, count: 3)
    let shard = try #require(Shard(number: 0, of: 3))
    let other = try #require(
      ["b", "c", "d", "e", "f"].first { shard.owner(of: $0) != shard.owner(of: "a") })
    for number in 0..<3 { try runs.scan(number) }
    try runs.merge(into: tree.store)
    try tree.move("a/a.ova", to: "\(other)/moved.ova")
    for number in 0..<3 { try runs.scan(number, run: "2") }
    let summary = try runs.merge(into: tree.store).summary
    #expect(
      summary.renamed == [ScanSummary.Rename(from: "[ds] a/a.ova", to: "[ds] \(other)/moved.ova")])
    #expect(summary.gone.isEmpty && summary.added.isEmpty)
  }

  @Test func `a package that moves to another shard in a run without digests keeps its digests`()
    throws
  {
    let tree = try Tree()
    for name in ["a", "b", "c", "d", "e", "f"] { try tree.addArchive("\(name)/\(name).ova") }
    try tree.scan()
    let before = try #require(try tree.package("a/a.ova")).files
    let shard = try #require(Shard(number: 0, of: 3))
    let other = try #require(
      ["b", "c", "d", "e", "f"].first { shard.owner(of: $0) != shard.owner(of: "a") })
    try tree.move("a/a.ova", to: "\(other)/moved.ova")
    let runs = ShardRuns(tree, count: 3)
    for number in 0..<3 { try runs.scan(number) { $0.computesDigests = false } }
    try runs.merge(into: tree.store)
    func digests(_ files: [FileRow]) -> [[String: String]] {
      files.filter(\.isMember).map(\.digests)
    }
    #expect(digests(before).contains { !$0.isEmpty })
    let moved = try #require(try tree.package("\(other)/moved.ova")).files
    #expect(digests(moved) == digests(before))
    // What is said of it rests on no digest yet: the next scan reads it, and finds the same.
    #expect(try tree.scan().counts.hashed == 1)
    #expect(digests(try #require(try tree.package("\(other)/moved.ova")).files) == digests(before))
  }

  @Test func aRunWithoutDigestsLeavesThoseThatTheCatalogHas() throws {
    let tree = try Tree()
    try tree.addArchive("a/p.ova")
    try tree.scan()
    let before = try tree.package("a/p.ova")
    let runs = ShardRuns(tree, count: 1)
    try runs.scan(0) { $0.computesDigests = false }
    #expect(try runs.merge(into: tree.store).summary.counts.read == 0)
    #expect(try tree.package("a/p.ova") == before)
    try tree.addArchive("a/p.ova", machine: "other")
    try runs.scan(0) { $0.computesDigests = false }
    #expect(try runs.merge(into: tree.store).summary.changed == ["[ds] a/p.ova"])
    #expect(try tree.scan().counts.hashed == 1)
  }

  @Test func `a package that is missing and not gone is looked for again by the next scan`() throws
  {
    let tree = try Tree()
    for number in 0..<4 { try tree.addArchive("f/\(number).ova") }
    try tree.scan()
    try tree.remove("f/0.ova")
    let runs = ShardRuns(tree, count: 2)
    let owner = try #require(Shard(number: 0, of: 2)).owner(of: "f")
    try runs.scan(owner)
    let partial = try runs.merge([runs.file(owner)], into: tree.store) { $0.allowsMissing = true }
    #expect(partial.summary.gone.isEmpty)
    #expect(try tree.scan().gone == ["[ds] f/0.ova"])
  }

  @Test func missingShardsAreNamedAndNothingIsGoneWithoutThem() throws {
    let tree = try Tree()
    for number in 0..<12 { try tree.addArchive("f\(number)/p.ova") }
    let runs = ShardRuns(tree, count: 5)
    try tree.scan()
    let before = try tree.store.wholeContent().count
    for number in 0..<5 { try runs.scan(number) }
    for number in 0..<12 { try tree.remove("f\(number)") }
    try tree.addArchive("f0/new.ova")
    let owner = try #require(Shard(number: 0, of: 5)).owner(of: "f0")
    for number in [owner] { try runs.scan(number, run: "2") }
    let error = #expect(throws: ShardError.self) {
      try runs.merge([runs.file(owner)], into: tree.store)
    }
    let missing = (0..<5).filter { $0 != owner }
    #expect(error?.code == .missing && error?.code.mayPass == true)
    #expect(error?.reason == "\(ShardSet.text(missing)) of 5 are missing from run '2'")
    let result = try runs.merge([runs.file(owner)], into: tree.store) { $0.allowsMissing = true }
    #expect(result.missing == missing && result.summary.isPartial)
    #expect(result.summary.added == ["[ds] f0/new.ova"] && result.summary.gone.isEmpty)
    #expect(try tree.store.wholeContent().count == before + 1)
    for number in 0..<5 where number != owner { try runs.scan(number, run: "2") }
    let whole = try runs.merge(into: tree.store) { $0.acceptsRemovals = true }
    #expect(whole.summary.gone.count == 12 && !whole.summary.isPartial)
  }

  @Test func `what looks like a mount that is away is believed only when that is said`() throws {
    let tree = try Tree()
    for number in 0..<9 { try tree.addArchive("f\(number)/p.ova") }
    try tree.scan()
    for number in 0..<9 { try tree.remove("f\(number)") }
    let runs = ShardRuns(tree, count: 3)
    for number in 0..<3 { try runs.scan(number) }
    let refused = try runs.merge(into: tree.store).summary
    #expect(refused.isPartial && refused.gone.isEmpty)
    #expect(refused.problems.first?.reason.hasPrefix("the folder is empty") == true)
    #expect(try runs.merge(into: tree.store) { $0.acceptsRemovals = true }.summary.gone.count == 9)
  }

  @Test func `files that are not of one run are refused and nothing is stored`() throws {
    let tree = try Tree()
    for number in 0..<6 { try tree.addArchive("f\(number)/p.ova") }
    let runs = ShardRuns(tree, count: 2)
    try runs.scan(0)
    func refusal(_ prepare: () throws -> Void) throws -> ShardError? {
      try prepare()
      return #expect(throws: ShardError.self) { try runs.merge(into: tree.store) }
    }
    func replace(_ old: String, _ new: String) throws {
      try runs.scan(1)
      let text = try String(contentsOfFile: runs.file(1), encoding: .utf8)
      try seal(text.replacing(old, with: new), to: runs.file(1))
    }
    let run = try refusal { try runs.scan(1, run: "other") }
    #expect(
      run?.reason == "it is of run 'other', not of run 'run', unlike '\(runs.file(0))'"
        && run?.code == .mixed && run?.place.file == runs.file(1))
    let excludes = try refusal { try runs.scan(1) { $0.excludes = ["*.x"] } }
    #expect(excludes?.reason.hasPrefix("its repositories, or the patterns") == true)
    let targets = try refusal { try runs.scan(1) { $0.targets = ["proxmox"] } }
    #expect(targets?.reason.hasPrefix("its packages are judged for other targets") == true)
    let rules = try refusal { try runs.scan(1) { $0.rulesVersion = 7 } }
    #expect(rules?.reason.hasPrefix("its packages are judged by other rules") == true)
    let digests = try refusal { try runs.scan(1) { $0.computesDigests = false } }
    #expect(digests?.reason.hasPrefix("one of them is without digests") == true)
    let program = try refusal { try replace("\"program\":\"1\"", "\"program\":\"2\"") }
    #expect(program?.reason.hasPrefix("version 2 wrote it, not 1") == true)
    let depth = try refusal { try replace("\"depth\":1", "\"depth\":2") }
    #expect(depth?.code == .mixed || depth?.code == .damaged)
    let inode = try #require(
      try tree.store.read { _ in
        try? FileManager.default.attributesOfItem(atPath: tree.root)[.systemFileNumber] as? Int
      })
    let folder = try refusal { try replace("\"inode\":\(inode)}", "\"inode\":1}") }
    #expect(
      folder?.reason.contains("its file system was not mounted") == true, "\(folder?.reason ?? "")")
    try runs.scan(1)
    try FileManager.default.copyItem(atPath: runs.file(1), toPath: tree.folder.path("copy"))
    try runs.merge(runs.files + [tree.folder.path("copy")], into: tree.store)
    try runs.scan(1) { $0.clock = { 86_400_000_000_000 } }
    let twice = #expect(throws: ShardError.self) {
      try runs.merge(runs.files + [tree.folder.path("copy")], into: tree.store)
    }
    #expect(
      twice?.code == .mixed && twice?.reason.hasPrefix("it is another result of shard 1") == true)
  }

  @Test func `an older run, other targets and the database of a shard are refused`() throws {
    let tree = try Tree()
    try tree.addArchive("a/p.ova")
    let runs = ShardRuns(tree, count: 1)
    try runs.scan(0) { $0.clock = { 1_000_000_000_000_000_000 } }
    try tree.scan { $0.targets = ["proxmox"] }
    let older = #expect(throws: ShardError.self) { try runs.merge(into: tree.store) }
    #expect(older?.code == .otherTargets)
    #expect(older?.fix == "scan the shards with --target proxmox")
    try runs.scan(0) {
      $0.clock = { 1_000_000_000_000_000_000 }
      $0.targets = ["proxmox"]
    }
    let outdated = #expect(throws: ShardError.self) { try runs.merge(into: tree.store) }
    #expect(outdated?.code == .outdated)
    let kept = ShardRuns(tree, count: 1, keepsDatabases: true)
    try kept.scan(0)
    let own = try CatalogStore(path: tree.folder.path("shard-0.sqlite"))
    let database = #expect(throws: ShardError.self) { try kept.merge(into: own) }
    #expect(database?.code == .wrongDatabase)
    let shard = try #require(Shard(number: 0, of: 2))
    let catalog = #expect(throws: ShardError.self) {
      try ShardScan(
        store: tree.store, mappings: [try tree.mapping()], options: ScanOptions(), shard: shard,
        run: "x", program: "1"
      ).run { _ in }
    }
    #expect(catalog?.code == .wrongDatabase)
    #expect(try tree.store.read { try !$0.isOfShard() })
  }

  @Test func `bytes that are others, and nothing else of the file, are a problem of the storage`()
    throws
  {
    let tree = try Tree()
    try tree.addFolder("a")
    try tree.scan()
    let before = try #require(try tree.package("a/web.ovf"))
    let path = tree.path("a/web-disk1.vmdk")
    try run("touch", ["-r", path, tree.folder.path("reference")])
    let handle = try #require(FileHandle(forUpdatingAtPath: path))
    try handle.seek(toOffset: 65_000)
    try handle.write(contentsOf: [0xAA])
    try handle.close()
    try run("touch", ["-r", tree.folder.path("reference"), path])
    let runs = ShardRuns(tree, count: 1)
    try runs.scan(0)
    let summary = try runs.merge(into: tree.store).summary
    #expect(
      summary.problems == [
        ScanSummary.Problem(
          path: "[ds] a/web.ovf", reason: DigestTask.decayed("web-disk1.vmdk"))
      ])
    #expect(summary.isPartial && summary.changed.isEmpty)
    let after = try #require(try tree.package("a/web.ovf"))
    #expect(after.files.map(\.digests) == before.files.map(\.digests))
  }

  @Test func `a file system that another machine numbers otherwise is the same one`() throws {
    let tree = try Tree()
    for number in 0..<8 { try tree.addArchive("f\(number)/p.ova") }
    try tree.write([1, 2], to: "f1/left.vmdk")
    let runs = ShardRuns(tree, count: 2)
    for number in 0..<2 { try runs.scan(number) }
    let one = try CatalogStore(path: tree.folder.path("one.sqlite"))
    let scan = try runs.merge(into: one).summary.scan
    let attributes = try FileManager.default.attributesOfItem(atPath: tree.root)
    let device = try #require(attributes[.systemNumber] as? Int)
    let text = try String(contentsOfFile: runs.file(1), encoding: .utf8)
      .replacing("\"device\":\(device)", with: "\"device\":77")
      .replacing("\"file:\(device):", with: "\"file:77:")
    try seal(text, to: runs.file(1))
    try runs.merge(into: tree.store)
    #expect(try tree.store.everything(of: scan) == one.everything(of: scan))
  }
}

/// Writes lines as a shard's file whose closing line has the right digest.
func seal(_ text: String, to path: String) throws {
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
  let body = lines.dropLast().map { $0 + "\n" }.joined()
  let result = try run("sha256sum", [], input: Array(body.utf8))
  let digest = String(result.text.prefix(64))
  let end = (lines.last ?? "").replacing(/"sha256":"[0-9a-f]*"/, with: "\"sha256\":\"\(digest)\"")
  try (body + end + "\n").write(toFile: path, atomically: true, encoding: .utf8)
}

extension String {
  /// The first place at which it differs from another, with what stands around it.
  fileprivate func difference(from other: String) -> String {
    let same = zip(unicodeScalars, other.unicodeScalars).prefix { $0 == $1 }.count
    func around(_ text: String) -> String {
      let tail = text.unicodeScalars.dropFirst(max(0, same - 80)).prefix(200)
      return String(text.unicodeScalars.prefix(100)) + " … "
        + String(String.UnicodeScalarView(tail))
    }
    return "\n  \(around(self))\n  \(around(other))"
  }
}
