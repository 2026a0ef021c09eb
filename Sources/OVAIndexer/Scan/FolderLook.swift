import OVAByteSource
import OVACatalog
import OVFXML

/// One folder beside what is known of its packages: which are to be read, which are missed, and
/// what belongs to none.
struct FolderLook {
  let folder: RepositoryWalk.Folder
  let known: [KnownPackage]
  let context: ScanContext
  let repository: ScannedRepository

  /// Packages to be read.
  private(set) var jobs: [PackageJob] = []
  /// Packages that are no longer there.
  private(set) var missed: [KnownPackage] = []
  /// Files that belong to no package, unless one of the jobs has them; and links that lead nowhere.
  private(set) var strays: [StrayRow] = []
  /// Whether the packages that are not read are all there is to know of them.
  private(set) var settles = true

  private var owned: Set<ExactName> = []
  private var facts: [ExactName: FileFacts] = [:]

  init(
    folder: RepositoryWalk.Folder, known: [KnownPackage], context: ScanContext,
    repository: ScannedRepository
  ) {
    self.folder = folder
    self.known = known
    self.context = context
    self.repository = repository
  }

  mutating func run() {
    let files = folder.contents.files
    let prefix = repository.prefix + folder.path
    var unmet = Dictionary(
      known.map { (ExactName(String(Substring($0.path.utf8.dropFirst(prefix.utf8.count)))), $0) }
    ) { first, _ in first }
    var others: [FolderContents.File] = []
    for file in files {
      guard let kind = PackageKind(name: file.name) else {
        others.append(file)
        continue
      }
      take(file, kind, unmet.removeValue(forKey: ExactName(file.name)), among: files)
    }
    missed = unmet.values.sorted { $0.path.precedes($1.path) }
    strays = others.filter { !owned.contains(ExactName($0.name)) }.map { file in
      StrayRow(
        path: folder.path + file.name, kind: "file", size: Int64(clamping: file.facts.size),
        modified: file.facts.modified)
    }
    strays += folder.contents.lostLinks.map { link in
      StrayRow(
        path: folder.path + link.name, kind: link.kind.rawValue, size: 0, modified: 0,
        detail: link.reason)
    }
  }

  private mutating func take(
    _ file: FolderContents.File, _ kind: PackageKind, _ known: KnownPackage?,
    among files: [FolderContents.File]
  ) {
    if kind == .descriptor, facts.isEmpty {
      facts = Dictionary(files.map { (ExactName($0.name), $0.facts) }) { first, _ in first }
    }
    let isSame = known.map { isUnchanged($0, kind, file) } ?? false
    guard isSame, let known, known.rulesVersion == context.rulesVersion else {
      jobs.append(
        PackageJob(
          context: context, repository: repository, path: folder.path + file.name, name: file.name,
          systemPath: folder.systemPath + file.name, facts: file.facts,
          folder: kind == .descriptor ? facts : [:], known: known, isRejudgement: isSame))
      return
    }
    for row in known.files {
      owned.insert(ExactName(row.name))
      if row.isBelow { settles = false }
    }
  }

  private func isUnchanged(
    _ known: KnownPackage, _ kind: PackageKind, _ file: FolderContents.File
  ) -> Bool {
    guard known.state == .whole, !known.files.isEmpty else { return false }
    if kind == .archive {
      return known.files.count == 1 && known.files[0].isUnchanged(file.facts)
    }
    for row in known.files {
      let now =
        row.isBelow
        ? try? FileFacts.of(path: folder.systemPath + row.name) : facts[ExactName(row.name)]
      guard let now, row.isUnchanged(now) else { return false }
    }
    // A manifest or certificate that was added beside it.
    let base = file.name.dropLast(4)
    return ["mf", "MF", "cert", "CERT"].allSatisfy { suffix in
      let name = ExactName("\(base).\(suffix)")
      return facts[name] == nil || known.files.contains { ExactName($0.name) == name }
    }
  }
}

extension FileRow {
  /// Whether it lies in a folder below its package's.
  var isBelow: Bool { !isMember && name.utf8.contains(UInt8(ascii: "/")) }
}
