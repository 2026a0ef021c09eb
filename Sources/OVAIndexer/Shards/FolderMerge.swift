import OVABasics
import OVACatalog

/// Stores one folder of a part, as far as the catalog does not know it so.
struct FolderMerge {
  private static let batch = 256

  let context: ScanContext
  let repository: ScannedRepository
  let moves: MovedPackages
  let cursor: FolderOrder.Cursor
  private var folder: FolderLine
  private var isTakenUp = false
  private var met: Set<ExactName> = []

  init(
    context: ScanContext, repository: ScannedRepository, moves: MovedPackages,
    cursor: FolderOrder.Cursor
  ) {
    self.context = context
    self.repository = repository
    self.moves = moves
    self.cursor = cursor
    folder = cursor.folder ?? FolderLine(path: "")
  }

  var path: String { folder.path }
  private var prefix: String { repository.prefix + folder.path }

  /// Stores it.
  /// - Parameter row: the folder as the catalog has it.
  /// - Returns: its packages in the catalog that are not there any more.
  mutating func run(
    known row: FolderRow?, _ check: inout MountCheck
  ) throws -> [KnownPackage] {
    let known =
      row == nil
      ? []
      : try context.store.read {
        try $0.packages(repository: repository.id, in: repository.parent(of: folder.path))
      }
    var packages: [PackageLine] = []
    var unowned: [UnownedFileRow] = []
    while let line = try cursor.entry() {
      if let package = line.package {
        if met.isEmpty { try look(at: package, &check) }
        met.insert(ExactName(package.name))
        check.met += 1
        packages.append(package)
      } else if let line = line.unowned {
        unowned.append(line.row(in: folder.path, cursor.devices))
      }
      if packages.count >= Self.batch { try store(&packages, end: nil, row) }
    }
    let missed = known.filter {
      !met.contains(ExactName(String(Substring($0.path.utf8.dropFirst(prefix.utf8.count)))))
    }
    // Until they are said to be gone, the next scan looks at the folder again.
    if !missed.isEmpty { folder.fingerprint = nil }
    try store(&packages, end: unowned, row)
    return missed
  }

  /// One package of a folder tells whether the catalog knows the folder.
  private func look(at package: PackageLine, _ check: inout MountCheck) throws {
    guard !check.hasFamiliarFile, check.before.folder != nil || check.before.root != nil,
      check.known > 0, let file = package.anchor
    else { return }
    check.hasFamiliarFile = try context.store.read {
      try $0.isKnown(
        inode: file.inode, size: file.size, modified: file.modified, repository: repository.id)
    }
  }

  /// Stores some packages, and with the last the folder itself.
  private mutating func store(
    _ packages: inout [PackageLine], end unowned: [UnownedFileRow]?, _ row: FolderRow?
  ) throws {
    var changed = isTakenUp
    var (read, unsettled) = (0, 0)
    try context.write { writer in
      for package in packages {
        guard try !isKnown(package, to: writer.reader) else { continue }
        if !changed {
          try writer.takeUp(folder: path, repository: repository.id, scan: context.scan)
          changed = true
        }
        try save(package, with: writer)
        read += 1
        if package.state == .changing || package.state == .waiting { unsettled += 1 }
      }
      guard let unowned else { return }
      let isSame =
        try !changed && row == folder.row
        && writer.reader.unownedFiles(of: path, repository: repository.id) == unowned
      if !isSame {
        try writer.settle(
          folder.row, unownedFiles: unowned, repository: repository.id, scan: context.scan)
      }
    }
    isTakenUp = changed
    let count = packages.count
    context.count {
      $0.packages += count
      $0.read += read
      $0.unsettled += unsettled
    }
    context.advance(packages: count)
    packages = []
  }

  // MARK: A package

  private func row(of package: PackageLine) throws -> PackageRow {
    let record = try repository.mapping.record(
      for: path + package.name, id: 0, createdOn: package.updated, updatedOn: package.updated)
    var row = PackageRow(
      record: record, owner: repository.mapping.owner, repository: repository.id,
      state: package.state, stateDetail: package.detail, facts: package.facts,
      files: cursor.devices.files(package.files), disks: package.disks, findings: package.findings,
      rulesVersion: package.rules)
    row.brokenFor = package.broken
    row.needs = cursor.devices.needs(package.needs)
    row.verdicts = package.verdicts
    return row
  }

