import OVABasics
package import OVAByteSource
package import OVACatalog
package import OVAConfiguration
import OVAIndexer
package import OVAPolicy
package import OVASandbox

/// The scanner of `ova scan`, for one user's repository.
package struct CatalogScan: RepositoryScanning {
  /// Bytes read for digests, so that a sync ends soon; the rest is for `ova scan`.
  private static let hashBudget: UInt64 = 256 << 20

  /// The program that parses packages in processes of its own; nil for parsing them in this one.
  private let sandbox: WorkerProgram?
  /// Opens repositories elsewhere than on this machine; nil where none are scanned.
  private let trees: FileTreeOpening?
  /// The requirements on packages besides being sound; nil for none.
  private let policy: PackagePolicy?

  /// Makes a scanner.
  /// - Parameters:
  ///   - sandbox: the program that parses packages in processes of its own; nil for parsing them in
  ///     this one.
  ///   - trees: opens repositories elsewhere than on this machine; nil where none are scanned.
  ///   - policy: what is required of packages besides being sound; nil for nothing.
  package init(
    sandbox: WorkerProgram? = nil, trees: FileTreeOpening? = nil, policy: PackagePolicy? = nil
  ) {
    self.sandbox = sandbox
    self.trees = trees
    self.policy = policy
  }

  package func scan(
    _ repository: Repository, into store: CatalogStore, resuming: Int64?,
    isCancelled: @escaping @Sendable () -> Bool
  ) throws -> ScanOutcome {
    let mapping = repository.mapping
    // A folder that is not there may be a disk that is not mounted: nothing is called gone then.
    if !mapping.isRemote { _ = try RepositoryWalk(mapping) }
    var options = ScanOptions()
    options.excludes = repository.excludes
    options.hashBudget = Self.hashBudget
    options.sandbox = sandbox
    options.trees = trees
    options.policy = policy
    // Who asks for a sync says that the upload is done.
    options.settle = 0
    // And who empties their own folder means it; another data store in place of theirs they do not.
    options.removals = .believedBelowRoot
    options.isCancelled = isCancelled
    options.isInBackground = true
    let before = try store.read { try $0.scans(limit: 1).first?.id ?? 0 }
    let changes = SyncChanges(mapping: mapping, after: before, since: resuming)
    let summary: ScanSummary
    do {
      summary = try RepositoryScan(store: store, mappings: [mapping], options: options).run()
    } catch let error as IndexError where error.code == .busy {
      throw ScanBusy()
    } catch {
      // What it stored before it failed is in the list, and is reported.
      guard var outcome = try? changes.outcome(in: store) else { throw error }
      outcome.failure =
        "the folder cannot be scanned: "
        + ServerPaths(mapping).removed(from: Self.reason(of: error))
      return outcome
    }
    var outcome = try changes.outcome(in: store)
    outcome.isCancelled = isCancelled()
    let unread = summary.problems.map { ($0.path, $0.reason) }
    try SyncTroubles(mapping: mapping, unread: unread).add(to: &outcome, from: store)
    return outcome
  }

  /// Describes a failure to a user, without the server's own paths.
  static func reason(of error: any Error) -> String {
    (error as? any ExplainedError)?.reason ?? "an unexpected failure"
  }
}

/// The changes of scans in a user's repository.
private struct SyncChanges {
  let mapping: RepositoryMapping
  /// The last scan before these.
  let after: Int64
  /// Earlier scans from this instant on count as well; a scan before this one may have been
  /// stopped half-way.
  let since: Int64?

  func outcome(in store: CatalogStore) throws -> ScanOutcome {
    let prefix = mapping.pathPrefix
    var added: Set<String> = []
    var deleted: Set<String> = []
    try store.read { reader in
      let scans = try reader.scans(limit: 100).reversed().filter { scan in
        scan.id > after || since.map { scan.startedOn >= $0 } ?? false
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
    var outcome = ScanOutcome()
    outcome.added = added.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    outcome.deleted = deleted.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return outcome
  }
}

extension RepositoryMapping {
  /// The beginning of the datastore paths of the repository's packages.
  var pathPrefix: String { "[\(dataStore)] " + (folder.isEmpty ? "" : folder + "/") }
}
