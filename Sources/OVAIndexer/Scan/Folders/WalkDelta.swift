import OVACatalog

/// The changes that the walk itself finds, written in batches.
///
/// Packages and folders that are missing are kept to the end: only then it is known whether the
/// repository's folder was really seen, or a mount is missing.
struct WalkDelta {
  /// The number of changes that are collected before they are written.
  private static let most = 1000

  let context: ScanContext
  let repository: ScannedRepository

  private var settled: [FolderCompletion] = []
  private var count = 0
  private var gone: [KnownPackage.Missed] = []
  private var goneFolders: [String] = []
  /// Folders and files that could not be read, at and below which nothing is gone.
  private var unread: [RepositoryWalk.Problem] = []

  init(context: ScanContext, repository: ScannedRepository) {
    self.context = context
    self.repository = repository
  }

  /// A package that is not in its folder any more.
  mutating func miss(_ known: KnownPackage) {
    gone.append(.init(id: known.id, path: repository.below(known.path)))
  }

  /// A folder that is not there any more.
  mutating func miss(folder path: String) { goneFolders.append(path) }

  /// A folder in which nothing is to be read.
  mutating func settle(_ folder: FolderCompletion) throws {
    settled.append(folder)
    count += 1 + folder.unownedFiles.count
    if count >= Self.most { try writeSettled() }
  }

  /// Something that could not be walked.
  mutating func note(_ problem: RepositoryWalk.Problem) throws {
    unread.append(problem)
    let folder = problem.path.isEmpty ? "" : problem.path + "/"
    try context.write {
      try context.note(problem: repository.prefix + problem.path, problem.reason, in: $0)
      // Unowned files that an earlier scan met there, or above in the folder of what was not looked at.
      try $0.doubtUnownedFiles(
        below: folder, repository: repository.id, reason: "its folder could not be read")
    }
  }

  /// Writes what is left after a walk that was stopped: nothing is gone yet.
  mutating func stop() throws { try writeSettled() }

  /// Writes what is left after a walk that went to its end, and says whose the unowned files are.
  /// - Parameters:
  ///   - check: what tells whether the folder was really seen.
  ///   - sight: the folder as it was seen.
  mutating func finish(_ check: MountCheck, sight: RepositorySight) throws {
    try writeSettled()
    for mount in check.missingMounts(now: sight.mounts)
    where context.options.removals == .checked {
      try note(
        RepositoryWalk.Problem(
          kind: .unreadable, path: mount,
          reason: "another file system was mounted here, and is not now; \(MountCheck.advice)"))
    }
    let lost = try lost()
    let doubt = check.doubt(sight: sight, lost: lost.count)
    let now = context.now
    try context.write { writer in
      if let doubt {
        try context.note(
          problem: repository.toldFolder, "\(doubt); \(MountCheck.advice)", in: writer)
      } else {
        for folder in goneFolders where !isUnread(folder) {
          try writer.remove(
            folder: folder, parent: repository.parent(of: folder), repository: repository.id,
            scan: context.scan, now: now)
        }
        try writer.markGone(lost, scan: context.scan, now: now)
        try writer.completeScan(context.scan, of: repository.id, sight: sight)
      }
      try writer.dropOwnedFiles(repository: repository.id, prefix: repository.prefix)
    }
    if doubt != nil { context.refuse(repository.id) }
    context.options.didSee(
      RepositorySighting(
        repository: repository, scan: context.scan, rulesVersion: context.rulesVersion,
        targets: context.targets, sight: sight, isEmpty: check.isEmpty, unread: unread))
  }

  /// The images that are no longer there: missed in their folders, in folders that are gone, and
  /// imported ones that no scan found.
  private func lost() throws -> Set<Int64> {
    var lost = Set(gone.lazy.filter { !isUnread($0.path) }.map(\.id))
    try context.store.read { reader in
      for folder in goneFolders where !isUnread(folder) {
        lost.formUnion(
          try reader.packages(repository: repository.id, in: repository.parent(of: folder))
            .map(\.id))
      }
      var last: Int64 = 0
      while true {
        let page = try reader.imported(
          dataStore: repository.mapping.dataStore, prefix: repository.prefix, after: last,
          limit: 1000)
        guard let end = page.last else { break }
        last = end.id
        for image in page where !isUnread(repository.below(image.path)) { lost.insert(image.id) }
      }
    }
    return lost
  }

  private func isUnread(_ path: String) -> Bool {
    unread.contains { $0.covers(path) }
  }

  private mutating func writeSettled() throws {
    guard count > 0 else { return }
    try context.write { [settled] writer in
      try writer.settle(
        settled.map { ($0.row, $0.unownedFiles) }, repository: repository.id, scan: context.scan)
    }
    settled = []
    count = 0
  }
}

extension KnownPackage {
  /// A package that was not met.
  struct Missed {
    let id: Int64
    /// The path below the walked folder.
    let path: String
  }
}
