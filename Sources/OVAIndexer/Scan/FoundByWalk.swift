import OVACatalog

/// What the walk itself finds out, written now and then.
struct FoundByWalk {
  /// What is kept before it is written.
  private static let most = 1000

  let context: ScanContext
  let repository: ScannedRepository

  private var gone: [Int64] = []
  private var goneFolders: [String] = []
  private var settled: [FolderSettling] = []
  private var count = 0
  /// Folders and files that could not be read, at and below which nothing is gone.
  private var unread: [String] = []

  init(context: ScanContext, repository: ScannedRepository) {
    self.context = context
    self.repository = repository
  }

  /// A package that is not in its folder any more.
  mutating func miss(_ known: KnownPackage, in folder: String) throws {
    guard !isUnread(repository.below(known.path)) else { return }
    gone.append(known.id)
    try flush(after: 1)
  }

  /// A folder that is not there any more.
  mutating func miss(folder path: String) throws {
    guard !isUnread(path) else { return }
    goneFolders.append(path)
    try flush(after: 1)
  }

  /// A folder in which nothing is to be read.
  mutating func settle(_ folder: FolderSettling) throws {
    settled.append(folder)
    try flush(after: 1 + folder.strays.count)
  }

  /// Something that could not be walked.
  mutating func note(_ problem: RepositoryWalk.Problem) throws {
    unread.append(problem.path)
    try context.store.write {
      try context.note(problem: repository.prefix + problem.path, problem.reason, in: $0)
    }
  }

  /// Writes what is left. A walk that went to its end also says whose the strays are.
  mutating func close(isWhole: Bool) throws {
    try write()
    guard isWhole else { return }
    try context.store.write {
      try $0.dropOwnedStrays(repository: repository.id, prefix: repository.prefix)
    }
  }

  private func isUnread(_ path: String) -> Bool {
    unread.contains { unread in
      unread.isEmpty || path.utf8.starts(with: "\(unread)/".utf8)
        || path.utf8.elementsEqual(unread.utf8)
    }
  }

  private mutating func flush(after more: Int) throws {
    count += more
    if count >= Self.most { try write() }
  }

  private mutating func write() throws {
    guard count > 0 else { return }
    let now = context.now
    try context.store.write { writer in
      try writer.markGone(gone, scan: context.scan, now: now)
      for path in goneFolders {
        try writer.remove(
          folder: path, parent: repository.parent(of: path), repository: repository.id,
          scan: context.scan, now: now)
      }
      for folder in settled {
        try writer.settle(
          folder.row, strays: folder.strays, repository: repository.id, scan: context.scan)
      }
    }
    gone = []
    goneFolders = []
    settled = []
    count = 0
  }
}
