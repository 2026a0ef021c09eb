import OVABasics
import OVAByteSource
import OVACatalog
import OVFXML

/// The first part of a scan: walks one repository beside what is known of it, and has read again
/// what changed.
struct RepositoryPass {
  let context: ScanContext
  let repository: ScannedRepository

  private struct Cancelled: Error {}

  /// Packages that are handed to a worker together, since waking one costs as much as opening some.
  private static let handful = 8
  /// Handfuls that are stored together, and that are in memory at the most.
  private static let batch = StoringBatch(worthwhile: 64, most: 192)

  func run() throws {
    let walk: RepositoryWalk
    do throws(ByteSourceError) {
      walk = try RepositoryWalk(
        folder: repository.mapping.walkedFolder, boundary: repository.mapping.root,
        excludes: context.options.excludes.map(PathPattern.init))
    } catch {
      let error = error
      try context.store.write {
        try context.note(problem: repository.mapping.walkedFolder, error.reason, in: $0)
      }
      return
    }
    let writing = OutcomeWriting(context: context, repository: repository)
    let work = OrderedWork<[PackageJob.Outcome]>(
      workers: context.options.openedAtATime, batch: Self.batch
    ) { try writing.store($0.flatMap(\.self)) }
    var jobs: [PackageJob] = []
    func give(atLeast count: Int) throws {
      guard !jobs.isEmpty, jobs.count >= count else { return }
      let handful = jobs
      jobs = []
      try work.give { handful.map { $0.run() } }
    }
    var known = KnownFolders(context: context, repository: repository)
    var found = FoundByWalk(context: context, repository: repository)
    do {
      try walk.runFolders { folder in
        if context.options.isCancelled() { throw Cancelled() }
        let row = try known.advance(to: folder.path) { try found.miss(folder: $0.path) }
        for job in try look(at: folder, row, writing, &found) {
          jobs.append(job)
          try give(atLeast: Self.handful)
        }
      } problem: { problem in
        try found.note(problem)
      }
      try known.finish { try found.miss(folder: $0.path) }
      try give(atLeast: 1)
      try work.finish()
      try found.close(isWhole: true)
    } catch is Cancelled {
      context.setPartial()
      try work.finish()
      try found.close(isWhole: false)
    }
  }

  // MARK: A folder

  /// Takes up a folder unless nothing in it changed; the packages that are to be read.
  private func look(
    at folder: RepositoryWalk.Folder, _ row: FolderRow?, _ writing: OutcomeWriting,
    _ found: inout FoundByWalk
  ) throws -> [PackageJob] {
    let contents = folder.contents
    let packages = contents.packageCount
    context.count {
      $0.packages += packages
      $0.files += contents.fileCount
    }
    let fingerprint = contents.fingerprint
    if let row, let fingerprint, row.fingerprint == fingerprint,
      row.rulesVersion == context.rulesVersion
    {
      if packages > 0 { context.advance(packages: packages) }
      return []
    }
    var look = FolderLook(
      folder: folder, known: row == nil ? [] : try known(in: folder.path),
      context: context, repository: repository)
    look.run()
    for known in look.missed { try found.miss(known, in: folder.path) }
    if packages > look.jobs.count { context.advance(packages: packages - look.jobs.count) }
    let settling = FolderSettling(
      row: FolderRow(
        path: folder.path, fingerprint: look.settles ? fingerprint : nil,
        rulesVersion: context.rulesVersion),
      strays: look.strays, jobs: look.jobs.count)
    if look.jobs.isEmpty {
      try found.settle(settling)
    } else {
      writing.expect(settling)
    }
    return look.jobs
  }

  private func known(in folder: String) throws -> [KnownPackage] {
    try context.store.read {
      try $0.packages(repository: repository.id, in: repository.parent(of: folder))
    }
  }
}

/// A folder that is taken up, and how it is left once the packages in it are stored.
struct FolderSettling: Sendable {
  var row: FolderRow
  var strays: [StrayRow]
  /// Packages of it that are still in work.
  var jobs: Int
  /// Files of its packages, which are no strays.
  private var owned: Set<ExactName> = []

  init(row: FolderRow, strays: [StrayRow], jobs: Int) {
    self.row = row
    self.strays = strays
    self.jobs = jobs
  }

  /// Notes that one of its packages is stored, with the names of its files in the folder.
  mutating func finish(owning names: [String], isSettled: Bool) {
    for name in names { owned.insert(ExactName(row.path + name)) }
    if !isSettled { row.fingerprint = nil }
    jobs -= 1
  }

  /// The folder with only those strays that no package of it owns.
  var withoutOwned: FolderSettling {
    var folder = self
    folder.strays.removeAll { owned.contains(ExactName($0.path)) }
    return folder
  }
}
