import Foundation
import OVABasics
import OVAByteSource
public import OVACatalog
import Synchronization

/// The state of a repository that a scan walked to its end.
struct RepositorySighting: Sendable {
  let repository: ScannedRepository
  let scan: Int64
  let rulesVersion: Int
  let targets: [String]
  let sight: RepositorySight
  /// True if nothing at all lies in the walked folder.
  let isEmpty: Bool
  /// The files and folders that could not be read.
  let unread: [RepositoryWalk.Problem]

  /// Returns whether nothing is known of a path below the walked folder.
  func isUnread(_ path: String) -> Bool { unread.contains { $0.covers(path) } }
}

extension RepositoryWalk.Problem {
  /// Returns whether a path below the walked folder is, or lies below, what could not be read.
  func covers(_ other: String) -> Bool {
    path.isEmpty || other.utf8.starts(with: "\(path)/".utf8)
      || other.utf8.elementsEqual(path.utf8)
  }
}

/// The scan of one part of repositories, whose result is a file for `ShardMerge`.
///
/// It keeps what it knows in a database of its own, so that the next one reads again only what
/// changed. There everything that is not in its part is gone; what really is gone is decided by the
/// merge, which sees all parts.
public struct ShardScan: Sendable {
  private let store: CatalogStore
  private let mappings: [RepositoryMapping]
  private let options: ScanOptions
  private let shard: Shard
  private let run: String
  private let program: String

  /// A scan of a part of repositories, in the order given.
  /// - Parameters:
  ///   - store: the database of the part.
  ///   - run: what all parts of one run call it.
  ///   - program: the version of the program.
  public init(
    store: CatalogStore, mappings: [RepositoryMapping], options: ScanOptions, shard: Shard,
    run: String, program: String
  ) {
    self.store = store
    self.mappings = mappings
    self.options = options
    self.shard = shard
    self.run = run
    self.program = program
  }

  /// Scans, and hands over the bytes of the part's file.
  /// - Parameters:
  ///   - progress: called with how far the scan is, from any thread.
  ///   - write: takes the bytes of some lines.
  /// - Returns: what the scan did to the part's own database.
  /// - Throws: `ShardError` when there is no result; `IndexError` and `CatalogError` as a scan; what
  ///   `write` throws.
  public func run(
    progress: @escaping @Sendable (ScanProgress) -> Void = { _ in },
    write: @escaping ([UInt8]) throws -> Void
  ) throws -> ScanSummary {
    try claimDatabase()
    guard let lock = try store.lockForScan() else {
      throw IndexError(
        code: .busy, doing: "scan the shard", reason: "another attempt works on this database",
        place: Place(store.path), fix: "wait until it is done")
    }
    return try withExtendedLifetime(lock) {
      let started = options.clock().floorSeconds
      let seen = Mutex<[RepositorySighting]>([])
      var options = options
      options.shard = shard
      options.removals = .accepted
      options.didSee = { sighting in seen.withLock { $0.append(sighting) } }
      let summary = try RepositoryScan(store: store, mappings: mappings, options: options)
        .runLocked(progress)
      guard !options.isCancelled() else {
        throw ShardError(
          code: .stopped, doing: "scan the shard", reason: "it was stopped before its end",
          place: Place(store.path), fix: "run it again")
      }
      let sightings = seen.withLock { $0 }
      try demand(sightings)
      try ShardExport(
        store: store, header: header(started, sightings), shard: shard, sightings: sightings,
        summary: summary
      ).run(write)
      return summary
    }
  }

  /// Returns whether a file is the finished one of this part of this run.
  public func isFinished(_ path: String) -> Bool {
    guard var reader = try? ShardReader(.file(path)) else { return false }
    let header = reader.header
    guard header.program == program, header.run == run, reader.shard == shard,
      header.repositories == descriptions
    else { return false }
    do throws(ShardError) {
      while try reader.next() != nil {}
    } catch {
      return false
    }
    return reader.end != nil
  }

  /// Keeps a part from taking a catalog for its own database, in which everything else would be gone.
  private func claimDatabase() throws {
    let isOther = try store.read { reader in
      let isUsed = try !reader.isEmpty() || !reader.repositories().isEmpty
      return try isUsed && !reader.isOfShard()
    }
    guard !isOther else {
      throw ShardError(
        code: .wrongDatabase, doing: "scan the shard into it",
        reason: "it is a catalog, and a shard has a database of its own", place: Place(store.path),
        fix: "name another file, or leave --db out, and merge the shards into the catalog")
    }
    if try store.read({ try !$0.isOfShard() }) { try store.write { try $0.markOfShard() } }
  }

  /// Checks that every repository was walked: of one that was not nothing is known.
  private func demand(_ sightings: [RepositorySighting]) throws {
    for mapping in mappings where !sightings.contains(where: { $0.repository.mapping == mapping }) {
      throw ShardError(
        code: .notSeen, doing: "scan the shard", reason: "the folder could not be opened",
        place: Place(mapping.walkedFolder), fix: "see that it is mounted on this machine")
    }
  }

  /// Stands for the descriptions of the repositories, with the patterns of paths that are left out.
  public var described: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(descriptions)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  private var descriptions: [ShardRepository] {
    mappings.map {
      ShardRepository($0, excludes: options.excludes + (options.ownExcludes[$0] ?? []))
    }
  }

  private func header(_ started: Int64, _ sightings: [RepositorySighting]) -> ShardHeader {
    ShardHeader(
      program: program, run: run, shard: shard.number, shards: shard.count, depth: shard.depth,
      started: started, rules: sightings.first?.rulesVersion ?? 0,
      targets: sightings.first?.targets ?? [], choosesTargets: options.targets != nil,
      digests: options.computesDigests, repositories: descriptions)
  }
}
