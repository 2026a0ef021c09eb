import OVABasics
import OVAByteSource
import OVACatalog
import OVAConcurrency
import OVAPackage
import OVASandbox

/// The second part of a scan: reads the bytes of packages for digests, those without first, and
/// judges the packages by them. A scan that was stopped goes on with what is left.
struct DigestPass {
  private static let batch = ResultBatch(worthwhile: 32, most: 256, heaviest: 8 << 20)

  let context: ScanContext
  let pool: WorkPool

  func run() throws {
    let cutoff: Int64? =
      switch context.options.rehash {
      case .nothing: nil
      case .everything: context.now
      case .olderThan(let seconds): context.now.subtractingReportingOverflow(seconds).partialValue
      }
    let total = try total(cutoff)
    if total.packages == 0 { return }
    let budget = context.options.hashBudget ?? .max
    context.begin(
      .hashing, packages: budget > total.bytes ? total.packages : nil,
      bytes: min(budget, total.bytes))
    var left = context.options.hashBudget ?? .max
    try inOrder { work in
      for repository in context.repositories
      where context.options.computesDigests && context.files(of: repository) != nil {
        var last: Int64 = 0
        while left > 0 {
          let after = last
          let page = try context.store.read {
            try $0.unhashed(repository: repository.id, after: after, limit: 500)
          }
          guard let end = page.last else { break }
          last = end.id
          try give(page, repository, work, &left)
        }
      }
    }
    if let cutoff { try rehash(before: cutoff, &left) }
  }

  /// Reads the packages that `giving` gives, several at a time, and stores what comes of them in
  /// their order.
  private func inOrder(_ giving: (OrderedWork<Outcome>) throws -> Void) throws {
    let work = OrderedWork<Outcome>(
      on: pool, workers: context.options.readAtATime, batch: Self.batch,
      weight: \.heldBytes
    ) { try store($0) }
    do {
      try giving(work)
      try work.finish()
    } catch {
      // Nothing goes on behind an error.
      context.fail()
      work.abandon()
      throw error
    }
  }

  /// Counts the packages and bytes to read, without a budget.
  private func total(_ cutoff: Int64?) throws -> (packages: Int, bytes: UInt64) {
    var total = (packages: 0, bytes: UInt64(0))
    func add(_ part: (packages: Int, bytes: Int64)) {
      total.packages += part.packages
      total.bytes = total.bytes.addingReportingOverflow(UInt64(clamping: part.bytes)).partialValue
    }
    try context.store.read { reader in
      for repository in context.repositories {
        if context.options.computesDigests {
          add(try reader.unhashedTotal(repository: repository.id))
        }
        if let cutoff { add(try reader.hashedTotal(before: cutoff, repository: repository.id)) }
      }
    }
    return total
  }

  /// Reads again what was read before an instant, the oldest first in all repositories.
  private func rehash(before cutoff: Int64, _ left: inout UInt64) throws {
    var last: PackageToHash?
    while left > 0 {
      let page = try context.store.read { [last] in
        try $0.packagesHashed(before: cutoff, after: last, limit: 500)
      }
      guard let end = page.last else { return }
      last = end
      try inOrder { work in
        for package in page {
          let home = context.repositories.first { $0.id == package.repository }
          if let home, context.files(of: home) != nil {
            try give([package], home, work, &left)
          }
        }
      }
    }
  }

  private func give(
    _ page: [PackageToHash], _ repository: ScannedRepository, _ work: OrderedWork<Outcome>,
    _ left: inout UInt64
  ) throws {
    for package in page {
      if context.options.isCancelled() {
        context.setPartial()
        left = 0
      }
      guard left > 0 else { return }
      let size = UInt64(clamping: package.size)
      left = size < left ? left - size : 0
      try work.give { try read(package, repository) }
    }
  }

  private struct Outcome: Sendable {
    enum Kind: Sendable {
      /// Digests, and the findings and verdicts that they lead to.
      case read([FileRow], [FindingRow], [VerdictRow], isWhole: Bool)
      /// It is not what the walk saw; the next scan takes it up.
      case changed
      /// The process that parsed it ended, and would again.
      case stopped(String)
      /// The scan was stopped first; the next one reads it.
      case notReached
    }
    let id: Int64
    let path: String
    let kind: Kind
    let problems: [String]

