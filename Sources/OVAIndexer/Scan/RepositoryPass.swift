import OVABasics
import OVAByteSource
import OVACatalog
import OVAConcurrency
import OVFXML

#if canImport(Glibc)
  import Glibc
#endif

/// The first part of a scan: walks one repository beside what is known of it, and has read again
/// what changed.
struct RepositoryPass {
  let context: ScanContext
  let repository: ScannedRepository
  let pool: WorkPool

  private struct Cancelled: Error {}

  /// Packages that are handed to a worker together, since waking one costs as much as opening some.
  private static let jobsPerTask = 8
  /// Bytes of packages from which on fewer are handed over: of a large one more may be kept.
  private static let bytesPerTask: UInt64 = 4 << 20
  /// Handfuls that are stored together, and that are in memory at the most.
  private static let batch = ResultBatch(worthwhile: 64, most: 192, heaviest: 8 << 20)

  func run() throws {
    let walk: any FolderWalk
    do throws(ByteSourceError) {
      walk = try self.walk()
    } catch {
      let error = error
      try context.write {
        try $0.beginScan(context.scan, of: repository.id)
        try context.note(problem: repository.toldFolder, error.reason, in: $0)
      }
      return
    }
    var check = try mountCheck()
    try context.write { try $0.beginScan(context.scan, of: repository.id) }
    var sight = RepositorySight(
      folder: FolderIdentity(walk.identity), root: rootIdentity.map(FolderIdentity.init))
    let writer = OutcomeWriter(context: context, repository: repository)
    let work = OrderedWork<[PackageJob.Outcome]>(
      on: pool, workers: context.options.openedAtATime, batch: Self.batch,
      weight: { $0.reduce(0) { $0 + $1.heldBytes } }
    ) { try writer.store($0.flatMap(\.self)) }
    do {
      try walkThrough(walk, check: &check, sight: &sight, writer, work)
    } catch {
      // Nothing goes on behind an error.
      context.fail()
      work.abandon()
      throw error
    }
  }

  private func walk() throws(ByteSourceError) -> any FolderWalk {
    let mapping = repository.mapping
    let options = context.options
    let excludes = (options.excludes + (options.ownExcludes[mapping] ?? [])).map(PathPattern.init)
    guard mapping.isRemote else {
      var walk = try RepositoryWalk(mapping, excludes: excludes)
      walk.shard = options.shard
      return walk
    }
    let files = try ListedFiles(
      try options.tree(of: mapping), shard: options.shard, isCancelled: options.isCancelled)
    context.keep(files, of: repository)
    return ListedWalk(files: files, excludes: excludes, shard: options.shard)
  }

  private var rootIdentity: FileFacts.Identity? {
    repository.mapping.isRemote
      ? ListedFiles.identity(of: repository.mapping.root)
      : (try? FileFacts.of(path: repository.mapping.root))?.identity
  }

  /// Walks, has read what changed, and stores what came of it.
  private func walkThrough(
    _ walk: any FolderWalk, check: inout MountCheck, sight: inout RepositorySight,
    _ writer: OutcomeWriter, _ work: OrderedWork<[PackageJob.Outcome]>
  ) throws {
    var jobs: [PackageJob] = []
    func give(atLeast count: Int) throws {
      let bytes = jobs.reduce(UInt64(0)) { $0.addingReportingOverflow($1.facts.size).partialValue }
      guard !jobs.isEmpty, jobs.count >= count || bytes >= Self.bytesPerTask else { return }
      let group = jobs
      jobs = []
      try work.give { try group.map { try $0.run() } }
    }
    var known = CatalogFolders(context: context, repository: repository)
    var delta = WalkDelta(context: context, repository: repository)
    do {
      try walk.runFolders(doubt: descriptorAbove) { folder in
        if context.options.isCancelled() { throw Cancelled() }
        if folder.isMount, !folder.isLinked { sight.mounts.append(String(folder.path.dropLast())) }
        try check.see(folder)
        try work.advance()
        guard context.options.shard?.owns(folder.path) != false else { return }
        let row = try known.advance(to: folder.path) { delta.miss(folder: $0.path) }
        for job in try look(at: folder, row, writer, &delta) {
          jobs.append(job)
          // Elsewhere each waits for a server, and may as well wait at the same time as others.
          try give(atLeast: repository.mapping.isRemote ? 1 : Self.jobsPerTask)
        }
      } problem: { problem in
        try delta.note(problem)
      }
      try known.finish { delta.miss(folder: $0.path) }
      try give(atLeast: 1)
      try work.finish()
      // What was not reached is not known; a walk without an end says nothing of what is missing.
      if context.options.isCancelled() { throw Cancelled() }
      try delta.finish(check, sight: sight)
    } catch is Cancelled {
      context.setPartial()
      try work.finish()
      try delta.stop()
    }
  }