  /// Returns whether the catalog has a package just as the line has it.
  private func isKnown(_ package: PackageLine, to reader: CatalogReader) throws -> Bool {
    guard let image = try image(of: package, in: reader), !image.isGone,
      let known = try reader.package(id: image.id, scope: .all)
    else { return false }
    var row = try row(of: package)
    row.record = known.record
    let needs = Set(row.needs.map(\.text))
    row.needs = []
    let isUnhashed = try reader.isUnhashed(image.id)
    if package.unhashed, !isUnhashed {
      // The part read no digests, or not yet; those of before hold, with all that they show.
      return row.isAsRead(known)
    }
    return try row == known && Set(reader.needs(of: image.id).map(\.text)) == needs
      && isUnhashed == package.unhashed
  }

  private func image(
    of package: PackageLine, in reader: CatalogReader
  ) throws -> (id: Int64, isGone: Bool)? {
    try reader.image(dataStore: repository.mapping.dataStore, path: prefix + package.name)
  }

  private func save(_ package: PackageLine, with writer: CatalogWriter) throws {
    var row = try row(of: package)
    let image = try image(of: package, in: writer.reader)
    // The machine did not let it be read: what is known stays.
    if package.state == .unreadable, package.broken == nil, let image, !image.isGone,
      try writer.reader.package(id: image.id, scope: .all)?.facts != nil
    {
      return try writer.setState(image.id, .unreadable, detail: package.detail)
    }
    let left = image == nil ? try placeBefore(row, package, writer.reader) : nil
    if let known = image?.id ?? left?.id {
      var before = try writer.reader.files(of: known)
      if let old = left.flatMap({ DatastorePath($0.path)?.name }) {
        // The archive or descriptor has another name now.
        for index in before.indices
        where !before[index].isMember && before[index].name.isExactly(old) {
          before[index].name = package.name
        }
      }
      // An image that is known keeps its digests when it is stored; a new one has none to keep.
      for name in row.keepDigests(of: before, fills: left != nil) {
        try context.note(
          problem: prefix + package.name, DigestTask.decayed(name), in: writer)
      }
    }
    let result = try writer.save(
      row, scan: context.scan, renamedFrom: left?.path, now: context.now)
    try writer.setUnhashed(result.id, package.unhashed)
    if let left { try writer.markMoved(left.id, scan: context.scan, now: context.now) }
  }

  /// The package that had the file before, under another path; of one that is in the making, or was
  /// not read, it is not asked.
  private func placeBefore(
    _ row: PackageRow, _ package: PackageLine, _ reader: CatalogReader
  ) throws -> (id: Int64, path: String)? {
    let isSettled =
      switch package.state {
      case .whole, .truncated: true
      case .waiting: package.detail?.hasPrefix(PackageTask.missing) == true
      case .changing, .broken, .unreadable: false
      }
    guard !context.wasEmpty, isSettled,
      let anchor = row.files.first(where: { !$0.isMember && $0.name.isExactly(package.name) })
    else { return nil }
    let repositories = context.repositories.map(\.id)
    for id in try reader.packages(withFileLike: anchor) {
      guard let place = try reader.place(of: id), let home = place.repository,
        repositories.contains(home), moves.isLeft(place.path, by: anchor)
      else { continue }
      return (id, place.path)
    }
    return nil
  }
}

extension PackageRow {
  /// Returns whether files and descriptor are the same, and the same rules judged them.
  fileprivate func isAsRead(_ other: PackageRow) -> Bool {
    func plain(_ files: [FileRow]) -> [FileRow] {
      files.map { file in
        var file = file
        file.digests = [:]
        return file
      }
    }
    return state == other.state && stateDetail == other.stateDetail && facts == other.facts
      && disks == other.disks && rulesVersion == other.rulesVersion && brokenFor == other.brokenFor
      && plain(files) == plain(other.files)
  }

  /// Keeps the digests of files that have others now, although size, time and inode are the same: the
  /// digest of before is what the file should be.
  /// - Parameter fills: true if files without digests get those of before, too.
  /// - Returns: the names of files that had others.
  fileprivate mutating func keepDigests(of before: [FileRow], fills: Bool) -> [String] {
    let before = before.byKey
    var names: [String] = []
    for index in files.indices {
      let digests = files[index].digests
      guard let old = before[files[index].key], old.hasSameContentFacts(as: files[index])
      else { continue }
      let hasOthers = digests.contains { name, digest in
        old.digests[name].map { $0 != digest } ?? false
      }
      if hasOthers { names.append(files[index].name) }
      if hasOthers || fills && digests.isEmpty { files[index].digests = old.digests }
    }
    return names
  }
}
