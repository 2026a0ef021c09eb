import OVABasics
import OVAByteSource
public import OVACatalog
import OVAConcurrency
import OVAPolicy
import OVARules
import OVATargets

/// Brings the catalog up to date with repositories: looks at every file once, reads again only
/// what changed, and stores each package as a whole.
///
/// Blocks the calling thread until it is done; call it from a thread that may wait.
public struct RepositoryScan: Sendable {
  let store: CatalogStore
  let mappings: [RepositoryMapping]
  let options: ScanOptions

  /// A scan of repositories, in the order given.
  public init(
    store: CatalogStore, mappings: [RepositoryMapping], options: ScanOptions = ScanOptions()
  ) {
    self.store = store
    self.mappings = mappings
    self.options = options
  }

  /// Scans.
  ///
  /// What could not be read is listed in the summary and makes it partial; the rest is stored.
  /// - Parameter progress: called with how far the scan is, from any thread.
  /// - Throws: `IndexError` when another process scans into the catalog; `CatalogError` when the
  ///   catalog cannot be read or written.
  @discardableResult
  public func run(
    progress: @escaping @Sendable (ScanProgress) -> Void = { _ in }
  ) throws -> ScanSummary {
    guard let lock = try store.lockForScan() else {
      throw IndexError(
        code: .busy, doing: "scan", reason: "another scan works on this catalog",
        place: Place(store.path), fix: "wait until it is done")
    }
    return try withExtendedLifetime(lock) { try runLocked(progress) }
  }

  /// Scans while the caller holds the catalog's lock.
  func runLocked(
    _ progress: @escaping @Sendable (ScanProgress) -> Void
  ) throws -> ScanSummary {
    var options = options
    if options.workers == nil, mappings.contains(where: \.isRemote) {
      options.workers = ScanOptions.elsewhereAtATime
    }
    let registration = try Registration(
      store: store, mappings: mappings, tree: options.tree)
    let now = options.clock().floorSeconds
    try options.willStore()
    let names = try options.targets ?? store.read { try $0.targetNames() }
    let targets = names.compactMap { name in
      (try? Target.named(name)).map { (name: name, target: $0) }
    }
    let (scan, repositories) = try store.write { writer in
      if options.targets != nil {
        try writer.setTargets(targets.map { ($0.name, $0.target.id) })
      }
      return (try writer.startScan(now: now), try registration.register(in: writer))
    }
    let sandbox = options.sandbox.map {
      SandboxedParsing(
        $0, readable: repositories.filter { !$0.mapping.isRemote }.map(\.readableFolder),
        limits: options.limits)
    }
    let context = ScanContext(
      store: store, options: options, scan: scan, repositories: repositories,
      rulesVersion: options.rulesVersion
        ?? Rule.version(
          of: Rule.all + (options.policy.map(Rule.rules) ?? []), targets: targets.map(\.target)),
      targets: names, wasEmpty: try store.read { try $0.isEmpty() }, sandbox: sandbox,
      progress: progress)
    try context.tell(registration)
    let known = try store.read { reader in
      try repositories.reduce(0) { try $0 + reader.packageCount(repository: $1.id) }
    }
    context.begin(.looking, packages: known > 0 ? known : nil, bytes: nil)
    let pool = options.pool
    for repository in context.repositories {
      try RepositoryPass(context: context, repository: repository, pool: pool).run()
    }
    try registration.takeBack(refused: context.refusedRepositories, store: store)
    if options.computesDigests || options.rehash != .nothing {
      try DigestPass(context: context, pool: pool).run()
    }
    if let failure = sandbox?.failure { throw failure }
    let summary = try context.finish()
    if summary.counts.read > 1000 { try store.tune() }
    return summary
  }
}
