import OVABasics
import OVAByteSource
import OVACatalog
import OVAPackage
import OVFXML

/// One folder beside what is known of its packages: which are to be read, which are missed, and
/// what belongs to none.
struct FolderComparison {
  let folder: RepositoryWalk.Folder
  let known: [KnownPackage]
  let context: ScanContext
  let repository: ScannedRepository

  /// Packages to be read.
  private(set) var jobs: [PackageJob] = []
  /// Packages that are no longer there.
  private(set) var missed: [KnownPackage] = []
  /// Files that belong to no package, unless one of the jobs has them; and links that lead nowhere.
  private(set) var unownedFiles: [UnownedFileRow] = []
  /// True if the packages that are not read are all there is to know of them.
  private(set) var isComplete = true

  private var owned: Set<ExactName> = []
  private var facts: [ExactName: FileFacts] = [:]
  /// The files outside of the data store that links of the folder lead to.
  private lazy var linkedOut = linksOut()
  /// Files that a download tool says it still writes.
  private var loading: Set<ExactName> = []

  init(
    folder: RepositoryWalk.Folder, known: [KnownPackage], context: ScanContext,
    repository: ScannedRepository
  ) {
    self.folder = folder
    self.known = known
    self.context = context
    self.repository = repository
  }

  mutating func compare() {
    let files = folder.contents.files
    let prefix = repository.prefix + folder.path
    var unmet = Dictionary(
      known.map { (ExactName(String(Substring($0.path.utf8.dropFirst(prefix.utf8.count)))), $0) }
    ) { first, _ in first }
    loading = UnfinishedDownloads.names(among: files)
    var others: [FolderContents.File] = []
    for file in files {
      guard let kind = PackageKind(name: file.name) else {
        others.append(file)
        continue
      }
      take(file, kind, unmet.removeValue(forKey: ExactName(file.name)), among: files)
    }
    missed = unmet.values.sorted { $0.path.precedesInBytes($1.path) }
    // Until they are said to be gone, which waits for the walk's end, the folder is looked at again.
    if !missed.isEmpty { isComplete = false }
    let inspection = UnownedFileInspection(folder: folder, context: context, repository: repository)
    unownedFiles = others.filter { !owned.contains(ExactName($0.name)) }.map {
      inspection.row(of: $0)
    }
    unownedFiles += folder.contents.lostLinks.map { inspection.row(of: $0) }
    if unownedFiles.contains(where: { $0.place?.doubt == UnownedFileInspection.young }) {
      isComplete = false
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
    guard isSame, let known, isJudged(known) else {
      jobs.append(
        PackageJob(
          context: context, repository: repository, path: folder.path + file.name, name: file.name,
          systemPath: folder.systemPath + file.name, facts: file.facts,
          folder: kind == .descriptor ? facts : [:], loading: loading,
          isLinked: folder.isLinked || file.isLinked, known: known, isRejudgment: isSame,
          linkedOut: kind == .descriptor && isConfinedToStore ? linkedOut : []))
      return
    }
    for row in known.files {
      owned.insert(ExactName(row.name))
      if row.isBelow { isComplete = false }
    }
  }

  /// True if packages are parsed by a process that can read the data store alone.
  private var isConfinedToStore: Bool { context.sandbox != nil && repository.boundary == nil }

  private func linksOut() -> [String] {
    folder.contents.lostLinks.filter { $0.kind == .leadsOut }
      .compactMap { (folder.systemPath + $0.name).realPath }
  }

  /// Returns whether these rules judged it, and all is kept of it that this version keeps.
  private func isJudged(_ known: KnownPackage) -> Bool {
    (known.rulesVersion ?? known.brokenFor) == context.rulesVersion
      && known.files.allSatisfy { $0.isMember || $0.device != nil }
  }

  private func isUnchanged(
    _ known: KnownPackage, _ kind: PackageKind, _ file: FolderContents.File
  ) -> Bool {
    guard !known.files.isEmpty,
      !known.files.contains(where: { loading.contains(ExactName($0.name)) })
    else { return false }
    switch known.state {
    case .whole, .truncated, .broken: break
    // What ended its parser is not read again in vain; what the system could not read is.
    case .unreadable where known.brokenFor != nil: break
    case .unreadable, .changing, .waiting: return false
    }
    if kind == .archive {
      return known.files.count == 1 && known.files[0].isUnchanged(file.facts)
    }
    for row in known.files {
      let now =
        row.isBelow
        ? try? context.files(of: repository)?.facts(of: folder.path + row.name)
        : facts[ExactName(row.name)]
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
  /// True if it lies in a folder below its package's.
  var isBelow: Bool { !isMember && name.utf8.contains(UInt8(ascii: "/")) }
}

/// Tells which files of a folder are still being fetched, by what download tools put beside them.
enum UnfinishedDownloads {
  /// Files that tools keep beside one that they write under its final name: aria2, axel, lftp.
  private static let control = [".aria2", ".st", ".lftp-pget-status"]
  /// Files that hold the bytes so far, while an empty one already has the final name: browsers.
  private static let partial = [".part", ".crdownload", ".download", ".filepart"]

  /// The names of unfinished files.
  static func names(among files: [FolderContents.File]) -> Set<ExactName> {
    var result: Set<ExactName> = []
    var empty: Set<ExactName>?
    for file in files {
      for suffix in control where file.name.hasSuffix(suffix) {
        result.insert(ExactName(String(file.name.dropLast(suffix.count))))
      }
      for suffix in partial where file.name.hasSuffix(suffix) {
        empty = empty ?? Set(files.filter { $0.facts.size == 0 }.map { ExactName($0.name) })
        let name = ExactName(String(file.name.dropLast(suffix.count)))
        if empty?.contains(name) == true { result.insert(name) }
      }
    }
    return result
  }
}
