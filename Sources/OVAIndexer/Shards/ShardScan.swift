import Foundation
import OVABasics
import OVAByteSource
public import OVACatalog
import OVAIntegrity
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

/// Writes what the database of a part knows of it.
private struct ShardExport {
  private static let pageLength = 200

  let store: CatalogStore
  let header: ShardHeader
  let shard: Shard
  let sightings: [RepositorySighting]
  let summary: ScanSummary

  func run(_ write: @escaping ([UInt8]) throws -> Void) throws {
    var lines = Lines(write)
    try lines.add(ShardLine(header: header))
    for problem in try problems() { try lines.add(ShardLine(problem: problem)) }
    for (number, sighting) in sightings.enumerated() {
      try lines.add(ShardLine(repository: line(of: sighting, number)))
      var last: String?
      while true {
        // Nothing is written while the database is read, whose errors are its own.
        let folders = try store.read { [last] in
          try $0.folders(
            repository: sighting.repository.id, after: last, notOf: -1, limit: Self.pageLength)
        }
        for folder in folders
        where shard.owns(folder.path) && !sighting.isUnread(String(folder.path.dropLast())) {
          try add(folder, of: sighting, to: &lines)
        }
        guard let end = folders.last else { break }
        last = end.path
      }
    }
    lines.counts.files = summary.counts.files
    lines.counts.hashed = summary.counts.hashed
    lines.counts.bytes = summary.counts.bytes
    lines.counts.partial = summary.isPartial
    try lines.end()
  }

  private func add(
    _ folder: FolderRow, of sighting: RepositorySighting, to lines: inout Lines
  ) throws {
    let repository = sighting.repository
    try lines.add(
      ShardLine(
        folder: FolderLine(
          path: folder.path, fingerprint: folder.fingerprint, rules: folder.rulesVersion)))
    let packages = try store.read {
      try $0.packages(repository: repository.id, in: repository.parent(of: folder.path))
    }
    let prefix = (repository.prefix + folder.path).utf8.count
    for package in packages {
      let name = String(Substring(package.path.utf8.dropFirst(prefix)))
      guard !sighting.isUnread(folder.path + name),
        let line = try store.read({ try line(of: package.id, name: name, in: $0) })
      else { continue }
      try lines.add(ShardLine(package: line))
    }
    let unowned = try store.read {
      try $0.unownedFiles(of: folder.path, repository: repository.id)
    }
    for row in unowned {
      let name = String(Substring(row.path.utf8.dropFirst(folder.path.utf8.count)))
      try lines.add(ShardLine(unowned: UnownedLine(row, name: name)))
    }
  }

  private func line(of id: Int64, name: String, in reader: CatalogReader) throws -> PackageLine? {
    guard let row = try reader.package(id: id, scope: .all) else { return nil }
    return PackageLine(
      name: name, state: row.state, detail: row.stateDetail, rules: row.rulesVersion,
      broken: row.brokenFor, unhashed: try reader.isUnhashed(id), facts: row.facts,
      files: row.files, disks: row.disks, findings: row.findings, verdicts: row.verdicts,
      needs: try reader.needs(of: id).map(\.text))
  }

  private func line(of sighting: RepositorySighting, _ number: Int) -> RepositoryLine {
    RepositoryLine(
      number: number, folder: sighting.sight.folder.map(ShardIdentity.init),
      root: sighting.sight.root.map(ShardIdentity.init),
      mounts: sighting.sight.mounts.map { path in
        let facts = try? FileFacts.of(path: sighting.repository.systemPath(path))
        return RepositoryLine.Mount(
          path: path, device: facts.map { Int64(bitPattern: $0.device) })
      }, empty: sighting.isEmpty,
      unread: sighting.unread.map { ShardProblem(path: $0.path, reason: $0.reason) })
  }

  /// The problems that the scan recorded, but for those in the repositories' lines.
  private func problems() throws -> [ShardProblem] {
    guard let scan = sightings.first?.scan else { return [] }
    let told = Set(
      sightings.flatMap { sighting in
        sighting.unread.map {
          ShardProblem(path: sighting.repository.prefix + $0.path, reason: $0.reason)
        }
      })
    return try store.read { try $0.errors(of: scan) }
      .map { ShardProblem(path: $0.path, reason: $0.reason) }.filter { !told.contains($0) }
  }
}

/// The lines of a file on their way to it, with their counts and their digest.
private struct Lines {
  private static let mostBuffered = 1 << 18

  var counts = EndLine()
  private var digester = Digester([.sha256])
  private var bytes: [UInt8] = []
  private let write: ([UInt8]) throws -> Void

  init(_ write: @escaping ([UInt8]) throws -> Void) { self.write = write }

  mutating func add(_ line: ShardLine) throws {
    if line.problem != nil { counts.problems += 1 }
    if line.repository != nil { counts.repositories += 1 }
    if line.folder != nil { counts.folders += 1 }
    if line.package != nil { counts.packages += 1 }
    if line.unowned != nil { counts.unowned += 1 }
    let own = try line.bytes()
    guard own.count <= ShardLine.longest else {
      throw ShardError(
        code: .tooLarge, doing: "write the shard",
        reason: "more than \(ShardLine.longest) bytes are known of it",
        place: Place(line.package?.name ?? "a folder"),
        fix: "leave it out with --exclude")
    }
    digester.update(own)
    bytes += own
    if bytes.count > Self.mostBuffered { try flush() }
  }

  mutating func end() throws {
    counts.sha256 = digester.finish().first?.hex ?? ""
    bytes += try ShardLine(end: counts).bytes()
    try flush()
  }

  private mutating func flush() throws {
    try write(bytes)
    bytes.removeAll(keepingCapacity: true)
  }
}
