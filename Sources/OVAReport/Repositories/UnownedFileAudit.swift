import OVABasics
import OVACatalog
import OVAPackage

/// Judges what lies in repositories and belongs to no package.
///
/// A file is called left over only when all that could need it was seen and none does, by whatever
/// way leads to it.
struct UnownedFileAudit {
  private let reader: CatalogReader
  private let repositories: [ScannedRepository]
  private var index: NeedIndex
  private var candidates: [Candidate] = []
  /// Names of packages and the like by folder, asked for once.
  private let names = PackageNames()

  private enum Kind { case orphan, leftover, link }

  private struct Candidate {
    let repository: ScannedRepository
    let row: UnownedFileRow
    let place: UnownedFileRow.Place
    let kind: Kind
    let file: PlacedFile
    let wasSeenWhole: Bool
  }

  init(_ reader: CatalogReader, _ repositories: [ScannedRepository]) throws {
    self.reader = reader
    self.repositories = repositories
    index = NeedIndex()
    index.add(try reader.needs())
    for repository in repositories { try gather(repository) }
    try follow()
  }

  /// All that is needed, by packages and by unowned files that stay.
  var needs: NeedIndex { index }

  private static let leftovers: Set<String> = [
    "part", "partial", "tmp", "temp", "filepart", "crdownload", "download", "opdownload", "!ut",
    "!qb",
  ]
  private static let disks: Set<String> = ["vmdk", "vhd", "vhdx", "vdi", "qcow2"]
  private static let belongings = disks.union(["mf", "cert", "nvram"])

  // MARK: What stays

  private mutating func gather(_ repository: ScannedRepository) throws {
    let wasSeenWhole = try reader.wasSeenWhole(repository.id)
    try reader.forEachUnownedFile(repository: repository.id) { row in
      guard let kind = kind(of: row) else {
        // It stays, and what it needs stays with it.
        if let needs = row.place?.needs { index.add(needs) }
        return
      }
      let place =
        row.place ?? .init(device: 0, inode: 0, links: 0, allocated: 0, doubt: "not yet seen")
      let folder = folder(of: row.path)
      let real = repository.realPath(ofFolder: folder)
      let name = String(Substring(row.path.utf8.dropFirst(folder.utf8.count)))
      if kind == .link { index.add(place.needs) }
      candidates.append(
        Candidate(
          repository: repository, row: row, place: place, kind: kind,
          file: PlacedFile(
            path: real + name, folder: real, name: name, device: place.device,
            inode: place.inode, size: row.size),
          wasSeenWhole: wasSeenWhole))
    }
  }

  private func kind(of row: UnownedFileRow) -> Kind? {
    guard row.kind == "file" else { return .link }
    let suffix = row.path.baseAndExtension.suffix
    if Self.leftovers.contains(suffix) { return .leftover }
    return Self.belongings.contains(suffix) || isChunk(row.path) ? .orphan : nil
  }

  /// A disk that stays keeps its parents, and those theirs.
  private mutating func follow() throws {
    var count = -1
    while count != index.count {
      count = index.count
      for candidate in candidates where !candidate.place.needs.isEmpty && candidate.kind != .link {
        if try stays(candidate) { index.add(candidate.place.needs) }
      }
    }
  }

  private func stays(_ candidate: Candidate) throws -> Bool {
    let (file, place) = (candidate.file, candidate.place)
    if place.doubt != nil || place.isLinked || !candidate.wasSeenWhole { return true }
    if ContentLibrary.holds(file.path) || index.names(file) { return true }
    if try !reader.uses(device: place.device, inode: place.inode).isEmpty { return true }
    if candidate.kind == .leftover {
      return index.hasName(file.name.baseAndExtension.base)
    }
    let repository = candidate.repository
    let isMeant = index.mayMean(file, suffix: file.name.baseAndExtension.suffix) { folder in
      names.hasPackages(in: folder, of: repository, reader)
    }
    guard !isMeant else { return true }
    return try belongsToNeighbor(candidate) || isExtent(candidate.row.path, of: repository)
  }

  // MARK: What may go

  func findings() throws -> [RepositoryFinding] {
    var files: [Number: [Candidate]] = [:]
    var findings: [RepositoryFinding] = []
    for candidate in candidates {
      if candidate.kind == .link {
        findings.append(link(candidate))
      } else if try !stays(candidate) {
        files[Number(candidate.place), default: []].append(candidate)
      }
    }
    for names in files.values {
      if let finding = finding(of: names) { findings.append(finding) }
    }
    return findings.sorted { ($0.paths.first ?? "").precedesInBytes($1.paths.first ?? "") }
  }

  private struct Number: Hashable {
    let device: Int64
    let inode: Int64

    init(_ place: UnownedFileRow.Place) { (device, inode) = (place.device, place.inode) }
  }

  private func path(_ candidate: Candidate) -> String {
    candidate.repository.prefix + candidate.row.path
  }

  private func link(_ candidate: Candidate) -> RepositoryFinding {
    let isFree =
      candidate.place.doubt == nil && !candidate.place.isLinked && candidate.wasSeenWhole
      && !index.names(candidate.file) && !index.isUnclear(candidate.file.folder)
      && !ContentLibrary.holds(candidate.file.path)
    return RepositoryFinding(
      .brokenLink, [path(candidate)],
      removals: isFree ? [removal(candidate, bytes: 0)] : [],
      message: candidate.row.detail ?? candidate.row.kind,
      fix: "remove the link, or let it lead to a file of the repository")
  }

