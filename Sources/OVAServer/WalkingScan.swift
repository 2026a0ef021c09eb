import OVABasics
import OVAByteSource
import OVACatalog
import OVAConfiguration
import OVAIndexer
import OVAPackage

/// Walks a repository and stores a record for each package: names and times, nothing of what
/// is inside.
struct WalkingScan: RepositoryScanning {
  func scan(
    _ repository: Repository, into store: CatalogStore, now: Int64
  ) throws -> ScanOutcome {
    let mapping = repository.mapping
    var outcome = ScanOutcome()
    var found: [PackageRow] = []
    let walk = try RepositoryWalk(
      folder: mapping.walkedFolder, boundary: mapping.root,
      excludes: repository.excludes.map(PathPattern.init))
    var unread: [String] = []
    try walk.run { file in
      guard file.isPackage else { return }
      var record = try mapping.record(for: file.path, id: 0, createdOn: now, updatedOn: now)
      let time = file.facts.modified / 1_000_000_000
      record.createdOn = time
      record.updatedOn = time
      do throws(PackageError) {
        _ = try Package.open(file.systemPath)
      } catch {
        // What cannot be read today is not gone.
        unread.append(record.path)
        outcome.errors.append("\(record.path): \(error.reason)".inert)
        return
      }
      found.append(
        PackageRow(
          record: record, owner: mapping.owner,
          files: [
            FileRow(
              name: record.name, size: Int64(clamping: file.facts.size),
              modified: file.facts.modified, inode: Int64(truncatingIfNeeded: file.facts.inode))
          ]))
    } problem: { problem in
      outcome.warnings.append("\(problem.path): \(problem.reason)".inert)
    }
    let packages = found
    let kept = Set(unread)
    let isWhole = outcome.warnings.isEmpty
    let (added, deleted) = try store.write { writer in
      try Self.store(packages, of: mapping, keeping: kept, isWhole: isWhole, writer, now: now)
    }
    outcome.added = added
    outcome.deleted = deleted
    return outcome
  }

  private static func store(
    _ packages: [PackageRow], of mapping: RepositoryMapping, keeping kept: Set<String>,
    isWhole: Bool, _ writer: CatalogWriter, now: Int64
  ) throws -> (added: [String], deleted: [String]) {
    let number = try writer.saveRepository(mapping)
    let scope: ImageQuery.Scope = mapping.owner.map { .user($0) } ?? .everybody
    let prefix = DatastorePath(dataStore: mapping.dataStore, path: mapping.folder)
    let known = try writer.reader.page(ImageQuery(scope: scope)).rows.filter { record in
      guard let path = DatastorePath(record.path), let prefix else { return false }
      return path.dataStore == prefix.dataStore
        && (prefix.path.isEmpty || path.path.hasPrefix(prefix.path + "/"))
    }
    var added: [String] = []
    for package in packages {
      var package = package
      package.repository = number
      switch try writer.save(package, now: now).change {
      case .added, .returned: added.append(package.record.path)
      case .changed, .unchanged, .gone, .renamed: break
      }
    }
    // A part that could not be walked hides what it holds, so nothing is called gone then.
    guard isWhole else { return (added, []) }
    let there = Set(packages.map(\.record.path)).union(kept)
    let gone = known.filter { !there.contains($0.path) }
    try writer.markGone(gone.map(\.id), now: now)
    return (added, gone.map(\.path))
  }
}