    /// The results to be stored of a package that was read.
    var save: DigestSave? {
      guard case .read(let files, let findings, let verdicts, let isWhole) = kind else {
        return nil
      }
      return DigestSave(
        id: id, files: files, findings: findings, verdicts: verdicts, isWhole: isWhole)
    }

    /// About how many bytes of memory it takes.
    var heldBytes: Int {
      guard case .read(let files, let findings, let verdicts, _) = kind else { return 200 }
      return files.heldBytes + findings.heldBytes + 400 * verdicts.count
    }
  }

  private func read(
    _ package: PackageToHash, _ repository: ScannedRepository
  ) throws -> Outcome {
    func outcome(_ kind: Outcome.Kind, _ problems: [String] = []) -> Outcome {
      Outcome(id: package.id, path: package.path, kind: kind, problems: problems)
    }
    func notReached() -> Outcome {
      context.setPartial()
      return outcome(.notReached)
    }
    if context.isStopped { return notReached() }
    let number = context.start(package.path)
    defer { context.end(number) }
    let systemPath = repository.systemPath(repository.below(package.path))
    let known = try context.store.read { try $0.files(of: package.id) }
    var parsing = context.parsing
    parsing.progress = { context.advance(bytes: $0) }
    let below = repository.below(package.path)
    parsing.listed = context.listedFiles(of: repository).map {
      ListedPackageFolder(
        files: $0, path: String(Substring(below.utf8.dropLast(below.lastComponent.utf8.count))))
    }
    let task = DigestTask(
      systemPath: systemPath, isListed: parsing.listed != nil, boundary: repository.boundary,
      known: known,
      targets: context.targets, policy: context.options.policy)
    do throws(SandboxedParsing.Failure) {
      switch try found(task, UInt64(clamping: package.size), parsing) {
      case .read(let digests):
        context.count {
          $0.hashed += 1
          $0.bytes &+= digests.bytesRead
        }
        return outcome(
          .read(digests.files, digests.findings, digests.verdicts, isWhole: digests.isWhole),
          digests.problems)
      case .changed(let reason): return outcome(.changed, reason.map { [$0] } ?? [])
      case .notReached: return notReached()
      }
    } catch {
      switch error {
      // The scan ends with the cause.
      case .notStarted: return notReached()
      case .ended(let end):
        if case .cancelled = end.cause { return notReached() }
        return outcome(end.isOfContent ? .stopped(end.reason) : .changed, [end.reason])
      }
    }
  }

  /// Reads here, or in a confined process.
  private func found(
    _ task: DigestTask, _ size: UInt64, _ parsing: ParsingContext
  ) throws(SandboxedParsing.Failure) -> DigestTask.Found {
    guard let sandbox = context.sandbox else { return task.run(in: parsing) }
    let reply = try sandbox.ask(
      .digests(task), beyond: linkedOut(task), bytes: size, parsing)
    guard case .digests(let found) = reply else { throw .ended(.unclear) }
    return found
  }

  /// The files of a package that lie outside of the data store, by links of an operator's.
  private func linkedOut(_ task: DigestTask) -> [String] {
    guard task.boundary == nil, !task.isListed else { return [] }
    let folder = String(
      Substring(task.systemPath.utf8.dropLast(task.systemPath.lastComponent.utf8.count)))
    return task.known.filter { $0.isLinked && !$0.isMember }
      .compactMap { (folder + $0.name).realPath }
  }

  private func store(_ outcomes: [Outcome]) throws {
    let now = context.now
    try context.write { writer in
      try writer.save(
        outcomes.compactMap(\.save), rulesVersion: context.rulesVersion, scan: context.scan,
        now: now)
      for outcome in outcomes {
        if case .stopped(let reason) = outcome.kind {
          // What was found before it was read through is no verdict on it, and would hide the reason.
          try writer.rejudge(
            outcome.id, findings: [], rulesVersion: context.rulesVersion, scan: context.scan)
          try writer.setState(
            outcome.id, .unreadable, detail: reason, brokenFor: context.rulesVersion)
          try writer.setUnhashed(outcome.id, false)
        }
        for problem in outcome.problems {
          try context.note(problem: outcome.path, problem, in: writer)
        }
      }
    }
    context.advance(packages: outcomes.count)
  }
}
