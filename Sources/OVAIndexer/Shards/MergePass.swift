import OVABasics
import OVACatalog
import OVAConcurrency
import OVATargets

/// The id of a target by its name.
enum TargetID {
  /// The id; the name itself where this version does not know it.
  static func of(_ name: String) -> String { (try? Target.named(name).id) ?? name }
}

/// Stores the folders of all parts of a run in the order in which one scan meets them.
struct MergePass {
  /// Packages that are stored together.
  private static let batch = 256

  let context: ScanContext
  let set: ShardSet
  let moves: MovedPackages

  private struct Cancelled: Error {}

  func run() throws {
    try noteProblems()
    context.count { counts in
      for part in set.parts {
        counts.files += part.end.files
        counts.hashed += part.end.hashed
        counts.bytes &+= part.end.bytes
      }
    }
    if !set.isComplete { context.setPartial() }
    var order = try FolderOrder(set)
    for (number, repository) in context.repositories.enumerated() {
      guard !context.options.isCancelled() else { return context.setPartial() }
      try merge(repository, number, &order)
    }
  }

  /// Notes what the parts could not read; what they say of folders comes with the repositories.
  private func noteProblems() throws {
    for part in set.parts where part.end.problems > 0 {
      var reader = try part.reader()
      var problems: [ShardProblem] = []
      func store() throws {
        let page = problems
        problems = []
        try context.write { writer in
          for problem in page {
            try context.note(problem: problem.path, problem.reason, in: writer)
          }
        }
      }
      while let problem = try reader.next()?.problem {
        problems.append(problem)
        if problems.count >= Self.batch { try store() }
      }
      if !problems.isEmpty { try store() }
    }
  }

  private func merge(
    _ repository: ScannedRepository, _ number: Int, _ order: inout FolderOrder
  ) throws {
    var check = try context.store.read { reader in
      let imported = try reader.importedCount(
        dataStore: repository.mapping.dataStore, prefix: repository.prefix)
      return MountCheck(
        context: context, repository: repository, before: try reader.sight(of: repository.id),
        known: try reader.packageCount(repository: repository.id) + imported)
    }
    let lines = set.parts.compactMap { part in
      part.repositories.indices.contains(number) ? part.repositories[number] : nil
    }
    check.isEmpty = lines.allSatisfy(\.empty)
    let sight = RepositorySight(
      folder: lines.first?.folder?.identity, root: lines.first?.root?.identity,
      mounts: Set(lines.flatMap(\.mounts).map { ExactName($0.path) }).map(\.name)
        .sorted { $0.precedesInBytes($1) })
    try context.write { try $0.beginScan(context.scan, of: repository.id) }
    var delta = WalkDelta(context: context, repository: repository)
    for problem in Set(lines.flatMap(\.unread)).sorted(by: Self.precedes) {
      try delta.note(
        RepositoryWalk.Problem(kind: .unreadable, path: problem.path, reason: problem.reason))
    }
    var known = CatalogFolders(context: context, repository: repository)
    do {
      while let cursor = order.next(of: number) {
        if context.options.isCancelled() { throw Cancelled() }
        var folder = FolderMerge(
          context: context, repository: repository, moves: moves, cursor: cursor)
        let row = try known.advance(to: folder.path) { delta.miss(folder: $0.path) }
        for missed in try folder.run(known: row, &check) { delta.miss(missed) }
        try order.advance()
      }
      try known.finish { delta.miss(folder: $0.path) }
      if set.isComplete { return try delta.finish(check, sight: sight) }
    } catch is Cancelled {
      context.setPartial()
    }
    // Of a run with missing parts nothing is gone.
    try delta.stop()
    try context.write {
      try $0.dropOwnedFiles(repository: repository.id, prefix: repository.prefix)
    }
  }

  private static func precedes(_ a: ShardProblem, _ b: ShardProblem) -> Bool {
    a.path.isExactly(b.path) ? a.reason.precedesInBytes(b.reason) : a.path.precedesInBytes(b.path)
  }
}
