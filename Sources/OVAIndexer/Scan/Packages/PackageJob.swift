import OVABasics
import OVAByteSource
import OVACatalog
import OVAIntegrity
import OVAPackage
import OVFXML

/// One package that is to be opened, judged and stored.
struct PackageJob: Sendable {
  let context: ScanContext
  let repository: ScannedRepository
  /// Below the walked folder.
  let path: String
  /// The file's name.
  let name: String
  /// For the operating system.
  let systemPath: String
  let facts: FileFacts
  /// The files of its folder; only of descriptors.
  let folder: [ExactName: FileFacts]
  /// Files of its folder that a download tool still writes.
  let loading: Set<ExactName>
  /// Whether a symbolic link stands in its path or is the file.
  let isLinked: Bool
  let known: KnownPackage?
  /// Whether only the rules are new.
  let isRejudgement: Bool

  /// What came of it.
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

  private var doneNow: Int64 { context.options.clock() }

  /// Opens and judges the package.
  /// - Throws: `CatalogError` when the catalog cannot be asked what it knows of the package.
  func run() throws -> Outcome {
    if context.isStopped { return notReached() }
    let number = context.start(systemPath)
    defer { context.end(number) }
    let package: Package
    do throws(PackageError) {
      package = try Package.open(
        file: systemPath, shownAs: name, limits: context.options.limits,
        within: repository.boundary)
    } catch {
      return outcome(of: error)
    }
    do {
      return try outcome(of: package)
    } catch let error as PackageError {
      return outcome(of: error)
    }
  }

  // MARK: What could not be opened

