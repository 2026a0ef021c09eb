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
    let work = OrderedWork<PackageJob.Outcome>(workers: context.options.workers) {
      try writing.store($0)
    }
    var known = KnownFolders(context: context, repository: repository)
    var found = FoundByWalk(context: context, repository: repository)
    context.begin(.looking, packages: nil, bytes: nil)
    do {
      try walk.runFolders { folder in
        if context.options.isCancelled() { throw Cancelled() }
        let row = try known.advance(to: folder.path) { try found.miss(folder: $0.path) }
        try look(at: folder, row, work, writing, &found)
      } problem: { problem in
        try found.note(problem)
      }
      try known.finish { try found.miss(folder: $0.path) }
      try work.finish()
      try found.close(isWhole: true)
    } catch is Cancelled {
      context.setPartial()
      try work.finish()
      try found.close(isWhole: false)
    }
  }

  // MARK: A folder

  private func look(
    at folder: RepositoryWalk.Folder, _ row: FolderRow?,
    _ work: OrderedWork<PackageJob.Outcome>, _ writing: OutcomeWriting,
    _ found: inout FoundByWalk
  ) throws {
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
      return
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
    guard !look.jobs.isEmpty else { return try found.settle(settling) }
    writing.expect(settling)
    for job in look.jobs { try work.give { job.run() } }
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
}