  private func mountCheck() throws -> MountCheck {
    try context.store.read { reader in
      let imported = try reader.importedCount(
        dataStore: repository.mapping.dataStore, prefix: repository.prefix)
      return MountCheck(
        context: context, repository: repository, before: try reader.sight(of: repository.id),
        known: try reader.packageCount(repository: repository.id) + imported)
    }
  }

  /// The reason why files of the repository may belong to a package outside it: a descriptor lies
  /// in a folder above, up to the data store's root. Nil when there is none.
  private var descriptorAbove: String? {
    if repository.mapping.isRemote { return UnownedFileInspection.elsewhere }
    var folder = Substring(repository.realPath(ofFolder: "").dropLast())
    let root = repository.realRoot == "/" ? "" : repository.realRoot
    while folder.utf8.count > root.utf8.count,
      let slash = folder.utf8.lastIndex(of: UInt8(ascii: "/"))
    {
      folder = folder[..<slash]
      guard let handle = try? FolderHandle(folder.isEmpty ? "/" : String(folder)) else { continue }
      var isThere = false
      try? unsafe handle.forEachName { name, _ in
        let bytes = unsafe UnsafeRawBufferPointer(start: name, count: strlen(name))
        if unsafe PackageKind(nameBytes: bytes) == .descriptor { isThere = true }
      }
      if isThere { return "a descriptor in a folder above the repository may reference it" }
    }
    return nil
  }

  // MARK: A folder

  /// Takes up a folder unless nothing in it changed; the packages that are to be read.
  private func look(
    at folder: RepositoryWalk.Folder, _ row: FolderRow?, _ writer: OutcomeWriter,
    _ delta: inout WalkDelta
  ) throws -> [PackageJob] {
    let contents = folder.contents
    let packages = contents.packageCount
    context.count {
      $0.packages += packages
      $0.files += contents.fileCount
    }
    let fingerprint = contents.fingerprint.map { folder.doubt == nil ? $0 : "\($0) in doubt" }
    if let row, let fingerprint, row.fingerprint == fingerprint,
      row.rulesVersion == context.rulesVersion
    {
      if packages > 0 { context.advance(packages: packages) }
      return []
    }
    var comparison = FolderComparison(
      folder: folder, known: row == nil ? [] : try known(in: folder.path),
      context: context, repository: repository)
    comparison.compare()
    for known in comparison.missed { delta.miss(known) }
    if packages > comparison.jobs.count {
      context.advance(packages: packages - comparison.jobs.count)
    }
    let completion = FolderCompletion(
      row: FolderRow(
        path: folder.path, fingerprint: comparison.isComplete ? fingerprint : nil,
        rulesVersion: context.rulesVersion),
      unownedFiles: comparison.unownedFiles, jobs: comparison.jobs.count)
    if comparison.jobs.isEmpty {
      try delta.settle(completion)
    } else {
      writer.expect(completion)
    }
    return comparison.jobs
  }

  private func known(in folder: String) throws -> [KnownPackage] {
    try context.store.read {
      try $0.packages(repository: repository.id, in: repository.parent(of: folder))
    }
  }
}

/// A folder that is taken up, and how it is left once the packages in it are stored.
struct FolderCompletion: Sendable {
  var row: FolderRow
  var unownedFiles: [UnownedFileRow]
  /// Packages of it that are still in work.
  var jobs: Int
  /// Files of its packages, which are no unowned files.
  private var owned: Set<ExactName> = []

  init(row: FolderRow, unownedFiles: [UnownedFileRow], jobs: Int) {
    self.row = row
    self.unownedFiles = unownedFiles
    self.jobs = jobs
  }

  /// Notes that one of its packages is stored, with the names of its files in the folder.
  mutating func finish(owning names: [String], isSettled: Bool) {
    for name in names { owned.insert(ExactName(row.path + name)) }
    if !isSettled { row.fingerprint = nil }
    jobs -= 1
  }

  /// The folder with only those unowned files that no package of it owns.
  var withoutOwned: FolderCompletion {
    var folder = self
    folder.unownedFiles.removeAll { owned.contains(ExactName($0.path)) }
    return folder
  }
}
