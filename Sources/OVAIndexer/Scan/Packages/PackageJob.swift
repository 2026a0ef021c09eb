import OVABasics
import OVAByteSource
import OVACatalog
import OVAPackage
import OVASandbox
import OVFXML

/// One package that is to be opened, judged and stored.
struct PackageJob: Sendable {
  let context: ScanContext
  let repository: ScannedRepository
  /// The path below the walked folder.
  let path: String
  /// The file's name.
  let name: String
  /// The path for the operating system.
  let systemPath: String
  let facts: FileFacts
  /// The files of its folder; only of descriptors.
  let folder: [ExactName: FileFacts]
  /// Files of its folder that a download tool still writes.
  let loading: Set<ExactName>
  /// True if a symbolic link is in its path or is the file.
  let isLinked: Bool
  let known: KnownPackage?
  /// True if only the rules are new.
  let isRejudgment: Bool
  /// Files outside of the data store that links of its folder lead to; none in a user's repository.
  let linkedOut: [String]

  /// The result of a job.
  struct Outcome: Sendable {
    enum Kind: Sendable {
      case save(PackageRow, isUnhashed: Bool, renamed: (id: Int64, path: String)?)
      /// Reading failed for a reason that may pass; what is known stays.
      case keep(id: Int64, reason: String)
      /// It is no longer there.
      case vanished
      /// The scan was stopped first; what is known stays, and the next one takes it up.
      case notReached
    }
    let job: PackageJob
    let kind: Kind
    let problem: String?
  }

  private func notReached() -> Outcome {
    context.setPartial()
    return Outcome(job: self, kind: .notReached, problem: nil)
  }

  /// Opens and judges the package.
  /// - Throws: `CatalogError` when the catalog cannot be asked what it knows of the package.
  func run() throws -> Outcome {
    if context.isStopped { return notReached() }
    let number = context.start(systemPath)
    defer { context.end(number) }
    var renamed: (id: Int64, path: String)?
    var failure: (any Error)?
    var parsing = context.parsing
    parsing.folder = folder
    parsing.loading = loading
    parsing.listed = context.listedFiles(of: repository).map {
      ListedPackageFolder(
        files: $0, path: String(Substring(path.utf8.dropLast(name.utf8.count))))
    }
    parsing.earlier = { rows in
      do {
        let earlier = try stored(for: rows)
        renamed = earlier.renamed
        return earlier.scan
      } catch {
        failure = error
        return EarlierScan()
      }
    }
    let found: PackageTask.Found
    do throws(SandboxedParsing.Failure) {
      found = try self.found(parsing)
    } catch {
      return outcome(of: error)
    }
    if let failure { throw failure }
    switch found {
    case .opened(let opened): return outcome(of: opened, renamed: renamed)
    case .failed(let failure): return outcome(of: failure)
    case .notReached: return notReached()
    }
  }

  /// Parses here, or in a confined process.
  private func found(
    _ parsing: ParsingContext
  ) throws(SandboxedParsing.Failure) -> PackageTask.Found {
    let task = PackageTask(
      name: name, systemPath: systemPath, isListed: parsing.listed != nil, facts: facts,
      isLinked: isLinked,
      boundary: repository.boundary, realFolder: realFolder, realRoot: repository.realRoot,
      settle: context.options.settle, computesDigests: context.options.computesDigests,
      targets: context.targets, policy: context.options.policy,
      asksEarlierScans: !context.wasEmpty)
    guard let sandbox = context.sandbox else { return task.run(in: parsing) }
    // Of a large folder each of its packages would carry all.
    let files = folder.count <= Self.mostFilesSent ? folder : [:]
    let reply = try sandbox.ask(
      .package(
        task, folder: files.map { NamedFacts(name: $0.key.name, facts: $0.value) },
        loading: loading.map(\.name)),
      beyond: linkedOut,
      bytes: folder.values.reduce(facts.size) { $0.addingReportingOverflow($1.size).partialValue },
      parsing)
    guard case .package(let found) = reply else { throw .ended(.unclear) }
    return found
  }

  private static let mostFilesSent = 500

  // MARK: What could not be opened

  private func outcome(of failure: PackageTask.Failure) -> Outcome {
    if loading.contains(ExactName(name)) {
      return saved(row(state: .changing, detail: PackageTask.stillLoading(name)))
    }
    let code = PackageFailure(rawValue: failure.code)
    if code == .notFound {
      return Outcome(job: self, kind: .vanished, problem: "it vanished while it was read")
    }
    let reason = [failure.reason, failure.fix.map { "(\($0))" }].compactMap { $0 }
      .joined(separator: " ")
    guard let code, code.isOfContent else {
      return kept(failure.reason)
        ?? saved(row(state: .unreadable, detail: reason), problem: reason)
    }
    let age = PackageTask.age(
      of: [facts.modified], now: context.options.clock(), settle: context.options.settle)
    if let age {
      return saved(row(state: .changing, detail: PackageTask.lastWritten(age)))
    }
    // It was read, and its finding says what is wrong with it: nothing is left of the scan's work.
    var broken = row(state: .broken, detail: reason)
    broken?.brokenFor = context.rulesVersion
    broken?.findings = failure.findings
    return saved(broken)
  }

  /// The outcome of a package on which the process that parses ended: it is kept as one that cannot
  /// be read, and the scan goes on.
  private func outcome(of failure: SandboxedParsing.Failure) -> Outcome {
    switch failure {
    // The scan ends with the cause.
    case .notStarted: return notReached()
    case .ended(let end):
      if case .cancelled = end.cause { return notReached() }
      if !end.isOfContent, let kept = kept(end.reason) { return kept }
      var unreadable = row(state: .unreadable, detail: end.reason)
      // The next scan knows it, and has no reason to read it or to complain of it.
      if end.isOfContent { unreadable?.brokenFor = context.rulesVersion }
      return saved(
        unreadable, problem: end.isOfContent && isRejudgment ? nil : end.reason)
    }
  }