  private func outcome(of error: PackageError) -> Outcome {
    if loading.contains(ExactName(name)) {
      return saved(row(state: .changing, detail: Self.stillLoading(name)))
    }
    if error.code == .notFound {
      return Outcome(job: self, kind: .vanished, problem: "it vanished while it was read")
    }
    let reason = [error.reason, error.fix.map { "(\($0))" }].compactMap { $0 }
      .joined(separator: " ")
    guard error.code.isOfContent else {
      if let known, known.rulesVersion != nil {
        return Outcome(
          job: self, kind: .keep(id: known.id, reason: error.reason), problem: error.reason)
      }
      return saved(row(state: .unreadable, detail: reason), problem: reason)
    }
    if let age = age(of: [facts.modified]) {
      return saved(row(state: .changing, detail: Self.lastWritten(age)))
    }
    // It was read, and its finding says what is wrong with it: nothing is left of the scan's work.
    var broken = row(state: .broken, detail: reason)
    broken?.brokenFor = context.rulesVersion
    broken?.findings = PackageReading.findings(of: error, path: name)
    return saved(broken)
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
      if PackageKind(name: name) == .descriptor { row.needs = [.tree(realFolder)] }
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

  /// - Throws: `PackageError` when the machine does not let be read what would be stored: a fault of
  ///   the device is none of the package's, and must not stay in the catalog as one.
  private func outcome(of package: Package) throws -> Outcome {
    try refuse(package.readFailures)
    var facts = folder
    if !package.isArchive {
      for file in package.files {
        guard let path = file.path?.text, facts[ExactName(path)] == nil else { continue }
        facts[ExactName(path)] = try self.facts(of: path)
      }
    }
    let reading = PackageReading(package: package, facts: facts)
    var rows = reading.files(anchor: name, anchorFacts: self.facts)
    let own = rows.filter { !$0.isMember }
    let size = own.reduce(Int64(0)) { $0.addingReportingOverflow($1.size).partialValue }
    for index in rows.indices where !rows[index].isMember {
      rows[index].isLinked = try isLinked || isLink(rows[index].name)
    }
    let youth = age(of: own.map(\.modified))
    let (state, detail) = try state(reading, own.map(\.name), age: youth)
    let isSettled =
      state == .whole || state == .truncated || state == .waiting && youth == nil
    let earlier = isSettled ? try stored(for: rows) : Earlier()
    if earlier.renamed != nil { rows = earlier.carried }

    var evidence = reading.evidence(of: earlier.digests)
    if isSettled, evidence == nil, context.options.computesDigests, earlier.isSameShape {
      // Written anew, perhaps with what was in it before: only the digests tell.
      guard let read = package.evidence(.scan, isStopped: { context.isStopped }) else {
        return notReached()
      }
      evidence = read
      rows = reading.adding(read, to: rows)
      context.count { $0.bytes &+= read.bytesRead }
    }
    let isHashed = evidence != nil
    // The signature is looked at anew: that needs no bytes, and time alone changes what is to be
    // said of it.
    let checked = isSettled ? package.checkedOnThisThread(evidence ?? .none) : nil
    let findings = checked.map(PackageReading.findings) ?? []
    try package.confirmUnchanged()
    try refuse(checked?.readFailures ?? [])
    let newest = own.map(\.modified).max() ?? self.facts.modified
    guard let record = record(updated: newest.floorSeconds) else { return saved(nil) }
    var row = PackageRow(
      record: record, owner: repository.mapping.owner, repository: repository.id, state: state,
      stateDetail: detail, facts: reading.packageFacts(size: size), files: rows,
      disks: reading.disks(), findings: findings, rulesVersion: context.rulesVersion)
    row.needs = PackageNeeds(
      package: package, state: state, folder: realFolder, root: repository.realRoot,
      limits: context.options.limits
    ).needs()
    return saved(row, isUnhashed: isSettled && !isHashed, renamed: earlier.renamed)
  }

  private var systemFolder: String { String(Substring(systemPath.utf8.dropLast(name.utf8.count))) }

  /// Its folder's path for the operating system without links in it, with a slash at the end.
  private var realFolder: String {
    repository.realPath(ofFolder: String(Substring(path.utf8.dropLast(name.utf8.count))))
  }

  /// Whether one of its files is a symbolic link itself.
  private func isLink(_ file: String) throws(PackageError) -> Bool {
    guard !file.utf8.elementsEqual(name.utf8) else { return false }
    return try facts(of: file, followsLinks: false)?.kind == .link
  }

  /// The facts of a file of the package; nil when it is not there.
  private func facts(
    of file: String, followsLinks: Bool = true
  ) throws(PackageError) -> FileFacts? {
    do throws(ByteSourceError) {
      return try FileFacts.of(path: systemFolder + file, followsLinks: followsLinks)
    } catch {
      if error.code == .notFound { return nil }
      throw PackageError(error)
    }
  }

  /// Throws the first failure, named as the repository names files.
  private func refuse(_ failures: [PackageError]) throws(PackageError) {
    guard let failure = failures.first else { return }
    let file = failure.place.file
    throw PackageError(
      code: failure.code, doing: failure.doing,
      reason: file.utf8.elementsEqual(name.utf8) ? failure.reason : "\(file): \(failure.reason)",
      place: failure.place, fix: failure.fix)
  }

  private func state(
    _ reading: PackageReading, _ names: [String], age: Int64?
  ) throws(PackageError) -> (PackageRow.State, String?) {
    if try facts(of: name) != facts { return (.changing, "written to while it was read") }
    if let name = names.first(where: { loading.contains(ExactName($0)) }) {
      return (.changing, Self.stillLoading(name))
    }
    let missing = reading.missingReferences
    if !missing.isEmpty {
      let names = missing.prefix(3).joined(separator: ", ")
      let more = missing.count > 3 ? " and \(missing.count - 3) more" : ""
      return (.waiting, age == nil ? "missing: \(names)\(more)" : "waiting for \(names)\(more)")
    }
    if let age { return (.changing, Self.lastWritten(age)) }
    if let (name, there, size) = reading.truncatedFile {
      return (
        .truncated, "the archive ends inside \(name): \(there) of \(size) bytes are there"
      )
    }
    return (.whole, nil)
  }

  private static func stillLoading(_ name: String) -> String {
    "\(name) is still being downloaded, as the download tool's file beside it says"
  }

  private static func lastWritten(_ age: Int64) -> String { "last written \(age) s ago" }

  /// Seconds since the last write when that was moments ago; a clock that is ahead counts as now.
  private func age(of times: [Int64]) -> Int64? {
    guard let newest = times.max() else { return nil }
    let (age, overflow) = doneNow.subtractingReportingOverflow(newest)
    let settle = Int64(context.options.settle * 1_000_000_000)
    guard !overflow, age < settle, age > -settle else { return nil }
    return max(0, age / 1_000_000_000)
  }

  // MARK: What was known before

  /// What earlier scans know of the very bytes.
  private struct Earlier {
    var digests: [FileRow] = []
    /// The package under its path before.
    var renamed: (id: Int64, path: String)?
    /// The rows with the digests of before.
    var carried: [FileRow] = []
    /// Whether digests are known of files of the same names and sizes, with other times.
    var isSameShape = false
  }

  private func stored(for rows: [FileRow]) throws -> Earlier {
    guard !context.wasEmpty else { return Earlier() }
    var result = Earlier()
    result.carried = rows
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
      result.digests.append(same)
      result.carried[index].digests = old.digests
    }
    let sizes = Set(
      before.filter { !$0.digests.isEmpty }.map { "\($0.isMember) \($0.name) \($0.size)" })
    result.isSameShape =
      !sizes.isEmpty
      && sizes
        == Set(
          rows.filter { $0.isMember || !rows.contains(where: \.isMember) }
            .map { "\($0.isMember) \($0.name) \($0.size)" })
    return result
  }

  /// Whether a place of the catalog no longer has this file, so that it was moved from there.
  private func isLeft(_ place: (path: String, repository: Int64?)) -> Bool {
    guard let home = context.repositories.first(where: { $0.id == place.repository }) else {
      return false
    }
    guard let there = try? FileFacts.of(path: home.systemPath(home.below(place.path))) else {
      return true
    }
    return there.inode != facts.inode || there.device != facts.device
  }
}

extension ReadingOptions {
  /// What a scan computes.
  static var scan: ReadingOptions {
    var options = ReadingOptions()
    options.always = [.sha256]
    options.workers = 1
    return options
  }
}
