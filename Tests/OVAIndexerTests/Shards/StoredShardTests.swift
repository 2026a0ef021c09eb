import Foundation
import OVABasics
import OVACatalog
import OVATestSupport
import Testing

@testable import OVAIndexer

/// Shards that are scanned into a catalog on a server make the catalog that one scan makes.
@Suite(.enabled(if: PostgreSQLServer.isThere, Comment(rawValue: PostgreSQLServer.needed)))
struct StoredShardTests {
  private let catalog: CatalogStore

  init() throws {
    catalog = try CatalogStore(path: try PostgreSQLServer.shared.get().newDatabase())
  }

  /// Scans one shard, and keeps it in the catalog.
  /// - Returns: what the scan did; nil where the catalog had the shard already.
  @discardableResult
  private func scan(
    _ number: Int, of count: Int, depth: Int = 1, run: String, _ tree: Tree,
    replaces: Bool = false, program: String = "1", _ change: (inout ScanOptions) -> Void = { _ in }
  ) throws -> ScanSummary? {
    var options = ScanOptions()
    options.settle = 0
    options.workers = 2
    change(&options)
    let shard = try #require(Shard(number: number, of: count, depth: depth))
    let store = try CatalogStore(path: tree.folder.path("\(UUID())"))
    let mapping = try tree.mapping()
    try store.learn(from: catalog, [mapping]) { shard.owns($0) }
    let scan = ShardScan(
      store: store, mappings: [mapping], options: options, shard: shard, run: run,
      program: program)
    var bytes: [UInt8] = []
    let summary = try scan.run { bytes += $0 }
    try store.close()
    var next: [UInt8]? = bytes
    let isNew = try catalog.store(
      StoredShard(
        run: run, number: number, count: count, startedOn: options.clock() / 1_000_000_000,
        repositories: scan.described, size: Int64(bytes.count)), replaces: replaces
    ) {
      defer { next = nil }
      return next
    }
    return isNew ? summary : nil
  }

  private func merge(_ run: String) throws -> ShardMerge.Result? {
    try ShardMerge(store: catalog, run: run).runIfComplete(patience: 1)
  }

