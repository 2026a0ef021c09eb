import Foundation
import OVABasics
import OVACatalog
import OVATestSupport
import Testing

@testable import OVAIndexer

/// Runs of shards over the tree of a test.
final class ShardRuns {
  let tree: Tree
  let count: Int
  let depth: Int
  /// True if the shards' databases stay from run to run.
  let keepsDatabases: Bool
  private var runs = 0

  init(_ tree: Tree, count: Int, depth: Int = 1, keepsDatabases: Bool = false) {
    self.tree = tree
    self.count = count
    self.depth = depth
    self.keepsDatabases = keepsDatabases
  }

  func file(_ number: Int) -> String { tree.folder.path("shard-\(number).ndjson") }

  var files: [String] { (0..<count).map(file) }

  /// Scans one shard into its file.
  @discardableResult
  func scan(
    _ number: Int, run: String = "run", _ change: (inout ScanOptions) -> Void = { _ in }
  ) throws -> ScanSummary {
    var options = ScanOptions()
    options.settle = 0
    options.workers = 2
    change(&options)
    let shard = try #require(Shard(number: number, of: count, depth: depth))
    let database =
      keepsDatabases ? tree.folder.path("shard-\(number).sqlite") : tree.folder.path("\(UUID())")
    let store = try CatalogStore(path: database)
    var bytes: [UInt8] = []
    let summary = try ShardScan(
      store: store, mappings: [try tree.mapping()], options: options, shard: shard, run: run,
      program: "1"
    ).run { bytes += $0 }
    try store.close()
    try Data(bytes).write(to: URL(fileURLWithPath: file(number)))
    return summary
  }

  /// Scans all shards in an order of chance, some of them twice.
  func scanAll(
    _ numbers: inout SeededNumbers, _ change: (inout ScanOptions) -> Void = { _ in }
  ) throws {
    runs += 1
    for number in (0..<count).shuffled(using: &numbers) {
      try scan(number, run: "run \(runs)", change)
      if Int.random(in: 0..<4, using: &numbers) == 0 {
        try scan(number, run: "run \(runs)", change)
      }
    }
  }

  @discardableResult
  func merge(
    _ files: [String]? = nil, into store: CatalogStore,
    _ change: (inout ShardMerge.Options) -> Void = { _ in }
  ) throws -> ShardMerge.Result {
    var options = ShardMerge.Options()
    change(&options)
    return try ShardMerge(store: store, files: files ?? self.files, options: options).run()
  }
}

extension CatalogStore {
  /// All that a catalog says, with ids, positions and times of packages, and what a scan changed.
  func everything(of scan: Int64) throws -> [String] {
    var result: [String] = []
    try read { reader in
      for record in try reader.page(ImageQuery(scope: .all)).rows {
        let package = try reader.package(id: record.id, scope: .all)
        let (needs, isUnhashed) = (
          try reader.needs(of: record.id), try reader.isUnhashed(record.id)
        )
        result.append("\(record) \(package.debugDescription) \(needs) \(isUnhashed)")
      }
      for row in try reader.repositoryRows() {
        result.append("\(row.mapping) \(row.packages) \(try reader.sight(of: row.id))")
        result.append("whole \(try reader.wasSeenWhole(row.id))")
        for folder in try reader.folders(repository: row.id, after: nil, notOf: -1, limit: 10_000) {
          // How soon a folder settles that a package was moved from is a matter of time.
          result.append("\(folder.path) \(folder.rulesVersion ?? 0)")
        }
        try reader.forEachUnownedFile(repository: row.id) { result.append("\($0)") }
      }
      result += try reader.changes(of: scan).map { "\($0)" }
      for new in [true, false] {
        result += try reader.findingChanges(after: scan - 1, upTo: scan, new: new, limit: 10_000)
          .map { "\($0)" }
      }
      result += try reader.errors(of: scan).map { "\($0)" }.sorted()
    }
    return result
  }
}
