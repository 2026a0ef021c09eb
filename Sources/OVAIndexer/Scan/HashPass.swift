import OVABasics
import OVAByteSource
import OVACatalog
import OVAConcurrency
import OVAPackage
import OVFXML
import Synchronization

/// The second part of a scan: reads the bytes of packages for digests, those without first, and
/// judges the packages by them. A scan that was stopped goes on with what is left.
struct HashPass {
  private static let batch = ResultBatch(worthwhile: 32, most: 256)

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
      for repository in context.repositories where context.options.computesDigests {
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
      on: pool, workers: context.options.readAtATime, batch: Self.batch
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

  /// What there is to read, without a budget.
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
          if let home { try give([package], home, work, &left) }
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
      /// Digests, and the findings that they lead to.
      case read([FileRow], [FindingRow], isWhole: Bool)
      /// It is not what the walk saw; the next scan takes it up.
      case changed
      /// The scan was stopped first; the next one reads it.
      case notReached
    }
    let id: Int64
    let path: String
    let kind: Kind
    let problems: [String]
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
    let before: FileFacts
    do throws(ByteSourceError) {
      before = try FileFacts.of(path: systemPath)
    } catch {
      return outcome(.changed, error.code == .notFound ? [] : [error.reason])
    }
    let known = try context.store.read { try $0.files(of: package.id) }
    let opened: Package
    do throws(PackageError) {
      opened = try Package.open(
        file: systemPath, shownAs: systemPath.lastComponent, limits: context.options.limits,
        within: repository.boundary)
    } catch {
      return outcome(.changed, [error.reason])
    }
    // What could not be read now is no fault of the package: the next scan takes it up.
    if let failure = opened.readFailures.first {
      return outcome(.changed, ["\(failure.place.file): \(failure.reason)"])
    }
    let slash = systemPath.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = slash.map { String(systemPath[...$0]) } ?? ""
    let name = slash.map { String(systemPath[systemPath.utf8.index(after: $0)...]) } ?? systemPath
    var facts: [ExactName: FileFacts] = [:]
    if !opened.isArchive {
      for file in opened.files {
        guard let path = file.path?.text else { continue }
        do throws(ByteSourceError) {
          facts[ExactName(path)] = try FileFacts.of(path: folder + path)
        } catch {
          return outcome(.changed, error.code == .notFound ? [] : ["\(path): \(error.reason)"])
        }
      }
    }
    let reading = PackageReading(package: opened, facts: facts)
    let rows = reading.files(anchor: name, anchorFacts: before)
    let byKey = known.byKey
    func earlier(_ row: FileRow) -> FileRow? {
      byKey[row.key].flatMap { $0.hasSameContentFacts(as: row) ? $0 : nil }
    }
    guard rows.count == known.count, rows.allSatisfy({ earlier($0) != nil })
    else { return outcome(.changed) }
    guard
      let evidence = opened.evidence(
        .scan, progress: { context.advance(bytes: $0) }, isStopped: { context.isStopped })
    else { return notReached() }
    let checked = opened.checkedOnThisThread(evidence)
    // Digests of a mix of two versions are those of none.
    do throws(PackageError) {
      try opened.confirmUnchanged()
    } catch {
      return outcome(.changed, error.code == .changed ? [] : [error.reason])
    }
    do throws(ByteSourceError) {
      guard try FileFacts.of(path: systemPath) == before else { return outcome(.changed) }
    } catch {
      return outcome(.changed, error.code == .notFound ? [] : [error.reason])
    }
    var problems = evidence.files.compactMap { path, file in
      file.failure.map { "\(path.text): \($0.reason)" }
    }.sorted()
    let hashed = reading.adding(evidence, to: rows).filter { !$0.digests.isEmpty }
    var kept: [FileRow] = []
    for row in hashed {
      let old = earlier(row)?.digests ?? [:]
      let isOther = row.digests.contains { old[$0.key] != nil && old[$0.key] != $0.value }
      if isOther {
        // The digest of before is kept: it is what the file should be.
        problems.append(
          "\(row.name): its bytes are others than before, but size, time and inode are the same: "
            + "storage may have damaged it (restore it from a copy)")
      } else {
        kept.append(row)
      }
    }
    context.count {
      $0.hashed += 1
      $0.bytes &+= evidence.bytesRead
    }
    return outcome(
      .read(
        kept, PackageReading.findings(of: checked),
        isWhole: evidence.files.values.allSatisfy { $0.failure == nil }), problems)
  }

  private func store(_ outcomes: [Outcome]) throws {
    let now = context.now
    try context.write { writer in
      for outcome in outcomes {
        if case .read(let files, let findings, let isWhole) = outcome.kind {
          try writer.saveDigests(of: outcome.id, files: files, now: now)
          try writer.rejudge(
            outcome.id, findings: findings, rulesVersion: context.rulesVersion,
            scan: context.scan)
          if isWhole { try writer.setUnhashed(outcome.id, false) }
        }
        for problem in outcome.problems {
          try context.note(problem: outcome.path, problem, in: writer)
        }
      }
    }
    context.advance(packages: outcomes.count)
  }
}
