import Glibc
import OVABasics
import OVAByteSource
public import OVACatalog
import Synchronization

/// Brings a catalog up to date with the files of all parts of a run, as one scan would: the same ids,
/// the same order, the same findings, and the same packages gone.
public struct ShardMerge {
  /// Options of a merge.
  public struct Options: Sendable {
    /// True if parts may be missing. What is missing then, from them or from others, is not gone.
    public var allowsMissing = false
    /// True if packages may be removed although it looks as if a file system were not mounted.
    public var acceptsRemovals = false
    /// Asked now and then; true ends the merge early, and it can be done again.
    public var isCancelled: @Sendable () -> Bool = { false }
    /// Nanoseconds since 1970, now; tests turn the clock.
    package var clock: @Sendable () -> Int64 = { FileFacts.now }
    /// Called before anything is stored; tests let it fail.
    package var willStore: @Sendable () throws -> Void = {}

    /// The defaults.
    public init() {}
  }

  /// The result of a merge.
  public struct Result: Sendable {
    /// The changes to the catalog.
    public let summary: ScanSummary
    /// The run's id.
    public let run: String
    /// The number of parts that the run has.
    public let shards: Int
    /// The numbers of the parts that are missing.
    public let missing: [Int]
  }

  /// The place of the parts.
  private enum Parts {
    case files([String])
    /// Shards that the catalog keeps, of the run named.
    case run(String)
  }

  private let store: CatalogStore
  private let parts: Parts
  private let options: Options

  /// A merge of files into a catalog.
  public init(store: CatalogStore, files: [String], options: Options = Options()) {
    self.store = store
    parts = .files(files)
    self.options = options
  }

  /// A merge of a run whose parts the catalog keeps itself. Once all of them are taken in, they are
  /// no longer kept.
  public init(store: CatalogStore, run: String, options: Options = Options()) {
    self.store = store
    parts = .run(run)
    self.options = options
  }

  /// Reads all files and checks them, then stores what they say. Nothing is stored when a file is not
  /// right, is of another run, or is missing.
  /// - Parameter progress: called with how far it is.
  /// - Throws: `ShardError`, `IndexError` and `CatalogError`.
  public func run(
    progress: @escaping @Sendable (ScanProgress) -> Void = { _ in }
  ) throws -> Result {
    guard let lock = try store.lockForScan() else { throw busy }
    return try withExtendedLifetime(lock) { try runLocked(progress) }
  }

  /// Takes a run in whose parts the catalog keeps, if all of them are there: the part that is scanned
  /// last does. Where the catalog is worked on, that is waited for.
  /// - Parameter patience: seconds that it is waited for.
  /// - Returns: what was merged; nil where parts are missing, or the run is in the catalog.
  public func runIfComplete(
    patience: Double = 600, progress: @escaping @Sendable (ScanProgress) -> Void = { _ in }
  ) throws -> Result? {
    let end = ContinuousClock.now + .seconds(patience)
    while try isComplete() {
      if let lock = try store.lockForScan() {
        // The one who had the lock may have done it.
        return try withExtendedLifetime(lock) { try isComplete() ? runLocked(progress) : nil }
      }
      if options.isCancelled() { throw Self.stopped(store.path) }
      guard ContinuousClock.now < end else { throw busy }
      usleep(200_000)
    }
    return nil
  }

  /// Returns true if all parts of a run are there, and it is not in the catalog.
  private func isComplete() throws -> Bool {
    guard case .run(let run) = parts else { return false }
    let shards = try store.shards(of: run)
    return shards.contains { !$0.isMerged } && shards.first?.count == shards.count
  }

  private var busy: IndexError {
    IndexError(
      code: .busy, doing: "merge the shards", reason: "a scan works on this catalog",
      place: Place(store.path), fix: "wait until it is done")
  }

  private func runLocked(
    _ progress: @escaping @Sendable (ScanProgress) -> Void
  ) throws -> Result {
    switch parts {
    case .files(let files): return try merge(files.map(ShardBytes.file), progress)
    case .run(let run):
      let shards = try store.shards(of: run)
      guard !shards.isEmpty else {
        throw ShardError(
          code: .missing, doing: "merge the shards",
          reason: "the catalog keeps no shard of run '\(run.forDisplay)'", place: Place(store.path),
          fix: "scan its shards with --db")
      }
      let result = try merge(shards.map { .stored($0, store) }, progress)
      // Those that are missing may still come.
      if result.missing.isEmpty { try store.finishRun(of: shards) }
      return result
    }
  }

