import OVABasics
import OVACatalog
import OVFXML
import Synchronization

/// Stores what became of packages, several in one transaction, each of them as a whole.
final class OutcomeWriter: Sendable {
  private let context: ScanContext
  private let repository: ScannedRepository
  /// Folders with packages that are still in work.
  private let waiting = Mutex<[ExactName: FolderCompletion]>([:])

  init(context: ScanContext, repository: ScannedRepository) {
    self.context = context
    self.repository = repository
  }

  /// A folder that settles with the last of its packages.
  func expect(_ folder: FolderCompletion) {
    waiting.withLock { $0[ExactName(folder.row.path)] = folder }
  }

  /// Stores outcomes, in the order in which their packages were met.
  func store(_ outcomes: [PackageJob.Outcome]) throws {
    let now = context.now
    try context.write { writer in
      var folder: String?
      for outcome in outcomes {
        let own = outcome.job.folderPath
        if folder.map({ $0.compareBytes(own) == 0 }) != true {
          try writer.takeUp(folder: own, repository: repository.id, scan: context.scan)
          folder = own
        }
        let owned = try store(outcome, writer, now)
        if let done = completion(outcome, own, owned) {
          try writer.settle(
            done.row, unownedFiles: done.unownedFiles, repository: repository.id, scan: context.scan
          )
        }
      }
    }
    context.count {
      for outcome in outcomes where outcome.isReached {
        if outcome.job.isRejudgment { $0.rejudged += 1 } else { $0.read += 1 }
        if outcome.isUnsettled { $0.unsettled += 1 }
      }
    }
    context.advance(packages: outcomes.count)
  }

  /// Stores one outcome; the names of the files that belong to its package.
  private func store(
    _ outcome: PackageJob.Outcome, _ writer: CatalogWriter, _ now: Int64
  ) throws -> [String] {
    let job = outcome.job
    var owned: [String] = []
    switch outcome.kind {
    case .save(let row, let isUnhashed, let renamed):
      let result = try writer.save(row, scan: context.scan, renamedFrom: renamed?.path, now: now)
      if isUnhashed || result.change != .added { try writer.setUnhashed(result.id, isUnhashed) }
      if result.change == .renamed, let renamed {
        try writer.markMoved(renamed.id, scan: context.scan, now: now)
      }
      owned = row.files.filter { !$0.isMember }.map(\.name)
    case .keep(let id, let reason):
      try writer.setState(id, .unreadable, detail: reason)
      owned = job.known?.files.map(\.name) ?? []
    case .vanished:
      if let known = job.known {
        try writer.markGone([known.id], scan: context.scan, now: now)
      }
    case .notReached: break
    }
    if let problem = outcome.problem {
      try context.note(problem: repository.prefix + job.path, problem, in: writer)
    }
    return owned
  }

  /// The folder of an outcome, once its last package is stored; never of one with a package that
  /// was not reached, whose files are not known to belong to a package yet.
  private func completion(
    _ outcome: PackageJob.Outcome, _ path: String, _ owned: [String]
  ) -> FolderCompletion? {
    waiting.withLock { waiting in
      let key = ExactName(path)
      guard outcome.isReached else {
        waiting[key] = nil
        return nil
      }
      // In place: a folder may have as many packages as unowned files.
      waiting[key]?.finish(owning: owned, isSettled: outcome.isSettled)
      guard waiting[key]?.jobs == 0 else { return nil }
      return waiting.removeValue(forKey: key)?.withoutOwned
    }
  }
}

extension PackageJob {
  /// The folder that it lies in, below the walked folder, with a slash at the end.
  fileprivate var folderPath: String {
    String(Substring(path.utf8.dropLast(name.utf8.count)))
  }
}

extension PackageJob.Outcome {
  fileprivate var isReached: Bool {
    if case .notReached = kind { false } else { true }
  }

  /// True if the package may still be in the making.
  fileprivate var isUnsettled: Bool {
    guard case .save(let row, _, _) = kind else { return false }
    return row.state == .changing || row.state == .waiting
  }

  /// True if there is nothing more to learn of the package while its folder shows the same.
  fileprivate var isSettled: Bool {
    guard case .save(let row, _, _) = kind else { return false }
    switch row.state {
    case .whole, .truncated, .broken: return !row.files.contains { $0.isBelow }
    case .unreadable, .changing, .waiting: return false
    }
  }
}
