import OVABasics
import OVAByteSource
import OVACatalog
import OVAIntegrity

/// Writes what the database of a part knows of it.
struct ShardExport {
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
