import OVABasics
import OVAByteSource
import OVACatalog
import OVAConcurrency
import Synchronization

/// The state that the parts of one scan share: the store, the options, and the progress.
final class ScanContext: Sendable {
  let store: CatalogStore
  let options: ScanOptions
  let scan: Int64
  let repositories: [ScannedRepository]
  /// The version of all rules, and of the targets that packages are judged for.
  let rulesVersion: Int
  /// The names of the targets that packages are judged for.
  let targets: [String]
  /// True if the catalog held nothing, so that nothing can have been renamed.
  let wasEmpty: Bool
  /// The processes that parse; nil where this one does.
  let sandbox: SandboxedParsing?
  private let progress: @Sendable (ScanProgress) -> Void
  private let summary: Mutex<ScanSummary>
  private let work = Mutex(Work())
  private let refused = Mutex<Set<Int64>>([])
  private let lists = Mutex<[Int64: ListedFiles]>([:])
  private let failure = CancelFlag()

  private struct Work {
    var progress = ScanProgress(phase: .looking, packages: 0, bytes: 0)
    /// Packages in work by the order in which they were begun.
    var open: [(number: Int, path: String)] = []
    var next = 0
  }

  init(
    store: CatalogStore, options: ScanOptions, scan: Int64, repositories: [ScannedRepository],
    rulesVersion: Int, targets: [String], wasEmpty: Bool, sandbox: SandboxedParsing?,
    progress: @escaping @Sendable (ScanProgress) -> Void
  ) {
    self.store = store
    self.options = options
    self.scan = scan
    self.repositories = repositories
    self.rulesVersion = rulesVersion
    self.targets = targets
    self.wasEmpty = wasEmpty
    self.sandbox = sandbox
    self.progress = progress
    var summary = ScanSummary()
    summary.scan = scan
    self.summary = Mutex(summary)
  }

  /// True if work under way is to end: somebody asked for it, or the scan failed.
  var isStopped: Bool { failure.isCancelled || options.isCancelled() }

  /// Has work under way end soon, since the scan ends in an error.
  func fail() { failure.cancel() }

  /// The options and callbacks for parsing any package.
  var parsing: ParsingContext {
    var parsing = ParsingContext()
    parsing.limits = options.limits
    parsing.clock = options.clock
    parsing.isStopped = { self.isStopped }
    return parsing
  }

  /// Returns the files that a file without a package needs beside itself; everything in its folder
  /// where the process that parses ended on it.
  func needs(of path: String, root: String) -> [FileNeed] {
    let task = NeedsTask(path: path, root: root)
    guard let sandbox else { return task.run(limits: options.limits) }
    let bytes = (try? FileFacts.of(path: path))?.size ?? 0
    guard case .needs(let needs)? = try? sandbox.ask(.needs(task), bytes: bytes, parsing) else {
      return task.everything
    }
    return needs
  }

  /// Keeps the list of a repository elsewhere.
  func keep(_ files: ListedFiles, of repository: ScannedRepository) {
    lists.withLock { $0[repository.id] = files }
  }

  /// The list of a repository elsewhere; nil of others, and where it could not be had.
  func listedFiles(of repository: ScannedRepository) -> ListedFiles? {
    lists.withLock { $0[repository.id] }
  }

  /// The files of a repository; nil where nothing is known of them.
  func files(of repository: ScannedRepository) -> (any RepositoryFiles)? {
    repository.mapping.isRemote
      ? listedFiles(of: repository) : LocalFiles(repository: repository)
  }

  /// Seconds since 1970.
  var now: Int64 { options.clock().floorSeconds }

  /// Stores; all of it or nothing.
  func write(_ work: (CatalogWriter) throws -> Void) throws {
    try options.willStore()
    try store.write(work)
  }

  func count(_ change: (inout ScanSummary.Counts) -> Void) {
    summary.withLock { change(&$0.counts) }
  }

  /// Notes something that could not be read, in the summary and in the catalog.
  func note(problem path: String, _ reason: String, in writer: CatalogWriter) throws {
    try writer.noteError(scan: scan, path: path, reason: reason)
    summary.withLock { summary in
      summary.isPartial = true
      summary.counts.problems += 1
      if summary.problems.count < options.namedPaths {
        summary.problems.append(ScanSummary.Problem(path: path, reason: reason))
      }
    }
  }

  /// Notes that what a repository lacks is not taken for gone.
  func refuse(_ repository: Int64) { _ = refused.withLock { $0.insert(repository) } }

  /// The repositories whose missing packages are not taken for gone.
  var refusedRepositories: Set<Int64> { refused.withLock { $0 } }

  /// Tells what became of the folders that were to be scanned.
  func tell(_ registration: Registration) throws {
    summary.withLock { $0.merged = registration.merged }
    for (folder, reason) in registration.unopened {
      try write { try note(problem: folder, reason, in: $0) }
    }
  }

  func setPartial() { summary.withLock { $0.isPartial = true } }

  // MARK: Progress

  func begin(_ phase: ScanProgress.Phase, packages: Int?, bytes: UInt64?) {
    work.withLock {
      $0.progress = ScanProgress(
        phase: phase, packages: 0, packagesTotal: packages, bytes: 0, bytesTotal: bytes)
    }
  }

  /// Notes that work on a package begins; the number is for `end`.
  func start(_ path: String) -> Int {
    work.withLock { work in
      work.next += 1
      work.open.append((work.next, path))
      return work.next
    }
  }

  func end(_ number: Int) { work.withLock { $0.open.removeAll { $0.number == number } } }

  /// Tells the progress after so much more was done.
  func advance(packages: Int = 0, bytes: UInt64 = 0) {
    let told = work.withLock { work in
      work.progress.packages += packages
      work.progress.bytes &+= bytes
      work.progress.slowest = work.open.first?.path
      // There are more than were known.
      if let total = work.progress.packagesTotal, work.progress.packages > total {
        work.progress.packagesTotal = nil
      }
      return work.progress
    }
    progress(told)
  }

  /// Closes the scan in the catalog.
  func finish() throws -> ScanSummary {
    var result = summary.withLock { $0 }
    try store.read { reader in
      let counts = try reader.changeCounts(of: scan)
      result.counts.added = counts[.added] ?? 0
      result.counts.changed = counts[.changed] ?? 0
      result.counts.returned = counts[.returned] ?? 0
      result.counts.renamed = counts[.renamed] ?? 0
      result.counts.gone = counts[.gone] ?? 0
      result.health = try reader.health(of: repositories.map(\.id))
      let most = options.namedPaths
      func paths(_ change: SaveResult.Change) throws -> [String] {
        guard counts[change] != nil else { return [] }
        return try reader.changes(change, of: scan, limit: most).map(\.path)
      }
      result.added = try paths(.added)
      result.changed = try paths(.changed)
      result.returned = try paths(.returned)
      result.gone = try paths(.gone)
      result.renamed = try reader.changes(.renamed, of: scan, limit: most).map {
        ScanSummary.Rename(from: $0.detail ?? "", to: $0.path)
      }
    }
    var counts = ScanCounts()
    counts.packages = result.counts.packages
    counts.added = result.counts.added + result.counts.returned + result.counts.renamed
    counts.changed = result.counts.changed
    counts.gone = result.counts.gone
    counts.errors = result.counts.problems
    counts.isPartial = result.isPartial
    try write { [now] in try $0.finishScan(scan, counts: counts, now: now) }
    return result
  }
}
