import ArgumentParser
import OVABasics
import OVACatalog
import OVAConfiguration
import OVAIndexer
import OVASandbox
import OVATargets
import SystemPackage

/// `ova scan`: keeps a catalog of repositories up to date.
struct ScanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Keeps a catalog of folders full of packages, and reads again only what changed.",
    discussion: """
      Without folders, the repositories of the configuration and of earlier scans are scanned. A \
      first scan reads \
      every byte for digests unless --no-digests is given; a later one costs a look at each file. \
      Stopped at any time, it goes on where it was. Exit code 3 says that something could not be \
      read this time, or that a folder looks as if it were not mounted, so that nothing in it was \
      marked gone; the rest is in the catalog. Packages that are broken are kept with their state, \
      and make no scan fail. Packages are parsed in processes that can only read the data store \
      (Landlock, seccomp); where one ends on a package, that package is kept as unreadable and the \
      scan goes on.

      With --shard only one part of the folders is scanned, into a file that `ova catalog merge` \
      joins with those of the other parts. 0 and 3: the file is there. 2: it never will be. 75, and \
      whatever else: try again, here or elsewhere. A part of the run that is there already is left. \
      With --db on a server no file is needed: the catalog keeps the parts, and the part that is \
      scanned last brings it up to date with all of them.

      Examples:
        ova scan /srv/isos --data-store isos --db catalog.sqlite
        ova scan --db catalog.sqlite
        ova scan --no-digests --exclude '*.part' --db catalog.sqlite
        ova scan s3://appliances/2026 --data-store appliances --db catalog.sqlite
        ova scan /srv/isos --data-store isos --shard 3/8 --run tonight --to shards/
        ova scan --shard 3/8 --run tonight --db postgresql://ova@db/isos
      """)

  @Argument(
    help: ArgumentHelp(
      "Folders to scan, or URLs: s3://BUCKET/PREFIX, of a list (.ndjson), of a WebDAV folder.",
      valueName: "folder"), completion: .directory)
  var folders: [PackageName] = []

  @OptionGroup var database: ScanDatabaseOptions

  @OptionGroup var mapping: MappingOptions

  @Option(
    help: ArgumentHelp(
      "The user whose images these are; left out, all see them.", valueName: "user"))
  var owner: String?

  @Flag(name: .customLong("no-digests"), help: "Read headers and descriptors alone.")
  var withoutDigests = false

  @Flag(help: "Read all bytes again, to find what decayed.")
  var rehash = false

  @Option(
    help: ArgumentHelp(
      "Read bytes again whose digests are older than this: 90d, 12h.", valueName: "time"))
  var rehashOlder: TimeSpan?

  @Option(
    help: ArgumentHelp(
      "Stop reading for digests after so many bytes, the oldest digests first: 2TiB, 500GB.",
      valueName: "size"))
  var hashBudget: ByteSize?

  @Option(
    help: ArgumentHelp(
      "How long after its last write a package may still grow.", valueName: "time"))
  var settle = TimeSpan(seconds: 30)

  @Flag(
    help: """
      Mark packages gone although their folder is empty, another one than before, on another file \
      system, or has lost most of its packages.
      """)
  var acceptRemovals = false

  @Option(
    name: .customLong("target"),
    help: ArgumentHelp(
      "Store what is known of how this product takes each package, such as vsphere-8.0u2, from now "
        + "on; may be repeated. 'none' for no product; left out, those of the last scan.",
      valueName: "id"),
    completion: .list(["all", "none"] + TargetProduct.all.map(\.id)),
    transform: { $0.lowercased() == "none" ? $0 : try TargetNames.known($0) })
  var targetNames: [String] = []

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Packages worked on at a time; left out, two for each processor, and 8 where they are fetched.",
      valueName: "n"), transform: WholeNumber.atLeast(1))
  var jobs: Int?

  @Flag(
    name: .customLong("no-sandbox"),
    help: "Parse packages in this process, not in one that can only read them.")
  var withoutSandbox = false

  @OptionGroup var shard: ShardOptions

  @Option(help: "text for people; json for programs, ndjson on one line.")
  var format: Format = .text

  @Flag(name: .shortAndLong, help: "Say nothing but what went wrong.")
  var quiet = false

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, ndjson }

  func validate() throws {
    try shard.check(acceptsRemovals: acceptRemovals, database: database.path)
    if shard.choice == nil { try database.demandPath() }
    if !folders.isEmpty { _ = try mapping.demandDataStore() }
    try folders.forEach { try RemoteInput.validateTree($0) }
    if let root = mapping.root { try RemoteInput.validateTree(root) }
    if withoutDigests, rehash || rehashOlder != nil || hashBudget != nil {
      throw ValidationError("--no-digests reads nothing that --rehash and --hash-budget are about.")
    }
    _ = try targets
  }

  func run() throws {
    Output.outlivesReader()
    if let part = try shard.part() { return try ShardRun(scan: self, part: part).run() }
    try explainingErrors {
      let configuration = try ProcessConfiguration.loaded().configuration
      let configured = configuration.repositories
      let store = try database.open(creates: !folders.isEmpty || !configured.isEmpty)
      // What is done is stored at the first Ctrl-C; a second ends the process at once.
      Interruption.isHandledByWork()
      if !withoutSandbox { Output.standardError.sandboxGaps() }
      let progress = ProgressLine("looking", noun: "package", isWanted: !quiet)
      let summary = try RepositoryScan(
        store: store, mappings: try mappings(store, configured), options: try options(configuration)
      ).run { progress.show(ProgressSnapshot($0)) }
      progress.end()
      for problem in summary.problems {
        Output.standardError.line("ova: \(problem.path.forDisplay): \(problem.reason.forDisplay)")
      }
      for merged in summary.merged {
        Output.standardError.line(
          "ova: \(merged.forDisplay) is part of the scanned folder from now on")
      }
      switch format {
      case .json: Output.standardOutput.write(ScanJSON(summary).document().pretty())
      case .ndjson: Output.standardOutput.write(ScanJSON(summary).line())
      case .text where !quiet:
        Output.standardOutput.text(ScanText(summary, database: database.name).text())
      case .text: break
      }
      try store.close()
      if Interruption.isRequested {
        Output.standardError.line(
          "ova: stopped; what was done is kept, and the next scan goes on from there")
        try ExitStatus.interrupted.finish()
      }
      try (summary.isPartial ? ExitStatus.unreadable : .success).finish()
    }
  }

  /// Returns the folders to scan: those that are named, else the configuration's repositories and
  /// those of earlier scans.
  func mappings(
    _ store: CatalogStore, _ configured: [Repository]
  ) throws -> [RepositoryMapping] {
    guard let dataStore = mapping.dataStore, !folders.isEmpty else {
      let mappings = configured.map(\.mapping)
      let known = try store.read { try $0.repositories() }.map(\.mapping)
      let all = mappings + known.filter { !mappings.contains($0) }
      guard !all.isEmpty else {
        throw CatalogError(
          code: .missing, doing: "scan", reason: "no repository was scanned yet",
          place: Place(database.name),
          fix: "name the folders and their --data-store, or 'repositories' in ova.yaml")
      }
      return all
    }
    return try folders.map {
      // What a later scan, from wherever it is started, has to find again.
      try RepositoryMapping(
        folder: $0.absolute, root: mapping.root?.absolute, dataStore: dataStore,
        labelBase: mapping.labelBase, isPublic: owner == nil, owner: owner)
    }
  }

  /// The targets' names; nil for those of the last scan.
  private var targets: [String]? {
    get throws {
      if targetNames.isEmpty { return nil }
      if targetNames.contains(where: { $0.lowercased() == "none" }) {
        guard targetNames.count == 1 else {
          throw ValidationError("--target none goes with no other --target.")
        }
        return []
      }
      return try TargetNames.targets(targetNames).map(\.name)
    }
  }

  func options(_ configuration: Configuration) throws -> ScanOptions {
    var options = ScanOptions()
    options.policy = configuration.policy
    options.targets = try targets
    options.excludes = mapping.exclude
    options.ownExcludes = Dictionary(
      configuration.repositories.map { ($0.mapping, $0.excludes) }
    ) { first, _ in first }
    options.computesDigests = !withoutDigests
    if rehash {
      options.rehash = .everything
    } else if let rehashOlder {
      options.rehash = .olderThan(seconds: Int64(rehashOlder.seconds))
    }
    options.hashBudget = hashBudget?.bytes
    options.settle = settle.seconds
    options.removals = acceptRemovals ? .accepted : .checked
    options.workers = jobs
    options.sandbox = withoutSandbox ? nil : .current
    options.trees = RemoteInput.tree(at:)
    options.isCancelled = { Interruption.isRequested }
    return options
  }
}