  private func rows(_ sql: String) throws -> String {
    let name = catalog.location.dropFirst("postgresql:///".count).prefix { $0 != "?" }
    return try PostgreSQLServer.shared.get().command(sql, in: String(name)).text
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `shards in any order, some of them twice, make the catalog of one scan`(
    seed: UInt64
  ) throws {
    let tree = try Tree()
    var numbers = SeededNumbers(seed: seed)
    let (count, depth) = ([1, 2, 3, 7][Int(seed % 4)], Int(seed % 3) + 1)
    var names: [String] = []
    for round in 0..<4 {
      for _ in 0..<8 { try tree.change(&names, &numbers) }
      // A package that moves to another shard is read again: no shard knows the digests of others.
      let readsDigests = round != 1 || count > 1
      let one = try tree.scan { $0.computesDigests = readsDigests }
      var merged: ShardMerge.Result?
      let order = (0..<count).shuffled(using: &numbers)
      for number in order {
        func scan(again: Bool) throws {
          let summary = try self.scan(
            number, of: count, depth: depth, run: "run \(round)", tree
          ) { $0.computesDigests = readsDigests }
          #expect((summary == nil) == again)
        }
        try scan(again: false)
        if Int.random(in: 0..<3, using: &numbers) == 0 { try scan(again: true) }
        let result = try merge("run \(round)")
        #expect((result != nil) == (number == order.last))
        merged = merged ?? result
      }
      let result = try #require(merged)
      #expect(result.summary.scan == one.scan)
      let (a, b) = (
        try tree.store.everything(of: one.scan), try catalog.everything(of: one.scan)
      )
      for (a, b) in zip(a, b) where a != b { Issue.record("round \(round): \(a)\n\(b)") }
      #expect(a.count == b.count)
      #expect(result.summary.isPartial == one.isPartial)
      #expect(result.summary.health == one.health)
      #expect(
        result.summary.counts.hashed == one.counts.hashed
          || count > 1 && result.summary.counts.hashed > one.counts.hashed)
      // It is taken in once, and its bytes are gone then.
      #expect(try merge("run \(round)") == nil)
      #expect(try rows("SELECT count(*) FROM shard_pieces") == "0\n")
      #expect(
        try catalog.shards(of: "run \(round)").map(\.isMerged)
          == Array(repeating: true, count: count))
      // Of the run before nothing is kept.
      #expect(try rows("SELECT count(DISTINCT run) FROM shards") == "1\n")
    }
  }

  @Test func `what the catalog knows is not read again`() throws {
    let tree = try Tree()
    for name in ["a", "b", "c", "d"] { try tree.addArchive("\(name)/\(name).ova") }
    for run in ["1", "2"] {
      let read = try (0..<2).map { number in
        let summary = try #require(try scan(number, of: 2, run: run, tree))
        return summary.counts.read + summary.counts.hashed
      }
      #expect(read.reduce(0, +) == (run == "1" ? 8 : 0))
      #expect(try merge(run) != nil)
    }
    // Another number of shards knows it as well.
    for number in 0..<3 {
      #expect(try scan(number, of: 3, run: "3", tree)?.counts.read == 0)
    }
  }

  @Test func `packages are gone when all shards are there, and not before`() throws {
    let tree = try Tree()
    for name in ["a", "b", "c", "d", "e"] { try tree.addArchive("\(name)/\(name).ova") }
    for number in 0..<3 { try scan(number, of: 3, run: "1", tree) }
    #expect(try merge("1")?.summary.counts.added == 5)
    try tree.remove("a/a.ova")
    func total() throws -> Int { try catalog.read { try $0.total(of: ImageQuery(scope: .all)) } }
    for number in 0..<2 {
      try scan(number, of: 3, run: "2", tree)
      #expect(try merge("2") == nil)
      #expect(try total() == 5)
    }
    // Who does not want to wait takes in what is there; nothing is gone, and the parts stay.
    var options = ShardMerge.Options()
    let missing = #expect(throws: ShardError.self) {
      try ShardMerge(store: catalog, run: "2", options: options).run()
    }
    #expect(missing?.code == .missing)
    #expect(missing?.reason == "shard 2 of 3 is missing from run '2'")
    options.allowsMissing = true
    let partial = try ShardMerge(store: catalog, run: "2", options: options).run()
    #expect(partial.missing == [2] && partial.summary.isPartial)
    #expect(try total() == 5)
    try scan(2, of: 3, run: "2", tree)
    #expect(try merge("2")?.summary.counts.gone == 1)
    #expect(try total() == 4)
  }

  @Test func `a part that another attempt replaces while it is read is read again`() throws {
    let tree = try Tree()
    try tree.addArchive("a/a.ova")
    try scan(0, of: 1, run: "1", tree)
    let before = try #require(try catalog.shards(of: "1").first)
    #expect(try scan(0, of: 1, run: "1", tree) == nil)
    #expect(try scan(0, of: 1, run: "1", tree, replaces: true) != nil)
    let error = #expect(throws: ShardError.self) { try ShardReader(.stored(before, catalog)) }
    #expect(error?.code == .unreadable && error?.code.mayPass == true)
    #expect(error?.reason == "another attempt replaced it meanwhile")
    #expect(try merge("1") != nil)
    // What is in the catalog is not replaced any more.
    #expect(try scan(0, of: 1, run: "1", tree, replaces: true) == nil)
  }

  @Test func `parts of different versions are refused, and scanned again`() throws {
    let tree = try Tree()
    for name in ["a", "b", "c", "d", "e"] { try tree.addArchive("\(name)/\(name).ova") }
    try scan(0, of: 2, run: "1", tree)
    try scan(1, of: 2, run: "1", tree, program: "2")
    let error = #expect(throws: ShardError.self) { try merge("1") }
    #expect(error?.code == .mixed && error?.code.mayPass == false)
    try scan(1, of: 2, run: "1", tree, replaces: true)
    #expect(try merge("1")?.summary.counts.added == 5)
  }

  @Test func `a merge waits for a scan, and then says so`() throws {
    let tree = try Tree()
    try tree.addArchive("a/a.ova")
    try scan(0, of: 1, run: "1", tree)
    let lock = try #require(try catalog.lockForScan())
    let error = #expect(throws: IndexError.self) { try merge("1") }
    #expect(error?.code == .busy)
    withExtendedLifetime(lock) {}
  }

  @Test func `a part whose bytes end too early leaves nothing behind`() throws {
    struct Broken: Error {}
    let shard = StoredShard(
      run: "1", number: 0, count: 1, startedOn: 1, repositories: "", size: 3 << 20)
    var pieces = 0
    #expect(throws: CatalogError.self) {
      try catalog.store(shard, replaces: false) {
        pieces += 1
        guard pieces < 3 else { throw Broken() }
        return Array(repeating: 1, count: 1 << 20)
      }
    }
    #expect(try catalog.shards(of: "1").isEmpty)
    #expect(try rows("SELECT count(*) FROM shard_pieces") == "0\n")
  }
}