  private func removal(_ candidate: Candidate, bytes: Int64) -> Removal {
    Removal(
      path: candidate.repository.systemPath(candidate.row.path), device: candidate.place.device,
      inode: candidate.place.inode, size: candidate.row.size,
      modified: candidate.row.modified, links: candidate.place.links,
      isLink: candidate.kind == .link, bytes: bytes)
  }

  /// One file under all its names that nothing needs.
  private func finding(of candidates: [Candidate]) -> RepositoryFinding? {
    let names = candidates.sorted { path($0).precedesInBytes(path($1)) }
    guard let first = names.first else { return nil }
    // Of a file that has further names the bytes stay; and where a folder is mounted twice, one name
    // has two paths.
    let isWhole = Int64(names.count) == first.place.links || first.place.links == 1
    let bytes = isWhole ? max(0, min(first.row.size, first.place.allocated)) : 0
    let removed = isWhole ? (first.place.links == 1 ? [first] : names) : []
    let size = ByteCount(UInt64(clamping: first.row.size)).description
    let further =
      isWhole ? "" : "; it has names (hard links) elsewhere, so that deleting it frees nothing"
    let removals = removed.enumerated().map { number, name in
      removal(name, bytes: number == removed.count - 1 ? bytes : 0)
    }
    if names.contains(where: { $0.kind == .leftover }) {
      return RepositoryFinding(
        .leftover, names.map(path), removals: removals,
        message: "\(size) of an upload that did not end\(further)",
        fix: "upload the package again, and delete this")
    }
    return RepositoryFinding(
      .orphan, names.map(path), removals: removals,
      message: "\(size) that no descriptor references\(further)",
      fix: "delete it, or bring back the descriptor that it belongs to")
  }

  // MARK: What belongs to something else

  private func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
    return String(path[...slash])
  }

  /// Returns whether it is a piece of a disk in chunks: `disk.vmdk.000000001`.
  private func isChunk(_ path: String) -> Bool {
    let parts = path.baseAndExtension
    return parts.suffix.utf8.count == 9
      && parts.suffix.utf8.allSatisfy { (0x30...0x39).contains($0) }
      && Self.belongings.contains(parts.base.baseAndExtension.suffix)
  }

  /// Returns whether a manifest, certificate or NVRAM file is called as a package beside it is: it
  /// was published with it, though the package has another one or needs none.
  private func belongsToNeighbor(_ candidate: Candidate) throws -> Bool {
    let parts = candidate.file.name.baseAndExtension
    guard ["mf", "cert", "nvram"].contains(parts.suffix) else { return false }
    let folder = folder(of: candidate.row.path)
    // Of an item of a content library each file has an identifier of its own.
    let plain = LibraryName.withoutIdentifier(candidate.file.name)?.baseAndExtension.base
    let base = FileNeed.folded(plain ?? parts.base)
    return names.bases(in: folder, of: candidate.repository, reader).contains { name in
      // `app.mf` and `app.ova.mf`.
      base == name || base == "\(name).ova" || base == "\(name).ovf"
    }
  }

  /// Returns whether it holds bytes of a disk whose text descriptor is a package's: `web-flat.vmdk`
  /// or `web-s001.vmdk` beside the package's `web.vmdk`. No descriptor of a package names it, and
  /// without it the disk is empty.
  private func isExtent(_ path: String, of repository: ScannedRepository) throws -> Bool {
    let parts = path.baseAndExtension
    guard parts.suffix == "vmdk", let dash = parts.base.utf8.lastIndex(of: UInt8(ascii: "-"))
    else { return false }
    let kind = parts.base[parts.base.utf8.index(after: dash)...].lowercased()
    let digits = kind.utf8.drop { !(0x30...0x39).contains($0) }
    let isNumbered =
      !digits.isEmpty && digits.allSatisfy { (0x30...0x39).contains($0) }
      && ["", "s", "f"].contains(kind.dropLast(digits.count))
    guard isNumbered || ["flat", "delta", "sesparse", "rdm", "rdmp", "ctk"].contains(kind) else {
      return false
    }
    let folder = folder(of: path)
    let name = parts.base[..<dash].utf8.dropFirst(folder.utf8.count)
    return try reader.isPackaged(
      String(Substring(name)) + ".vmdk", in: repository.prefix + folder, of: repository.id)
  }
}

/// The names of packages by folder, asked of the catalog once.
private final class PackageNames {
  private var bases: [String: Set<String>] = [:]

  /// The names of the packages of a folder without their endings, in lower case.
  func bases(
    in folder: String, of repository: ScannedRepository, _ reader: CatalogReader
  ) -> Set<String> {
    let key = "\(repository.id)/\(folder)"
    if let known = bases[key] { return known }
    let names =
      (try? reader.packageNames(repository: repository.id, in: repository.parent(of: folder))) ?? []
    let result = Set(
      names.flatMap { [$0, LibraryName.withoutIdentifier($0) ?? $0] }
        .map { FileNeed.folded($0.baseAndExtension.base) })
    bases[key] = result
    return result
  }

  /// Returns whether packages lie in a folder, given as the operating system's path without links.
  func hasPackages(
    in realFolder: String, of repository: ScannedRepository, _ reader: CatalogReader
  ) -> Bool {
    let top = repository.realPath(ofFolder: "")
    guard realFolder.utf8.starts(with: top.utf8) else { return false }
    let folder = String(Substring(realFolder.utf8.dropFirst(top.utf8.count)))
    return !bases(in: folder, of: repository, reader).isEmpty
  }
}
