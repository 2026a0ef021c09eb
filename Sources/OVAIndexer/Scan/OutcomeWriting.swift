import OVACatalog
import Synchronization

/// Stores what became of packages, several in one transaction, each of them as a whole.
final class OutcomeWriting: Sendable {
  private struct State {
    /// Packages moved away from their paths.
    var renamed: Set<Int64> = []
    /// Files of folders that may belong to a package that is still in work.
    var waiting: [String: (jobs: Int, strays: [StrayRow])] = [:]
  }

  private let context: ScanContext
  private let repository: ScannedRepository
  private let state = Mutex(State())

  init(context: ScanContext, repository: ScannedRepository) {
    self.context = context
    self.repository = repository
  }

  /// The ids of packages that were moved away from their paths.
  var renamed: Set<Int64> { state.withLock { $0.renamed } }

  /// Files of a folder that are strays unless one of its packages has them.
  func expect(_ jobs: Int, in folder: String, _ strays: [StrayRow]) {
    state.withLock { $0.waiting[folder] = (jobs, strays) }
  }

  func store(_ outcomes: [PackageJob.Outcome]) throws {
    let now = context.now
    var results: [(outcome: PackageJob.Outcome, change: SaveResult.Change)] = []
    try context.store.write { writer in
      results.removeAll()
      for outcome in outcomes {
        results.append((outcome, try store(outcome, writer, now)))
      }
    }
    for (outcome, change) in results {
      var from: String?
      if case .save(_, _, let renamed?) = outcome.kind { from = renamed.path }
      let path = repository.prefix + outcome.job.path
      context.note(change, path: path, from: change == .renamed ? from : nil)
      context.count {
        if outcome.job.isRejudgement { $0.rejudged += 1 } else { $0.read += 1 }
        if outcome.isUnsettled { $0.unsettled += 1 }
      }
    }
    context.advance(packages: outcomes.count)
  }

  private func store(
    _ outcome: PackageJob.Outcome, _ writer: CatalogWriter, _ now: Int64
  ) throws -> SaveResult.Change {
    let job = outcome.job
    var change = SaveResult.Change.unchanged
    var owned: [String] = []
    switch outcome.kind {
    case .save(let row, let isUnhashed, let renamed):
      let result = try writer.save(row, scan: context.scan, renamedFrom: renamed?.path, now: now)
      try writer.setUnhashed(result.id, isUnhashed)
      change = result.change
      owned = row.files.filter { !$0.isMember }.map(\.name)
      if let renamed { state.withLock { _ = $0.renamed.insert(renamed.id) } }
    case .keep(let id, let reason):
      try writer.setState(id, .unreadable, detail: reason)
      owned = job.known?.files.map(\.name) ?? []
    case .vanished:
      if let known = job.known {
        try writer.markGone([known.id], scan: context.scan, now: now)
        change = .gone
      }
    }
    if let problem = outcome.problem {
      try context.note(problem: repository.prefix + job.path, problem, in: writer)
    }
    let strays = settle(job, owned)
    if !strays.isEmpty {
      try writer.save(strays: strays, repository: repository.id, scan: context.scan)
    }
    return change
  }

  /// The strays of the job's folder, once its last package is there.
  private func settle(_ job: PackageJob, _ owned: [String]) -> [StrayRow] {
    let folder = String(Substring(job.path.utf8.dropLast(job.name.utf8.count)))
    return state.withLock { state in
      guard var waiting = state.waiting[folder] else { return [] }
      let names = Set(owned.map { folder + $0 })
      waiting.strays.removeAll { names.contains($0.path) }
      waiting.jobs -= 1
      if waiting.jobs > 0 {
        state.waiting[folder] = waiting
        return []
      }
      state.waiting[folder] = nil
      return waiting.strays
    }
  }
}

extension PackageJob.Outcome {
  /// Whether the package may still be in the making.
  var isUnsettled: Bool {
    guard case .save(let row, _, _) = kind else { return false }
    return row.state == .changing || row.state == .waiting
  }
}
