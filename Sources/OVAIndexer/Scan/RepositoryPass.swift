import OVABasics
import OVAByteSource
import OVACatalog
import Synchronization

/// The first part of a scan: walks one repository beside what is known of it, and has read again
/// what changed.
struct RepositoryPass {
  let context: ScanContext
  let repository: ScannedRepository

  /// What the walk found out and what is yet to be written of it.
  private struct Found {
    var gone: [(id: Int64, path: String)] = []
    var strays: [StrayRow] = []
    /// Folders that could not be read, below which nothing is gone.
    var unread: [String] = []
    var wasCancelled = false
  }

  private struct Cancelled: Error {}

  func run() throws {
    let context = context
    let repository = repository
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
    var known = try KnownPackages(store: context.store, repository: repository)
    var found = Found()
    context.begin(.looking, packages: nil, bytes: nil)
    do {
      try walk.runFolders { folder in
        if context.options.isCancelled() { throw Cancelled() }
        try known.takeBefore(folder.path) { miss($0, &found) }
        try look(at: folder, try known.take(in: folder.path), work, writing, &found)
      } problem: { problem in
        try note(problem, &found)
      }
      try known.takeRest { miss($0, &found) }
    } catch is Cancelled {
      found.wasCancelled = true
      context.setPartial()
    }
    try work.finish()
    try close(&found, writing)
  }

  // MARK: A folder

  private func look(
    at folder: RepositoryWalk.Folder, _ known: [KnownPackages.Known],
    _ work: OrderedWork<PackageJob.Outcome>, _ writing: OutcomeWriting, _ found: inout Found
  ) throws {
    var known = known[...]
    var others: [FolderContents.File] = []
    var owned: Set<String> = []
    var jobs: [PackageJob] = []
    var facts: [String: FileFacts]?
    var packages = 0
    for file in folder.files {
      guard let kind = PackageKind(name: file.name) else {
        others.append(file)
        continue
      }
      packages += 1
      while let first = known.first, first.name.precedes(file.name) {
        miss(first, &found)
        known.removeFirst()
      }
      var match: KnownPackage?
      if let first = known.first, first.name.compareBytes(file.name) == 0 {
        match = first.package
        known.removeFirst()
      }
      if kind == .descriptor, facts == nil {
        facts = Dictionary(folder.files.map { ($0.name, $0.facts) }) { first, _ in first }
      }
      if let match, isUnchanged(match, kind, file, facts ?? [:], folder) {
        if match.rulesVersion == context.rulesVersion {
          for row in match.files { owned.insert(row.name) }
          continue
        }
        jobs.append(job(file, folder, kind == .descriptor ? facts : nil, match, rejudges: true))
      } else {
        jobs.append(job(file, folder, kind == .descriptor ? facts : nil, match, rejudges: false))
      }
    }
    for left in known { miss(left, &found) }
    let count = folder.files.count
    context.count {
      $0.packages += packages
      $0.files += count
    }
    if packages > jobs.count { context.advance(packages: packages - jobs.count) }
    others.removeAll { owned.contains($0.name) }
    let strays = others.map { file in
      StrayRow(
        path: folder.path + file.name, kind: "file", size: Int64(clamping: file.facts.size),
        modified: file.facts.modified)
    }
    if jobs.isEmpty {
      try keep(strays, &found)
    } else if !strays.isEmpty {
      writing.expect(jobs.count, in: folder.path, strays)
    }
    for job in jobs { try work.give { job.run() } }
  }

  private func job(
    _ file: FolderContents.File, _ folder: RepositoryWalk.Folder, _ facts: [String: FileFacts]?,
    _ known: KnownPackage?, rejudges: Bool
  ) -> PackageJob {
    PackageJob(
      context: context, repository: repository, path: folder.path + file.name, name: file.name,
      systemPath: folder.systemPath + file.name, facts: file.facts, folder: facts ?? [:],
      known: known, isRejudgement: rejudges)
  }

  private func isUnchanged(
    _ known: KnownPackage, _ kind: PackageKind, _ file: FolderContents.File,
    _ facts: [String: FileFacts], _ folder: RepositoryWalk.Folder
  ) -> Bool {
    guard known.state == .whole, !known.files.isEmpty else { return false }
    if kind == .archive {
      return known.files.count == 1 && known.files[0].isUnchanged(file.facts)
    }
    for row in known.files {
      let now =
        row.name.utf8.contains(UInt8(ascii: "/"))
        ? try? FileFacts.of(path: folder.systemPath + row.name) : facts[row.name]
      guard let now, row.isUnchanged(now) else { return false }
    }
    // A manifest or certificate that was added beside it.
    let base = file.name.dropLast(4)
    return ["mf", "MF", "cert", "CERT"].allSatisfy { suffix in
      let name = "\(base).\(suffix)"
      return facts[name] == nil || known.files.contains { $0.name == name }
    }
  }

  // MARK: What is not there, and what cannot be read

  private func miss(_ known: KnownPackages.Known, _ found: inout Found) {
    let path = known.folder + known.name
    let isUnread = found.unread.contains { folder in
      folder.isEmpty || path == folder || path.utf8.starts(with: "\(folder)/".utf8)
    }
    if !isUnread { found.gone.append((known.package.id, known.package.path)) }
  }

  private func note(_ problem: RepositoryWalk.Problem, _ found: inout Found) throws {
    guard problem.kind == .unreadable else {
      return try keep(
        [
          StrayRow(
            path: problem.path, kind: problem.kind.rawValue, size: 0, modified: 0,
            detail: problem.reason)
        ], &found)
    }
    found.unread.append(problem.path)
    try context.store.write {
      try context.note(problem: repository.prefix + problem.path, problem.reason, in: $0)
    }
  }

  private func keep(_ strays: [StrayRow], _ found: inout Found) throws {
    found.strays += strays
    guard found.strays.count >= 1000 else { return }
    try context.store.write {
      try $0.save(strays: found.strays, repository: repository.id, scan: context.scan)
    }
    found.strays = []
  }

  private func close(_ found: inout Found, _ writing: OutcomeWriting) throws {
    let renamed = writing.renamed
    let gone = found.wasCancelled ? [] : found.gone
    let strays = found.strays
    let now = context.now
    let isWhole = !found.wasCancelled
    try context.store.write { writer in
      try writer.save(strays: strays, repository: repository.id, scan: context.scan)
      if isWhole {
        try writer.settleStrays(
          repository: repository.id, scan: context.scan, prefix: repository.prefix)
      }
      try writer.markGone(renamed, scan: nil, now: now)
      try writer.markGone(
        gone.lazy.map(\.id).filter { !renamed.contains($0) }, scan: context.scan, now: now)
    }
    for (id, path) in gone where !renamed.contains(id) { context.note(.gone, path: path) }
  }
}

/// What a file's name says it is.
enum PackageKind {
  case archive
  case descriptor

  init?(name: String) {
    let bytes = name.utf8
    guard bytes.count > 4, !name.hasPrefix("._") else { return nil }
    let end = Array(bytes.suffix(4))
    guard end[0] == UInt8(ascii: "."), end[1] | 0x20 == UInt8(ascii: "o"),
      end[2] | 0x20 == UInt8(ascii: "v")
    else { return nil }
    switch end[3] | 0x20 {
    case UInt8(ascii: "a"): self = .archive
    case UInt8(ascii: "f"): self = .descriptor
    default: return nil
    }
  }
}