  /// Returns an outcome that keeps the known facts, since the reason may pass; nil where nothing is
  /// known.
  private func kept(_ reason: String) -> Outcome? {
    guard let known, known.rulesVersion != nil else { return nil }
    return Outcome(job: self, kind: .keep(id: known.id, reason: reason), problem: reason)
  }

  private func row(state: PackageRow.State, detail: String) -> PackageRow? {
    let time = facts.modified.floorSeconds
    return record(updated: time).map {
      var file = FileRow(name: name, facts: facts)
      file.isLinked = isLinked
      var row = PackageRow(
        record: $0, owner: repository.mapping.owner, repository: repository.id, state: state,
        stateDetail: detail, files: [file])
      // Whatever it references is not known, and lies beside or below it.
      if PackageKind(name: name) == .descriptor, !repository.mapping.isRemote {
        row.needs = [.tree(realFolder)]
      }
      return row
    }
  }

  private func record(updated: Int64) -> Record? {
    try? repository.mapping.record(for: path, id: 0, createdOn: updated, updatedOn: updated)
  }

  private func saved(
    _ row: PackageRow?, isUnhashed: Bool = false, renamed: (id: Int64, path: String)? = nil,
    problem: String? = nil
  ) -> Outcome {
    guard let row else {
      return Outcome(job: self, kind: .vanished, problem: "its path has no place in the catalog")
    }
    return Outcome(
      job: self, kind: .save(row, isUnhashed: isUnhashed, renamed: renamed), problem: problem)
  }

  // MARK: What was opened

  private func outcome(
    of opened: PackageTask.Opened, renamed: (id: Int64, path: String)?
  ) -> Outcome {
    if opened.bytesRead > 0 { context.count { $0.bytes &+= opened.bytesRead } }
    let newest = opened.files.lazy.filter { !$0.isMember }.map(\.modified).max()
    guard let record = record(updated: (newest ?? facts.modified).floorSeconds) else {
      return saved(nil)
    }
    var row = PackageRow(
      record: record, owner: repository.mapping.owner, repository: repository.id,
      state: opened.state, stateDetail: opened.detail, facts: opened.facts, files: opened.files,
      disks: opened.disks, findings: opened.findings, rulesVersion: context.rulesVersion)
    row.needs = opened.needs
    row.verdicts = opened.verdicts
    return saved(
      row, isUnhashed: opened.isSettled && !opened.isHashed, renamed: renamed)
  }

  /// Its folder's path for the operating system without links in it, with a slash at the end.
  private var realFolder: String {
    repository.realPath(ofFolder: String(Substring(path.utf8.dropLast(name.utf8.count))))
  }

  // MARK: What was known before

  /// The facts that earlier scans stored of the very same bytes.
  private struct Earlier {
    var scan = EarlierScan()
    /// The package under its path before.
    var renamed: (id: Int64, path: String)?
  }

  private func stored(for rows: [FileRow]) throws -> Earlier {
    var result = Earlier()
    result.scan.carried = rows
    let dataStore = repository.mapping.dataStore
    let full = repository.prefix + path
    let found = try context.store.read { reader -> (id: Int64, old: (Int64, String)?)? in
      if let id = try known?.id ?? reader.image(dataStore: dataStore, path: full)?.id {
        return (id, nil)
      }
      guard let anchor = rows.first(where: { !$0.isMember && $0.name == name }) else { return nil }
      for id in try reader.packages(withFileLike: anchor) {
        if let place = try reader.place(of: id), isLeft(place) { return (id, (id, place.path)) }
      }
      return nil
    }
    guard let found else { return result }
    let before = try context.store.read { try $0.files(of: found.id) }
    let earlier = before.byKey
    var anchors: [String: String] = [:]
    if let old = found.old {
      result.renamed = (old.0, old.1)
      result.scan.isRenamed = true
      // The archive or descriptor has another name now.
      anchors[name] = DatastorePath(old.1)?.name
    }
    for index in rows.indices {
      let row = rows[index]
      let oldName = row.isMember ? row.name : anchors[row.name] ?? row.name
      guard
        let old = earlier[FileRow.Key(name: oldName, isMember: row.isMember)],
        old.hasSameContentFacts(as: row)
      else { continue }
      var same = row
      same.digests = old.digests
      result.scan.digests.append(same)
      result.scan.carried[index].digests = old.digests
    }
    let sizes = Set(
      before.filter { !$0.digests.isEmpty }.map { "\($0.isMember) \($0.name) \($0.size)" })
    let hasMembers = rows.contains(where: \.isMember)
    result.scan.isSameShape =
      !sizes.isEmpty
      && sizes
        == Set(
          rows.filter { $0.isMember || !hasMembers }
            .map { "\($0.isMember) \($0.name) \($0.size)" })
    return result
  }

  /// Returns whether a place of the catalog no longer has this file, so that it was moved from
  /// there.
  private func isLeft(_ place: (path: String, repository: Int64?)) -> Bool {
    guard let home = context.repositories.first(where: { $0.id == place.repository }) else {
      return false
    }
    guard let files = context.files(of: home) else { return false }
    guard let there = try? files.facts(of: home.below(place.path)) else { return true }
    return there.inode != facts.inode || there.device != facts.device
  }
}
