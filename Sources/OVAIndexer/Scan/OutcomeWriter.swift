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
      try writer.takeUp(
        folders: folders(of: outcomes), repository: repository.id, scan: context.scan)
      try writer.save(outcomes.compactMap(\.save), scan: context.scan, now: now)
      var settled: [(FolderRow, [UnownedFileRow])] = []
      for outcome in outcomes {
        let owned = try store(outcome, writer, now)
        if let done = completion(outcome, outcome.job.folderPath, owned) {
          settled.append((done.row, done.unownedFiles))
        }
      }
      try writer.settle(settled, repository: repository.id, scan: context.scan)
    }
    context.count {
      for outcome in outcomes where outcome.isReached {
        if outcome.job.isRejudgment { $0.rejudged += 1 } else { $0.read += 1 }
        if outcome.isUnsettled { $0.unsettled += 1 }
      }
    }
    context.advance(packages: outcomes.count)
  }

  /// The folders of outcomes, each once.
  private func folders(of outcomes: [PackageJob.Outcome]) -> [String] {
    var met: Set<ExactName> = []
    return outcomes.map(\.job.folderPath).filter { met.insert(ExactName($0)).inserted }
  }

  /// Stores what an outcome says beyond its package; the names of the files that belong to that.
  private func store(
    _ outcome: PackageJob.Outcome, _ writer: CatalogWriter, _ now: Int64
  ) throws -> [String] {
    let job = outcome.job
    var owned: [String] = []
    switch outcome.kind {
    case .save(let row, _, _): owned = row.files.filter { !$0.isMember }.map(\.name)
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
  /// The package that is to be stored.
  fileprivate var save: PackageSave? {
    guard case .save(let row, let isUnhashed, let renamed) = kind else { return nil }
    return PackageSave(row, isUnhashed: isUnhashed, renamed: renamed)
  }

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