  private func merge(
    _ files: [ShardBytes], _ progress: @escaping @Sendable (ScanProgress) -> Void
  ) throws -> Result {
    let wasEmpty = try store.read { try $0.isEmpty() }
    var moves = MovedPackages(store: store, isNeeded: !wasEmpty)
    let set = try ShardSet(
      files, allowsMissing: options.allowsMissing, isStopped: options.isCancelled
    ) { header, repository, folder, package in
      try moves.add(package, in: folder, of: header.repositories[repository])
    }
    try demandOwnCatalog(set)
    try moves.look(for: set)
    let registration = try Registration(
      store: store, mappings: set.mappings, opens: false, tree: scanOptions.tree)
    try options.willStore()
    let (scan, repositories) = try store.write { writer in
      let known = try writer.reader.targetNames()
      if set.header.choosesTargets || known != set.header.targets {
        try writer.setTargets(set.header.targets.map { ($0, TargetID.of($0)) })
      }
      // The packages are what they were when the first part began.
      return (try writer.startScan(now: set.started), try registration.register(in: writer))
    }
    let context = ScanContext(
      store: store, options: scanOptions, scan: scan, repositories: repositories,
      rulesVersion: set.header.rules, targets: set.header.targets, wasEmpty: wasEmpty,
      sandbox: nil, progress: progress)
    try context.tell(registration)
    context.begin(.looking, packages: set.parts.reduce(0) { $0 + $1.end.packages }, bytes: nil)
    let pass = MergePass(context: context, set: set, moves: moves)
    try pass.run()
    try registration.takeBack(refused: context.refusedRepositories, store: store)
    let summary = try context.finish()
    if summary.counts.read > 1000 { try store.tune() }
    guard !options.isCancelled() else { throw Self.stopped(store.path) }
    return Result(
      summary: summary, run: set.header.run, shards: set.header.shards, missing: set.missing)
  }

  private var scanOptions: ScanOptions {
    var scan = ScanOptions()
    scan.removals = options.acceptsRemovals ? .accepted : .checked
    scan.isCancelled = options.isCancelled
    scan.clock = options.clock
    scan.willStore = options.willStore
    return scan
  }

  /// Refuses a run that is older than what the catalog knows, or judges for other targets than it.
  private func demandOwnCatalog(_ set: ShardSet) throws {
    let (rows, targets, isOfShard) = try store.read { reader in
      (try reader.repositoryRows(), try reader.targetNames(), try reader.isOfShard())
    }
    func failure(_ code: ShardFailure, _ reason: String, _ fix: String) -> ShardError {
      ShardError(
        code: code, doing: "merge the shards into it", reason: reason, place: Place(store.path),
        fix: fix)
    }
    guard !isOfShard else {
      throw failure(
        .wrongDatabase, "it is the database of a shard", "name the database of the catalog")
    }
    guard set.header.choosesTargets || rows.isEmpty || targets == set.header.targets else {
      throw failure(
        .otherTargets,
        "it judges packages for \(targets.isEmpty ? "no target" : targets.joined(separator: ", ")), "
          + "and the shards for "
          + (set.header.targets.isEmpty ? "none" : set.header.targets.joined(separator: ", ")),
        "scan the shards with "
          + (targets.isEmpty ? ["none"] : targets).map { "--target \($0)" }.joined(separator: " "))
    }
    for row in rows {
      let isOfRun = set.mappings.contains {
        $0.dataStore.isExactly(row.mapping.dataStore) && $0.folder.isExactly(row.mapping.folder)
      }
      guard isOfRun, let scanned = row.scannedOn, scanned > set.started else { continue }
      throw failure(
        .outdated, "a later scan than run '\(set.header.run.forDisplay)' is in it",
        "merge the newest run, or run the shards again")
    }
  }

  static func stopped(_ path: String) -> ShardError {
    ShardError(
      code: .stopped, doing: "merge the shards", reason: "it was stopped before its end",
      place: Place(path), fix: "run it again")
  }
}
