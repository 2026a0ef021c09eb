import OVABasics
package import OVACatalog
package import OVAConfiguration
import OVAIndexer

/// The scanner of `ova scan`, for one user's repository.
package struct CatalogScan: RepositoryScanning {
  /// Bytes read for digests, so that a sync ends soon; the rest is for `ova scan`.
  private static let hashBudget: UInt64 = 256 << 20

  package init() {}

  package func scan(
    _ repository: Repository, into store: CatalogStore, resuming: Int64?,
    isCancelled: @escaping @Sendable () -> Bool
  ) throws -> ScanOutcome {
    let mapping = repository.mapping
    // A folder that is not there may be a disk that is not mounted: nothing is called gone then.
    _ = try RepositoryWalk(folder: mapping.walkedFolder, boundary: mapping.linkBoundary)
    var options = ScanOptions()
    options.excludes = repository.excludes
    options.hashBudget = Self.hashBudget
    // Who asks for a sync says that the upload is done.
    options.settle = 0
    // And who empties their own folder means it; another data store in place of theirs they do not.
    options.removals = .believedBelowRoot
    options.isCancelled = isCancelled
    let summary: ScanSummary
    do {
      summary = try RepositoryScan(store: store, mappings: [mapping], options: options).run()
    } catch let error as IndexError where error.code == .busy {
      throw ScanBusy()
    }
    var outcome = ScanOutcome()
    outcome.errors = summary.problems.map { "\($0.path): \($0.reason)" }
    outcome.isCancelled = isCancelled()
    // A scan before this one may have been stopped half-way; what it did counts as well.
    let prefix = "[\(mapping.dataStore)] \(mapping.folder)/"
    var added: Set<String> = []
    var deleted: Set<String> = []
    try store.read { reader in
      let scans = try reader.scans(limit: 100).reversed().filter { scan in
        scan.id == summary.scan || resuming.map { scan.startedOn >= $0 } ?? false
      }
      for scan in scans {
        for change in try reader.changes(of: scan.id)
        where change.path.utf8.starts(with: prefix.utf8) {
          switch change.change {
          case .added, .returned:
            added.insert(change.path)
            deleted.remove(change.path)
          case .renamed:
            added.insert(change.path)
            if let before = change.detail { deleted.insert(before) }
          case .gone:
            deleted.insert(change.path)
            added.remove(change.path)
          case .changed, .unchanged: break
          }
        }
      }
    }
    outcome.added = added.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    outcome.deleted = deleted.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return outcome
  }
}
